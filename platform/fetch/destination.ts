// Where a request may go, judged from the URL alone: scheme, credentials, port, and the step of a redirect.
// Every hop passes here again before anything is dialled. Which IP address a host name leads to is not known
// yet and is judged later, in connect.ts.

export type DestinationRules = {
  /** Hosts that may be asked over plain http; `true` for all. */
  readonly allowHttp: true | readonly string[];
  /** Ports besides 80 and 443. */
  readonly allowPorts: readonly number[];
};

export type RefusedWhy = "url" | "scheme" | "credentials" | "port" | "address" | "redirect";
export type Refused = { readonly kind: "refused"; readonly why: RefusedWhy; readonly sentence: string };
export type Destination = { readonly kind: "admitted"; readonly url: URL } | Refused;

/** Judges an address given by the caller. */
export function admit(rules: DestinationRules, address: string | URL): Destination {
  const url = URL.parse(address);
  // The text is not repeated: what cannot be parsed may still hold a password.
  if (!url) return refused("url", "The address is not a complete URL. Give one that starts with https://.");
  return admitUrl(rules, url);
}

/** Judges the redirect from `from` to `location`, which may be relative. */
export function admitRedirect(rules: DestinationRules, from: URL, location: string): Destination {
  const url = URL.parse(location, from);
  if (!url) return refused("redirect", `${shown(from)} redirects to something that is not a URL.`);
  if (from.protocol === "https:" && url.protocol === "http:") {
    return refused("redirect", `${shown(from)} redirects from https to plain http, which is not followed.`);
  }
  return admitUrl(rules, url);
}

/** A URL as it may be shown and logged: no credentials, query or fragment, and not endless. */
export function shown(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`.slice(0, 200);
}

/** The port dialled, also where the URL leaves it out. */
function portOf(url: URL): number {
  return Number(url.port || (url.protocol === "https:" ? 443 : 80));
}

export function refused(why: RefusedWhy, sentence: string): Refused {
  return { kind: "refused", why, sentence };
}

function admitUrl(rules: DestinationRules, url: URL): Destination {
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return refused("scheme", `Only web addresses are fetched, not ${url.protocol.slice(0, 40)} ones.`);
  }
  if (url.protocol === "http:" && rules.allowHttp !== true && !rules.allowHttp.includes(url.hostname)) {
    return refused(
      "scheme",
      `${shown(url)} is plain http; use https, or list ${url.hostname} as allowed over http.`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    return refused(
      "credentials",
      `The address of ${shown(url)} contains a user name or password; remove it.`,
    );
  }
  const port = portOf(url);
  if (port !== 80 && port !== 443 && !rules.allowPorts.includes(port)) {
    return refused(
      "port",
      `${shown(url)} uses port ${port}; only 80, 443 and the ports listed as allowed are used.`,
    );
  }
  return { kind: "admitted", url };
}
