// Addresses of other times: the one normal form in which they are kept and asked for, and redirects with patterns.
// Normal form: the path percent-decoded, in Unicode's composed form, without doubled slashes, always ending in a
// slash; where there is a query, "?" and its fields decoded and in order of name. "/caf%C3%A9" is "/café/" and
// "/?p=12" stays itself. A redirect never leads to itself and only to http(s) addresses whose host is written in it.

/** The longest address kept or asked for, in UTF-8 bytes: a database index takes no longer ones. */
export const maxAddressBytes = 2000;

/** Fields that alone name a post on the old site; all others may come and go. */
const namingFields = ["p", "page_id", "attachment_id"];

/** The normal form of a path as requested (percent-encoded) with its query. */
export function normalAddress(path: string, query: URLSearchParams = new URLSearchParams()): string {
  const plain = normalPath(path);
  const fields = [...query].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return fields.length === 0
    ? plain
    : `${plain}?${fields.map(([name, value]) => `${name}=${value}`).join("&")}`;
}

/** The normal form of an address as an import names it ("/2012/first/", "/?p=12"); null when it cannot be one. */
export function normalOldAddress(address: string): string | null {
  if (!address.startsWith("/")) return null;
  const [beforeHash = ""] = address.split("#", 1);
  const mark = beforeHash.indexOf("?");
  const path = mark < 0 ? beforeHash : beforeHash.slice(0, mark);
  const normal = normalAddress(path, new URLSearchParams(mark < 0 ? "" : beforeHash.slice(mark + 1)));
  return normal === "/" || Buffer.byteLength(normal) > maxAddressBytes || normal.includes("\0")
    ? null
    : normal;
}

/**
 * The normal addresses under which a request may be known, the most exact first: with its whole query, with each
 * field that names a post, and without any. `path` is as requested, `query` decoded.
 */
export function normalAddresses(path: string, query: URLSearchParams): string[] {
  const found = new Set<string>();
  if (query.size > 0 && query.size <= 20) found.add(normalAddress(path, query));
  for (const name of namingFields) {
    const value = query.get(name);
    if (value !== null) found.add(normalAddress(path, new URLSearchParams([[name, value]])));
  }
  found.add(normalAddress(path));
  return [...found].filter((address) => address !== "/" && Buffer.byteLength(address) <= maxAddressBytes);
}

export interface RedirectRule {
  readonly kind: "path" | "pattern";
  readonly source: string;
  readonly target: string;
  readonly status: 301 | 302;
  readonly ignoreCase: boolean;
}

/**
 * Where the first rule that fits leads, or null. `to` is a path of this site beginning with one slash, or a whole
 * http(s) address; it is percent-encoded. The request's query is kept on this site where the target has none.
 * Time is bounded by the rule's length times the path's.
 */
