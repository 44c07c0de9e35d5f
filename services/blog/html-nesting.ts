// The nesting rules of HTML, applied to markup that the sanitiser has already written (clean-html.ts).
// What comes out reads the same to every parser: each start tag has its end tag, no element stands where a
// browser would close another one for it. So a post's markup can never close an element of the page around it.

/** Elements without content and without an end tag. */
const voidElements = new Set(["br", "hr", "img", "wbr", "col", "source"]);

/** Elements that a browser does not allow inside a paragraph: it would end the paragraph there. */
const paragraphEnders = new Set(
  (
    "address aside blockquote details div dl figcaption figure footer header h1 h2 h3 h4 h5 h6 hr ol p pre " +
    "section summary table ul"
  ).split(" "),
);

/** Elements that do not separate words. */
const inlineElements = new Set(
  (
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup " +
    "time u var wbr"
  ).split(" "),
);

/** Where an element may stand; one that is not listed may stand anywhere. */
const parentsOf = new Map<string, readonly string[]>([
  ["li", ["ul", "ol"]],
  ["dt", ["dl"]],
  ["dd", ["dl"]],
  ["caption", ["table"]],
  ["colgroup", ["table"]],
  ["thead", ["table"]],
  ["tbody", ["table"]],
  ["tfoot", ["table"]],
  ["tr", ["table", "thead", "tbody", "tfoot"]],
  ["td", ["tr"]],
  ["th", ["tr"]],
  ["col", ["colgroup"]],
  ["rt", ["ruby"]],
  ["rp", ["ruby"]],
  ["source", ["audio", "video"]],
]);

const tableParts = new Set("caption colgroup thead tbody tfoot tr td th col".split(" "));
const rowHolders = new Set(["table", "thead", "tbody", "tfoot"]);
const headings = new Set(["h1", "h2", "h3", "h4", "h5", "h6"]);

/** How deep the result may be; elements further down lose their tags and keep their text. */
const maxDepth = 100;
/** A table needs room for its section, row and cell. */
const tableHeight = 4;

interface OpenElement {
  readonly name: string;
  readonly attributes: string;
  /** Where its start tag stands among the written pieces; -1 when its tags are left out. */
  at: number;
  /** A row or cell that the source did not write. */
  readonly implied: boolean;
}

interface Writing {
  readonly pieces: string[];
  readonly words: string[];
  readonly open: OpenElement[];
}

/**
 * Nests markup of the sanitiser properly. Expects its exact form: every "<" begins a tag, every attribute
 * value stands in double quotes with "<" and ">" escaped. Gives the markup and the visible text, in which
 * block boundaries are single spaces. Takes time linear in the length while the source's depth is bounded.
 */
export function settleNesting(markup: string): { html: string; text: string } {
  const writing: Writing = { pieces: [], words: [], open: [] };
  let at = 0;
  while (at < markup.length) {
    const start = markup.indexOf("<", at);
    if (start < 0) {
      writeText(writing, markup.slice(at));
      break;
    }
    if (start > at) writeText(writing, markup.slice(at, start));
    const end = markup.indexOf(">", start);
    if (end < 0) break;
    writeTag(writing, markup.slice(start + 1, end));
    at = end + 1;
  }
  while (writing.open.length > 0) closeTop(writing);
  const text = unescapeText(writing.words.join("")).replace(/\s+/g, " ").trim();
  return { html: writing.pieces.join(""), text };
}

