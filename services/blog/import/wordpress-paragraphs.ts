// Paragraphs from blank lines: what WordPress does to a classic post when it shows it.
// Text between block elements becomes paragraphs, single line ends become <br>; block elements, preformatted
// text and everything inside tags stay as written. Linear in the length; the result is still untrusted.

import { cardForLine } from "./wordpress-cards.ts";

const blocks = new Set(
  (
    "address area article aside blockquote caption center col colgroup dd details div dl dt fieldset figcaption " +
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main map menu nav ol p pre section style " +
    "summary table tbody td tfoot th thead tr ul"
  ).split(" "),
);
const voidBlocks = new Set(["area", "col", "hr"]);

/** Blocks in which loose text becomes paragraphs even when it has no blank line. */
const wrapping = new Set(["blockquote"]);
/** Blocks in which loose text becomes paragraphs only where a blank line divides it. */
const flowing = new Set(
  "article aside center dd details div fieldset figure footer form header li main nav section td th".split(
    " ",
  ),
);
/** Blocks that hold only other blocks: what stands loose in them is left alone. */
const structural = new Set("colgroup dl map menu ol table tbody tfoot thead tr ul".split(" "));

/** Elements whose text is not split, with where they end. */
const untouched = new Set(["pre", "script", "style", "textarea", "svg"]);

/** Stands for a line end that must not be seen; control characters never come out of the XML parser. */
const hiddenLineEnd = "\x01";

interface Flow {
  readonly out: string[];
  readonly open: string[];
  /** Loose text and inline tags since the last block tag. */
  pending: string[];
}

/** Turns the text of a classic post into HTML with paragraphs. */
export function paragraphs(text: string): string {
  const flow: Flow = { out: [], open: [], pending: [] };
  for (const piece of htmlPieces(text.replace(/\r\n?/g, "\n").replaceAll(hiddenLineEnd, ""))) {
    if (piece.kind === "text") flow.pending.push(piece.text);
    else if (piece.kind === "tag" && blocks.has(piece.name)) placeBlockTag(flow, piece);
    else if (piece.kind === "untouched" && piece.name === "pre") {
      flushPending(flow);
      flow.out.push(piece.text);
    } else flow.pending.push(piece.text.replaceAll("\n", hiddenLineEnd));
  }
  flushPending(flow);
  return flow.out.join("").replaceAll(hiddenLineEnd, "\n");
}

function placeBlockTag(flow: Flow, tag: { name: string; text: string; end: boolean }): void {
  flushPending(flow);
  flow.out.push(tag.text.replaceAll("\n", hiddenLineEnd));
  if (voidBlocks.has(tag.name)) return;
  if (!tag.end) {
    flow.open.push(tag.name);
    return;
  }
  // A far-off match is bad markup; looking only nearby keeps the whole linear.
  const nearest = Math.max(0, flow.open.length - 20);
  for (let at = flow.open.length - 1; at >= nearest; at -= 1) {
    if (flow.open[at] === tag.name) {
      flow.open.length = at;
      return;
    }
  }
}

function flushPending(flow: Flow): void {
  const loose = flow.pending.join("");
  flow.pending = [];
  const text = loose.trim();
  if (text === "") return;
  const around = flow.open.at(-1);
  if (around !== undefined && structural.has(around)) {
    flow.out.push(loose);
    return;
  }
  const parts = text.split(/\n[ \t\xa0]*\n\s*/).map(lineEnds);
  const wraps =
    around === undefined ||
    wrapping.has(around) ||
    (flowing.has(around) && (parts.length > 1 || /^[ \t]*\n[ \t]*\n|\n[ \t]*\n[ \t]*$/.test(loose)));
  if (wraps) flow.out.push(...parts.map((part) => (showsNothing(part) ? part : `<p>${part}</p>\n`)));
  else flow.out.push(parts.join(around === "p" ? "</p>\n<p>" : "<br>\n"));
}

/** One paragraph: a line that is only an address becomes a link card, other line ends become breaks. */
function lineEnds(part: string): string {
  const lines = part.split("\n").map(cardForLine);
  return lines.join("<br>\n").replace(/(<br ?\/?>)<br>\n/g, "$1\n");
}