export function matchRedirect(
  rules: readonly RedirectRule[],
  path: string,
  query: URLSearchParams,
): { to: string; status: 301 | 302 } | null {
  const asked = normalPath(path);
  if (Buffer.byteLength(asked) > maxAddressBytes) return null;
  for (const rule of rules) {
    const captured = matchSource(rule, asked);
    const to = captured === null ? null : writeTarget(rule.target, captured, query);
    if (to === null) continue;
    if (to.startsWith("/") && normalPath(to.split(/[?#]/, 1)[0]!) === asked) continue;
    return { to, status: rule.status };
  }
  return null;
}

/** What the wildcards of a rule stand for in `path` (normal form); null when it does not fit. */
function matchSource(rule: RedirectRule, path: string): string[] | null {
  if (rule.kind === "path") {
    const source = normalPath(rule.source);
    const fits = rule.ignoreCase ? source.toLowerCase() === path.toLowerCase() : source === path;
    return fits ? [] : null;
  }
  // As written first: a pattern may or may not end in a slash.
  return (
    matchPattern(rule.source, path, rule.ignoreCase) ??
    matchPattern(rule.source, path.slice(0, -1), rule.ignoreCase)
  );
}

type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "any" | "segment" | "digits" };

/** Matches the whole of `path`; wildcards take as much as they can, the first ones first. */
function matchPattern(pattern: string, path: string, ignoreCase: boolean): string[] | null {
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  const subject = fold(path);
  // Lower-casing may change the length of odd letters; then the captures could not be cut out of the path.
  if (subject.length !== path.length) return null;
  const parts = readPattern(pattern);
  const [first] = parts;
  if (first?.kind === "text" && !subject.startsWith(fold(first.text))) return null;

  const end = subject.length;
  // fits[part][at]: whether the parts from `part` on fit the path from `at` on. Filled from the end.
  const fits: Uint8Array[] = Array.from({ length: parts.length + 1 }, () => new Uint8Array(end + 2));
  fits[parts.length]![end] = 1;
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const part = parts[index]!;
    const here = fits[index]!;
    const after = fits[index + 1]!;
    for (let at = end; at >= 0; at -= 1) {
      if (part.kind === "text") {
        const text = fold(part.text);
        here[at] = subject.startsWith(text, at) ? after[at + text.length]! : 0;
      } else if (part.kind === "any") here[at] = after[at]! | here[at + 1]!;
      else here[at] = at < end && mayHold(part.kind, subject[at]!) ? after[at + 1]! | here[at + 1]! : 0;
    }
  }
  if (fits[0]![0] !== 1) return null;

  const captured: string[] = [];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const after = fits[index + 1]!;
    if (part.kind === "text") {
      at += fold(part.text).length;
      continue;
    }
    const start = at;
    let stop = part.kind === "any" && after[at] === 1 ? at : -1;
    for (let next = at; next < end && mayHold(part.kind, subject[next]!); next += 1) {
      if (after[next + 1] === 1) stop = next + 1;
    }
    at = stop;
    captured.push(path.slice(start, stop));
  }
  return captured;
}

function mayHold(kind: "any" | "segment" | "digits", character: string): boolean {
  if (kind === "any") return true;
  return kind === "segment" ? character !== "/" : character >= "0" && character <= "9";
}

function readPattern(pattern: string): Part[] {
  const parts: Part[] = [];
  for (const piece of pattern.split(/(\*|:segment|:digits)/)) {
    if (piece === "") continue;
    if (piece === "*") {
      // Two in a row say no more than one, but each is numbered.
      parts.push({ kind: "any" });
    } else if (piece === ":segment") parts.push({ kind: "segment" });
    else if (piece === ":digits") parts.push({ kind: "digits" });
    else parts.push({ kind: "text", text: decodePath(piece).normalize("NFC") });
  }
  return parts;
}

const nowhere = "http://nowhere.invalid";

/** The target with what was captured in it, or null when that is no address to send anybody to. */
function writeTarget(target: string, captured: readonly string[], query: URLSearchParams): string | null {
  const encode = (text: string) => encodeURIComponent(text).replaceAll("%2F", "/");
  const filled = target.replace(/\$(\d)/g, (_, number: string) => encode(captured[Number(number) - 1] ?? ""));
  if (target.startsWith("/")) {
    const url = URL.parse(filled.replace(/^[/\\]+/, "/"), nowhere);
    if (url === null || url.origin !== nowhere) return null;
    const search = url.search === "" && query.size > 0 ? `?${query}` : url.search;
    const path = url.pathname.replace(/^\/{2,}/, "/");
    return path + search + url.hash;
  }
  const url = URL.parse(filled);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    return null;
  // A visitor must not choose the host by what they ask for.
  return URL.parse(target.replace(/\$\d/g, ""))?.origin === url.origin ? url.href : null;
}

function normalPath(path: string): string {
  const plain = decodePath(path)
    .normalize("NFC")
    .replace(/\/{2,}/g, "/");
  return plain.endsWith("/") ? plain : `${plain}/`;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A lone "%" was never encoded.
    return path;
  }
}
