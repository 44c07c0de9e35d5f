// The text of HTML: tags, comments, scripts and styles left out, character references read. For excerpts and
// feeds; the result is plain text, to be escaped like any other. One pass, so its time is linear in the input;
// it is no sanitiser.

const skippedContent = /^(?:script|style|iframe|noscript)$/;
const blockTag =
  /^(?:address|article|aside|blockquote|br|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|td|th|tr|ul)$/;

/** The text of some HTML. Where a block begins or ends between two words there is a space. */
export function stripTags(html: string): string {
  const pieces: string[] = [];
  let at = 0;
  let apart = false;
  while (at < html.length) {
    const open = nextTag(html, at);
    if (open > at) {
      const before = pieces.at(-1);
      if (apart && before !== undefined && !/\s$/.test(before.slice(-1)) && !/\s/.test(html[at] ?? ""))
        pieces.push(" ");
      pieces.push(html.slice(at, open));
      apart = false;
    }
    const name = tagName(html, open);
    at = afterTag(html, open);
    if (blockTag.test(name)) apart = true;
    if (skippedContent.test(name) && html[open + 1] !== "/") at = afterContent(html, at, name);
  }
  return readReferences(pieces.join(""));
}

/** Where the next tag, comment or declaration opens; the text's length if there is none. */
function nextTag(html: string, from: number): number {
  for (let open = html.indexOf("<", from); open >= 0; open = html.indexOf("<", open + 1)) {
    if (/^<(?:[a-z]|\/[a-z]|[!?])/i.test(html.slice(open, open + 3))) return open;
  }
  return html.length;
}

function tagName(html: string, open: number): string {
  const match = /^<\/?([a-z][a-z0-9]{0,15})(?![a-z0-9-])/i.exec(html.slice(open, open + 24));
  return match?.[1]?.toLowerCase() ?? "";
}

/** The offset behind the tag that opens at `open`. A tag or comment that never closes takes the rest, as in a browser. */
function afterTag(html: string, open: number): number {
  if (html.startsWith("<!--", open)) return behind(html.indexOf("-->", open + 4), 3, html);
  let mayQuote = false;
  for (let at = open + 1; at < html.length; at++) {
    const character = html[at] as string; // at is within the text
    if (character === ">") return at + 1;
    if (mayQuote && (character === '"' || character === "'")) {
      at = html.indexOf(character, at + 1);
      if (at < 0) return html.length;
    }
    // A quote means something only where an attribute's value begins.
    mayQuote = character === "=" || (mayQuote && /\s/.test(character));
  }
  return html.length;
}

/** The offset of the end tag that closes an element whose content is no text. */
function afterContent(html: string, from: number, name: string): number {
  const endTag = new RegExp(`</${name}(?![a-z0-9-])`, "gi");
  endTag.lastIndex = from;
  return endTag.exec(html)?.index ?? html.length;
}

function behind(found: number, width: number, html: string): number {
  return found < 0 ? html.length : found + width;
}

const references: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  copy: "©",
};

function readReferences(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));/g,
    (whole, decimal, hex, name) => {
      if (name) return Object.hasOwn(references, name) ? (references[name] as string) : whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : "\ufffd";
    },
  );
}