/** The text that a piece of the sanitiser's markup stands for. */
function unescapeText(escaped: string): string {
  return escaped
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

function writeTag(writing: Writing, inside: string): void {
  const tag = /^(\/?)([a-z][a-z0-9]*)((?: [^<>]*)?)$/.exec(inside);
  if (tag === null) return;
  const name = tag[2]!;
  if (!inlineElements.has(name)) writing.words.push(" ");
  if (tag[1] === "/") closeElement(writing, name);
  else openElement(writing, name, tag[3]!.replace(/ ?\/?$/, ""));
}

function writeText(writing: Writing, text: string): void {
  const blank = text.trim() === "";
  if (!blank) enterCell(writing);
  writing.pieces.push(text);
  writing.words.push(text);
}

function openElement(writing: Writing, name: string, attributes: string): void {
  if (tableParts.has(name)) closeImplied(writing, name);
  const isVoid = voidElements.has(name);
  if (!mayStandHere(writing.open, name)) {
    // A list item or cell without its list or table still separates words.
    if (parentsOf.has(name) && !isVoid) writing.pieces.push(" ");
    if (!isVoid) writing.open.push({ name, attributes, at: -1, implied: false });
    return;
  }
  if (name === "img" && !attributes.includes(' src="')) return;
  if (!tableParts.has(name)) enterCell(writing);
  if (paragraphEnders.has(name)) unwrapParagraph(writing);
  if (isCard(attributes)) writing.words.push(" ");
  writing.pieces.push(`<${name}${attributes}>`);
  if (!isVoid) writing.open.push({ name, attributes, at: writing.pieces.length - 1, implied: false });
}

function closeElement(writing: Writing, name: string): void {
  let at = writing.open.length - 1;
  while (at >= 0 && writing.open[at]!.name !== name) at -= 1;
  if (at < 0) return;
  while (writing.open.length > at) closeTop(writing);
}

function closeTop(writing: Writing): void {
  const element = writing.open.pop()!;
  if (element.at < 0) return;
  const { pieces } = writing;
  if (element.name === "p" || (element.name === "a" && !element.attributes.includes(" id="))) {
    const onlyText = pieces.length - element.at <= 2 && (pieces[element.at + 1] ?? "").trim() === "";
    const host = onlyText ? hostOfCard(element.attributes) : null;
    if (onlyText && host === null) {
      // An empty paragraph or link shows nothing; the blank text of a link still separates words.
      if (element.name === "p") pieces.length = element.at;
      else pieces[element.at] = "";
      return;
    }
    if (host !== null) {
      pieces.push(host);
      writing.words.push(host);
    }
  }
  if (isCard(element.attributes)) writing.words.push(" ");
  pieces.push(`</${element.name}>`);
}

/** The text of a link card that came without any: the host it leads to. Null for anything else. */
function hostOfCard(attributes: string): string | null {
  if (!isCard(attributes)) return null;
  const href = / href="([^"]*)"/.exec(attributes)?.[1];
  if (href === undefined) return null;
  // Host names hold no character that needs escaping.
  return URL.parse(unescapeText(href))?.host.replace(/^www\./, "") || href;
}

/** A link card reads as a block of its own. */
function isCard(attributes: string): boolean {
  return / class="(?:[^"]* )?rich-card[ "]/.test(attributes);
}

function mayStandHere(open: readonly OpenElement[], name: string): boolean {
  const depth = open.length < maxDepth - tableHeight ? 0 : open.filter((element) => element.at >= 0).length;
  if (name === "table" ? depth > maxDepth - tableHeight : depth >= maxDepth && !tableParts.has(name))
    return false;
  if (name === "a") return !open.some((element) => element.name === "a" && element.at >= 0);
  if (headings.has(name)) return nearestInScope(open, (other) => headings.has(other)) === null;
  const parents = parentsOf.get(name);
  if (parents === undefined) return true;
  const parent = parentOf(open);
  return parent !== null && parents.includes(parent);
}

/** A paragraph that turns out to hold a block is no paragraph: its start tag is taken back. */
function unwrapParagraph(writing: Writing): void {
  const paragraph = nearestInScope(writing.open, (name) => name === "p");
  if (paragraph === null) return;
  writing.pieces[paragraph.at] = "";
  paragraph.at = -1;
}

/** The innermost written element that `asks`, looking no further out than the table cell we are in. */
function nearestInScope(open: readonly OpenElement[], asks: (name: string) => boolean): OpenElement | null {
  for (let at = open.length - 1; at >= 0; at -= 1) {
    const element = open[at]!;
    if (element.at < 0) continue;
    if (asks(element.name)) return element;
    if (element.name === "td" || element.name === "th" || element.name === "caption") return null;
  }
  return null;
}

function parentOf(open: readonly OpenElement[]): string | null {
  for (let at = open.length - 1; at >= 0; at -= 1) if (open[at]!.at >= 0) return open[at]!.name;
  return null;
}

/** Text and blocks straight inside a table or row get a cell; browsers would move them out of the table. */
function enterCell(writing: Writing): void {
  if (parentOf(writing.open) === "colgroup") closeElement(writing, "colgroup");
  const parent = parentOf(writing.open);
  if (parent === null || (parent !== "tr" && !rowHolders.has(parent))) return;
  for (const name of parent === "tr" ? ["td"] : ["tr", "td"]) {
    writing.pieces.push(`<${name}>`);
    writing.open.push({ name, attributes: "", at: writing.pieces.length - 1, implied: true });
  }
}

function closeImplied(writing: Writing, next: string): void {
  const { open } = writing;
  if (open.at(-1)?.implied && open.at(-1)!.name === "td") closeTop(writing);
  if (open.at(-1)?.implied && next !== "td" && next !== "th") closeTop(writing);
}
