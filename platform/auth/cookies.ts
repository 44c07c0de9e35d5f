// Cookies of a service: its names and attributes, and reading them back. Promise: on https a name begins with
// __Host-, so that no other host of the site can plant one; on plain http (development, where all ports of a
// machine share their cookies) each service has names of its own.

export interface CookieNames {
  /** The session's id. */
  readonly session: string;
  /** Binds a sign-in that is under way to the browser it began in. */
  readonly browser: string;
  /** Says that a silent sign-in was tried a moment ago. */
  readonly tried: string;
}

export function cookieNames(service: string, origin: string): CookieNames {
  const prefix = `${origin.startsWith("https:") ? "__Host-" : ""}rose-ash-${service}`;
  return { session: prefix, browser: `${prefix}-sign-in`, tried: `${prefix}-tried` };
}

/** A Set-Cookie line; `maxAgeSeconds` 0 takes the cookie away. */
export function cookieLine(name: string, value: string, maxAgeSeconds: number, origin: string): string {
  const secure = origin.startsWith("https:") ? "; Secure" : "";
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** The value of a cookie, or null; of several with one name none is believed. */
export function readCookie(header: string | undefined, name: string): string | null {
  const values = valuesOf(header, name);
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** Whether the browser sent a cookie of this name at all, be there one or several. */
export function hasCookie(header: string | undefined, name: string): boolean {
  return valuesOf(header, name).length > 0;
}

function valuesOf(header: string | undefined, name: string): string[] {
  return (header ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
}
