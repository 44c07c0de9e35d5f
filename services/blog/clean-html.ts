// The sanitiser: untrusted HTML in, markup that may stand in a page out.
// Only listed elements, attributes and address schemes pass, first through sanitize-html and then through our
// own nesting pass (html-nesting.ts). Cleaning cleaned markup changes nothing. Attributes are in clean-attributes.ts.

import sanitizeHtml from "sanitize-html";
import { allowedAttributes, type CleanOptions, cleanElement } from "./clean-attributes.ts";
import { settleNesting } from "./html-nesting.ts";

/** The version of this rule set, stored beside what it made: change it whenever the output may change. */
export const cleanRules = "blog-html-1";

/** The longest text that is cleaned, in UTF-16 units. */
export const maxHtmlLength = 20_000_000;

/** A title or excerpt is read this far. */
const maxLineLength = 1_000_000;

/** Elements nested deeper than this in the source make the whole text plain: only attacks come this deep. */
const maxSourceDepth = 400;

export interface CleanedHtml {
  readonly html: string;
  /** The visible text, one line, block boundaries as spaces: for search and derived excerpts. */
  readonly text: string;
  /** What was taken out and how often, in words for a report; harmless unwrapping is not counted. */
  readonly removed: Record<string, number>;
}

/** Thrown for a text beyond `maxHtmlLength`. */
export class HtmlTooLong extends Error {
  constructor(length: number) {
    super(
      `Cleaning HTML: the text has ${length} characters and at most ${maxHtmlLength} are read. ` +
        "Split it into several posts.",
    );
    this.name = "HtmlTooLong";
  }
}

class NestedTooDeeply extends Error {}

const allowedTags = (
  "a abbr address aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt " +
  "em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p pre q rp rt ruby s samp " +
  "section small source span strong sub summary sup table tbody td tfoot th thead time tr u ul var video wbr"
).split(" ");

/** Elements whose content is not for reading and goes with them. */
const contentDropped = (
  "script style textarea option select noscript template title svg math xmp noembed noframes plaintext " +
  "canvas datalist"
).split(" ");

/** Removed elements that a report names; removing any other unlisted element is said as "unknown element". */
const namedElements = new Set([
  ...contentDropped,
  ..."applet base button embed fieldset form frame frameset iframe input link map marquee meta object output".split(
    " ",
  ),
]);

/** Elements whose tags go and whose content stays, with nothing lost. */
const harmlessElements = new Set(
  (
    "html head body article main nav hgroup menu search picture font big center nobr basefont label legend param " +
    "track data rb rtc dir blink tt strike acronym address area optgroup"
  ).split(" "),
);

/**
 * Cleans untrusted HTML. `origin` is the site's own origin: links to it are internal, relative addresses are
 * resolved against its root. `imageFor` may give each image another address, its size and a srcset; for null the
 * image keeps its own address. Takes time linear in the length. Throws HtmlTooLong and nothing else.
 */
export function cleanHtml(html: string, options: CleanOptions): CleanedHtml {
  if (html.length > maxHtmlLength) throw new HtmlTooLong(html.length);
  const source = dropControlCharacters(html);
  let removed: Record<string, number> = {};
  let markup: string;
  try {
    markup = sanitizeHtml(source, rules(options, removed));
  } catch (error) {
    if (!(error instanceof NestedTooDeeply)) throw error;
    removed = { "markup nested too deeply, kept as plain text": 1 };
    markup = sanitizeHtml(flattenToText(source), rules(options, removed));
  }
  // Character references such as &#1; come out decoded, so control characters go once more.
  return { ...settleNesting(dropControlCharacters(markup)), removed };
}

/** The visible text of HTML on one line: for titles, descriptions and excerpts that may hold markup. */
export function plainText(html: string): string {
  const line = html.slice(0, maxLineLength);
  if (!/[<&]/.test(line)) return dropControlCharacters(line).replace(/\s+/g, " ").trim();
  return cleanHtml(line, { origin: "https://text.invalid" }).text;
}

function rules(options: CleanOptions, removed: Record<string, number>): sanitizeHtml.IOptions {
  const allowed = new Set(allowedTags);
  const count = (what: string) => {
    removed[what] = (removed[what] ?? 0) + 1;
  };
  let depth = 0;
  return {
    allowedTags,
    allowedAttributes,
    allowedSchemes: ["http", "https", "mailto", "tel"],
    allowedSchemesByTag: {
      img: ["http", "https"],
      audio: ["http", "https"],
      video: ["http", "https"],
      source: ["http", "https"],
    },
    allowProtocolRelative: false,
    nonTextTags: contentDropped,
    disallowedTagsMode: "discard",
    parseStyleAttributes: false,
    // The parser under it keeps its open elements in a list that is slow when long: stop before that.
    onOpenTag: () => {
      depth += 1;
      if (depth > maxSourceDepth) throw new NestedTooDeeply();
    },
    onCloseTag: () => {
      depth -= 1;
    },
    transformTags: {
      "*": (tagName, attribs) => {
        const cleaned = cleanElement(tagName, attribs, options, count);
        if (!allowed.has(cleaned.tagName)) countElement(tagName, count);
        return cleaned;
      },
    },
  };
}

function countElement(name: string, count: (what: string) => void): void {
  if (namedElements.has(name)) count(`${name} element`);
  else if (!harmlessElements.has(name)) count("unknown element");
}

/** Characters that neither HTML nor a database text may hold; line ends become "\n". */
function dropControlCharacters(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, "");
}

/** What stands between tags, as one paragraph: a linear last resort that understands nothing. */
function flattenToText(html: string): string {
  const pieces: string[] = [];
  let at = 0;
  while (at < html.length) {
    const start = html.indexOf("<", at);
    pieces.push(html.slice(at, start < 0 ? html.length : start));
    const end = start < 0 ? -1 : html.indexOf(">", start);
    if (end < 0) break;
    at = end + 1;
  }
  const words = pieces.filter((piece) => piece.trim() !== "").join(" ");
  return words === "" ? "" : `<p>${words}</p>`;
}
