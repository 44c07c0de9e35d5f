// The cookies of the OpenID Connect server and of signing in, by name. On https the browser itself holds that no
// other host can set them (`__Host-`), or that nothing insecure can (`__Secure-`, for those with a path); on a
// plain localhost the names tell this app's cookies from those of its neighbours on other ports.

export interface CookieNames {
  readonly session: string;
  /** Bound to the pages of one sign-in by its path, so it cannot have the stricter prefix. */
  readonly interaction: string;
  readonly resume: string;
  /** Tells one browser from another, signed in or not. */
  readonly browser: string;
}

export function cookieNames(origin: string): CookieNames {
  const isSecure = origin.startsWith("https:");
  const host = isSecure ? "__Host-" : "";
  const secure = isSecure ? "__Secure-" : "";
  return {
    session: `${host}rose-ash-account-session`,
    interaction: `${secure}rose-ash-account-interaction`,
    resume: `${secure}rose-ash-account-resume`,
    browser: `${host}rose-ash-account-browser`,
  };
}
