// Whole rules as text: whether some CSS is complete in itself. Rules that pass can stand beside any others, in
// a block of their own or in a style element, and end exactly where they end: nothing is left open, nothing
// closes what stood before, and no other sheet is imported. Names are compared as CSS reads them, so an
// escape hides nothing. What a single value may hold is decided in css.ts.

const atRules: ReadonlySet<string> = new Set([
  "container",
  "counter-style",
  "font-face",
  "keyframes",
  "layer",
  "media",
  "page",
  "property",
  "scope",
  "starting-style",
  "supports",
]);

/** What a text would have to be instead, in words, where it is not made of whole, harmless rules; else null. */
export function ruleMistake(css: string): string | null {
  if (/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(css)) return "CSS without control characters";
  if (/<[/!]|-->/.test(css)) return "CSS without </, <! and -->, which belong to HTML";
  const open: string[] = [];
  let last = "}";
  let at = 0;
  while (at < css.length) {
    const part = partAt(css, at);
    if ("mistake" in part) return part.mistake;
    if (part.opens) open.push(part.opens);
    if (part.closes && open.pop() !== part.closes) return "CSS that closes only what it has opened";
    if (part.shows) last = part.shows;
    at = part.end;
  }
  if (open.length > 0) return "CSS that closes all it opens";
  return last === "}" ? null : "whole rules, each with its { }";
}

type Part =
  | {
      readonly end: number;
      /** The bracket that will close what opens here. */
      readonly opens?: string;
      readonly closes?: string;
      /** Its last character, where it is neither space nor comment. */
      readonly shows?: string;
    }
  | { readonly mistake: string };

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** What stands at an offset, and where it ends. */
function partAt(css: string, at: number): Part {
  const character = css[at] as string; // inside the text
  if (isSpace(character)) return { end: at + 1 };
  if (css.startsWith("/*", at)) {
    const end = css.indexOf("*/", at + 2);
    return end < 0 ? { mistake: "CSS whose comments are closed" } : { end: end + 2 };
  }
  if (character === '"' || character === "'") {
    const end = stringEnd(css, at);
    return end < 0 ? { mistake: "CSS whose strings are closed, each on its line" } : { end, shows: '"' };
  }
  const closer = closers[character];
  if (closer) return { end: at + 1, opens: closer, shows: character };
  if (")]}".includes(character)) return { end: at + 1, closes: character, shows: character };
  if (character === "@") return atRule(css, at);
  if (character === "\\" || isNamePart(character)) return nameOrCall(css, at);
  return { end: at + 1, shows: character };
}

function atRule(css: string, at: number): Part {
  const { name, end } = readName(css, at + 1);
  const plain = name.toLowerCase().replace(/^-(?:webkit|moz)-/, "");
  if (!atRules.has(plain)) return { mistake: `CSS without @${name}: only ${[...atRules].join(", ")}` };
  return { end, shows: "@" };
}

const runsOrLoads: ReadonlySet<string> = new Set(["expression", "src", "image", "image-set"]);

function nameOrCall(css: string, at: number): Part {
  const { name, end } = readName(css, at);
  if (css[end] !== "(") return { end, shows: "a" };
  const called = name.toLowerCase().replace(/^-(?:webkit|moz)-/, "");
  if (called === "url") return addressAt(css, end + 1);
  if (runsOrLoads.has(called)) return { mistake: `CSS without ${called}(…): url(…) is how a rule loads` };
  return { end, shows: "a" };
}

/** The inside of `url(`: one string, or an address without quotes. */
function addressAt(css: string, start: number): Part {
  const from = skipSpace(css, start);
  const isQuoted = css[from] === '"' || css[from] === "'";
  const to = isQuoted ? stringEnd(css, from) : bareAddressEnd(css, from);
  const end = skipSpace(css, to);
  if (to < 0 || css[end] !== ")") return { mistake: "CSS whose addresses are closed" };
  const address = withoutEscapes(isQuoted ? css.slice(from + 1, to - 1) : css.slice(from, to));
  const scheme = /^([^/?#:]*):/.exec(address.replace(/[\u0000-\u0020]/g, ""))?.[1]?.toLowerCase();
  const isPicture = /^[ \t\n\r\f]*data:(?:image|font)\//i.test(address);
  if (scheme === "javascript" || scheme === "vbscript" || (scheme === "data" && !isPicture))
    return { mistake: "CSS whose addresses are relative, on the web, or an image or font as data" };
  return { end: end + 1, shows: ")" };
}

function bareAddressEnd(css: string, start: number): number {
  const shape = /(?:[^ \t\n\r\f"'()\\]|\\[^\n\r\f])*/y;
  shape.lastIndex = start;
  return start + (shape.exec(css)?.[0].length ?? 0);
}

function skipSpace(css: string, start: number): number {
  let at = start;
  while (isSpace(css[at] ?? "x")) at++;
  return at;
}

/** White space as CSS knows it: every other space is part of a name. */
function isSpace(character: string): boolean {
  return " \t\n\r\f".includes(character);
}

/** The offset behind the string that begins at `start`; -1 if a line or the text ends before it does. */
function stringEnd(css: string, start: number): number {
  for (let at = start + 1; at < css.length; at++) {
    if (css[at] === "\\") at++;
    else if (css[at] === css[start]) return at + 1;
    else if (css[at] === "\n" || css[at] === "\r" || css[at] === "\f") return -1;
  }
  return -1;
}

function isNamePart(character: string): boolean {
  return /[\w-]|[^\0-\x7f]/.test(character);
}

/** A name with its escapes read. */
function readName(css: string, start: number): { name: string; end: number } {
  const shape = /(?:[\w-]|[^\0-\x7f]|\\[0-9a-f]{1,6}[ \t\n\r\f]?|\\[^\n\r\f0-9a-f])*/iy;
  shape.lastIndex = start;
  const [written = ""] = shape.exec(css) ?? [];
  // A backslash that escapes nothing is one character of its own.
  return { name: withoutEscapes(written), end: Math.max(start + written.length, start + 1) };
}

function withoutEscapes(text: string): string {
  return text.replace(
    /\\(?:([0-9a-f]{1,6})[ \t\n\r\f]?|([\s\S]))/gi,
    (_, hex: string | undefined, other: string) => {
      if (hex === undefined) return other === "\n" ? "" : other;
      const code = Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
    },
  );
}
