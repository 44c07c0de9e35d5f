// A browser for tests: a cookie jar with paths, one for all ports of a host as real ones have it, and forms that
// are found in the page and sent as a person would. It runs no script.
import { requestAt } from "@rose-ash/platform/app/test-request";

export interface Shown {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly attributes: string;
}

export interface Browser {
  readonly cookies: readonly Cookie[];
  get(url: string, headers?: Record<string, string>): Promise<Shown>;
  head(url: string): Promise<Shown>;
  post(url: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Shown>;
  /** Follows redirects as long as they stay on the origin of `shown`; answers the last, which may lead away. */
  follow(shown: Shown): Promise<Shown>;
  /** Sends the form of the page whose action ends with `action`, with these fields filled in. */
  submit(shown: Shown, fields?: Record<string, string>, action?: string): Promise<Shown>;
  /** Puts a cookie in as another host of the site could (or a person who copies it). */
  plant(cookie: Cookie): void;
}

export function openBrowser(
  userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
): Browser {
  const jar = new Map<string, Cookie>();

  async function load(
    method: string,
    address: string,
    headers: Record<string, string>,
    body = "",
  ): Promise<Shown> {
    const url = new URL(address);
    const cookie = [...jar.values()]
      .filter(({ path }) => isBelow(url.pathname, path))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
    const sent = { "user-agent": userAgent, accept: "text/html", ...(cookie ? { cookie } : {}), ...headers };
    const reply = await requestAt(
      Number(url.port),
      method,
      url.pathname + url.search,
      { ...sent, host: url.host },
      body,
    );
    const shown = { ...reply, url: url.href };
    for (const line of [shown.headers["set-cookie"] ?? []].flat()) keep(line, url);
    return shown;
  }

  function keep(line: string, url: URL): void {
    const [pair = "", ...attributes] = line.split(/;\s*/);
    const equals = pair.indexOf("=");
    const find = (name: string) =>
      attributes.find((text) => text.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    const path = find("path") ?? (url.pathname.replace(/\/[^/]*$/, "") || "/");
    const name = pair.slice(0, equals);
    const expires = find("expires");
    const isGone = expires !== undefined && new Date(expires).getTime() <= Date.now();
    const key = `${name} ${path}`;
    if (isGone) jar.delete(key);
    else jar.set(key, { name, value: pair.slice(equals + 1), path, attributes: attributes.join("; ") });
  }

  const browser: Browser = {
    get cookies() {
      return [...jar.values()];
    },
    plant: (cookie) => void jar.set(`${cookie.name} ${cookie.path}`, cookie),
    get: (url, headers = {}) => load("GET", url, headers),
    head: (url) => load("HEAD", url, {}),
    post: (url, fields, headers = {}) => {
      const form = {
        "content-type": "application/x-www-form-urlencoded",
        "sec-fetch-site": "same-origin",
        origin: "null", // what browsers send from a page with Referrer-Policy: no-referrer
        ...headers,
      };
      return load("POST", url, form, new URLSearchParams(fields).toString());
    },
    async follow(shown) {
      const { location } = shown.headers;
      if (typeof location !== "string" || shown.status < 300 || shown.status >= 400) return shown;
      const to = new URL(location, shown.url);
      if (to.origin !== new URL(shown.url).origin) return shown;
      return await browser.follow(await browser.get(to.href));
    },
    async submit(shown, fields = {}, action) {
      const form = formsOf(shown).find(({ url }) => action === undefined || url.endsWith(action));
      if (!form) throw new Error(`There is no such form on the page:\n${shown.text.slice(0, 4000)}`);
      return await browser.post(form.url, { ...form.fields, ...fields });
    },
  };
  return browser;
}

/** The posted forms of a page, with what they send when nothing is filled in. */
export function formsOf(shown: Shown): { url: string; fields: Record<string, string> }[] {
  return [...shown.text.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)]
    .filter(([, attributes = ""]) => attribute(attributes, "method") === "post")
    .map(([, attributes = "", inside = ""]) => {
      const inputs = [...inside.matchAll(/<(?:input|button)\b([^>]*)>/g)].map(([, input = ""]) => input);
      const fields = inputs.flatMap((input) => {
        const name = attribute(input, "name");
        return name === null ? [] : [[name, attribute(input, "value") ?? ""] as const];
      });
      return {
        url: new URL(attribute(attributes, "action") ?? "", shown.url).href,
        fields: Object.fromEntries(fields),
      };
    });
}

function attribute(text: string, name: string): string | null {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1];
  return value?.replaceAll("&quot;", '"').replaceAll("&amp;", "&") ?? null;
}

function isBelow(pathname: string, path: string): boolean {
  return path === "/" || pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`);
}