/** Only tags, none of which shows anything by itself, such as the start of a link around a block. */
function showsNothing(part: string): boolean {
  if (/<(?:img|iframe|video|audio|embed|object|input|br|a class="rich-card)/i.test(part)) return false;
  return htmlPieces(part).every(
    (piece) => piece.kind === "tag" || (piece.kind === "text" && piece.text.trim() === ""),
  );
}

type HtmlPiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tag"; readonly name: string; readonly end: boolean; readonly text: string }
  /** A whole element whose content is not markup to look into. */
  | { readonly kind: "untouched"; readonly name: string; readonly text: string };

/** Cuts HTML into text, tags and untouched elements; comments are left out. Joined again they are the input. */
export function htmlPieces(html: string): HtmlPiece[] {
  const pieces: HtmlPiece[] = [];
  const ends = new NextEnds(html);
  let at = 0;
  let textFrom = 0;
  const take = (from: number, to: number, piece: HtmlPiece | null) => {
    if (from > textFrom) pieces.push({ kind: "text", text: html.slice(textFrom, from) });
    if (piece !== null) pieces.push(piece);
    textFrom = to;
    at = to;
  };
  for (;;) {
    const start = html.indexOf("<", at);
    if (start < 0) break;
    at = start + 1;
    if (html.startsWith("<!--", start)) {
      const end = ends.after("-->", start + 4);
      if (end !== null) take(start, end, null);
      continue;
    }
    const opening = /^<(\/?)([a-z][a-z0-9:-]*)/i.exec(html.slice(start, start + 40));
    if (opening === null) continue;
    const tagEnd = ends.tagEnd(start + opening[0].length);
    if (tagEnd === null) break;
    const name = opening[2]!.toLowerCase();
    const end = opening[1] === "/";
    const whole = end || !untouched.has(name) ? null : ends.elementEnd(name, tagEnd);
    if (whole === null) take(start, tagEnd, { kind: "tag", name, end, text: html.slice(start, tagEnd) });
    else take(start, whole, { kind: "untouched", name, text: html.slice(start, whole) });
  }
  if (textFrom < html.length) pieces.push({ kind: "text", text: html.slice(textFrom) });
  return pieces;
}

/** Looks for the next end of something; remembers answers, so that many questions stay linear together. */
class NextEnds {
  readonly #html: string;
  #lower: string | null = null;
  readonly #lastTagEnd: number;
  readonly #known = new Map<string, number>();
  #quotesPair = true;

  constructor(html: string) {
    this.#html = html;
    this.#lastTagEnd = html.lastIndexOf(">");
  }

  /** The position after the next `mark` at or beyond `from`, or null. */
  after(mark: string, from: number, html = this.#html): number | null {
    let at = this.#known.get(mark);
    if (at === undefined || (at >= 0 && at < from)) {
      at = html.indexOf(mark, from);
      this.#known.set(mark, at);
    }
    return at < 0 ? null : at + mark.length;
  }

  /** The position after the ">" that ends a tag, passing over quoted values. */
  tagEnd(from: number): number | null {
    const plain = this.after(">", from);
    if (plain === null || !this.#quotesPair) return plain;
    let at = from;
    for (;;) {
      const end = this.after(">", at);
      if (end === null) return this.#giveUpQuotes(plain);
      const quote = /=\s*(["'])/.exec(this.#html.slice(at, end - 1));
      if (quote === null) return end;
      const opened = at + quote.index + quote[0].length;
      const closed = this.after(quote[1]!, opened);
      if (closed === null) return this.#giveUpQuotes(plain);
      at = closed;
    }
  }

  /** Quotes that never pair up would make every later tag search to the end again: from here on they are ignored. */
  #giveUpQuotes(plain: number): number {
    this.#quotesPair = false;
    this.#known.clear();
    return plain;
  }

  /** The position after the end tag of an element whose content begins at `from`, or null. */
  elementEnd(name: string, from: number): number | null {
    this.#lower ??= this.#html.toLowerCase();
    // Lower case of a few letters is longer; then positions would not fit.
    const html = this.#lower.length === this.#html.length ? this.#lower : this.#html;
    const tag = this.after(`</${name}`, from, html);
    return tag === null || tag > this.#lastTagEnd ? null : html.indexOf(">", tag) + 1;
  }
}
