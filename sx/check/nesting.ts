// Nesting: which element may stand inside which so that a parser, reading the printed page, builds the tree
// that was meant. The rules are those of tree construction in the HTML standard (13.2.6), asked of a tree
// whose every start and end tag is printed. No answer means: the parser keeps it. Where parsers differ by
// age (inside `select`) or by attributes (`input` in a table) the strictest counts, so an answer may be
// about an old browser alone. nesting-parser.test.ts holds this against a real browser.

import { htmlTags, sharedSvgTags, svgTags } from "../render/tags.ts";

export interface NestingProblem {
  /**
   * `closes`: the start tag ends an element that is open; `dropped`: the start tag is ignored; `moved`: it
   * lands somewhere else; `text`: it is read as text; `implied`: an element nobody wrote is put around it;
   * `foreign`: it becomes an element of another namespace than its name says.
   */
  readonly how: "closes" | "dropped" | "moved" | "text" | "implied" | "foreign";
  /** The element around it that decides. */
  readonly ancestor: string;
  /** `implied` only: what is put between. */
  readonly between?: string;
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Start tags that end a `p` which is open in button scope. */
const endsParagraph = words(`
  address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form
  h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p pre search section summary table ul xmp`);
const headings = words("h1 h2 h3 h4 h5 h6");

/** What stops a look outward for an element "in scope"; a button stops the look for a `p` as well. */
const scopeEnds = words("applet caption html marquee object select table td template th");
/** What stops a look outward for an `a`: markers in the list of active formatting elements. */
const markers = words("applet caption marquee object td template th");
const links = words("a");
/** SVG elements whose children are HTML again. */
const svgIntegrationPoints = words("foreignObject desc title");

/** "Special" elements: a look outward for a list item goes no further than these, except those below. */
const special = words(`
  address applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd
  details dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header
  hgroup hr html iframe img input keygen li link listing main marquee menu meta nav noembed noframes noscript
  object ol p param plaintext pre script search section select source style summary table tbody td template
  textarea tfoot th thead title tr track ul wbr xmp`);
/** `search` became special in 2023, and not all parsers know. */
const seenThrough = words("address div p search");
/** What the start of an item ends. */
const items: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["li", words("li")],
  ["dt", words("dt dd")],
  ["dd", words("dt dd")],
]);

/** Elements whose content is read as text. */
const textOnly = words("script style xmp iframe noembed noframes textarea title plaintext");

const inHead = words("base basefont bgsound link meta noframes noscript script style template title");
const inHeadNoscript = words("basefont bgsound link meta noframes style");

/** HTML start tags that end SVG or MathML around them. */
const leavesForeign = words(`
  b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta
  nobr ol p pre ruby s small span strong strike sub sup table tt u ul var`);

/** Table parts, each with the parents that keep it. */
const tableParts: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["caption", words("table")],
  ["colgroup", words("table")],
  ["thead", words("table")],
  ["tbody", words("table")],
  ["tfoot", words("table")],
  ["col", words("colgroup")],
  ["tr", words("thead tbody tfoot")],
  ["td", words("tr")],
  ["th", words("tr")],
]);

/** What a parser puts between a parent and a table part that stands in it directly. */
const implied: Readonly<Record<string, string>> = {
  "table col": "colgroup",
  "table tr": "tbody",
  "table td": "tbody",
  "table th": "tbody",
  "thead td": "tr",
  "thead th": "tr",
  "tbody td": "tr",
  "tbody th": "tr",
  "tfoot td": "tr",
  "tfoot th": "tr",
};

/** Parents that hold nothing but table parts and what is in the second list. */
const tableHolders = words("table thead tbody tfoot tr");
const inTable = words("script style template");

/** The first child of a `template` decides how the others are read: those of one list may stand together. */
const templateGroups = [
  words("caption colgroup thead tbody tfoot"),
  words("col"),
  words("tr"),
  words("td th"),
];

/** When these begin inside `ruby`, elements of the second list end. */
const rubyParts = words("rb rp rt rtc");
const impliedEnds = words("dd dt li optgroup option p rb rp rt");

type Space = "html" | "svg" | "math";

interface Place {
  readonly tag: string;
  readonly space: Space;
}

/**
 * What a parser would make of `child` inside `ancestors`, outermost first, or null where it keeps it.
 * A child is a tag, `#text`, or `#space` for text that is white space alone. Whatever stands around the first
 * ancestor is unknown, so nothing is wrong with a child that has none. `before` are the tags of the siblings
 * before it: they decide in `html` and `template`. Attributes are not looked at.
 */
export function nestingProblem(
  ancestors: readonly string[],
  child: string,
  before: readonly string[] = [],
): NestingProblem | null {
  const places = placesOf(ancestors);
  const parent = places.at(-1);
  if (!parent) return null;
  if (child === "#text" || child === "#space") return textProblem(places, parent, child, before);
  if (!holdsHtml(parent)) return foreignProblem(parent, child);
  if (isHtml(parent, textOnly)) return { how: "text", ancestor: parent.tag };
  // The parser knows these names inside `svg` alone.
  if (!htmlTags.has(child) && svgTags.has(child)) return { how: "foreign", ancestor: parent.tag };
  return (
    documentProblem(places, parent, child, before) ??
    selectProblem(places, parent, child) ??
    tableProblem(places, parent, child, before) ??
    openElementProblem(places, parent, child)
  );
}

/** Each ancestor with its namespace. What is only SVG's must have been inside `svg`. */
function placesOf(ancestors: readonly string[]): Place[] {
  const places: Place[] = [];
  for (const tag of ancestors) {
    const parent = places.at(-1);
    if (parent && !holdsHtml(parent)) places.push({ tag, space: parent.space });
    else if (tag === "svg" || (!parent && svgTags.has(tag) && !htmlTags.has(tag)))
      places.push({ tag, space: "svg" });
    else places.push({ tag, space: tag === "math" ? "math" : "html" });
  }
  return places;
}

/** Whether start tags inside are HTML's. */
function holdsHtml({ tag, space }: Place): boolean {
  return space === "html" || (space === "svg" && svgIntegrationPoints.has(tag));
}

function isHtml({ tag, space }: Place, among: ReadonlySet<string>): boolean {
  return space === "html" && among.has(tag);
}

function foreignProblem({ space }: Place, child: string): NestingProblem | null {
  if (leavesForeign.has(child)) return { how: "closes", ancestor: space };
  const known = space === "svg" ? svgTags.has(child) || sharedSvgTags.has(child) : !isKnown(child);
  return known ? null : { how: "foreign", ancestor: space };
}

/** MathML's own elements are in no table: what other languages have is not one of them. */
function isKnown(tag: string): boolean {
  return htmlTags.has(tag) || svgTags.has(tag);
}

function textProblem(
  places: readonly Place[],
  parent: Place,
  child: string,
  before: readonly string[],
): NestingProblem | null {
  const { tag, space } = parent;
  if (space !== "html") return null;
  if (tag === "html" || tag === "frameset") return { how: "moved", ancestor: tag };
  if (child === "#space") return null;
  const amongParts = tag === "template" && before.some((sibling) => templateGroup(sibling) >= 0);
  if (tableHolders.has(tag) || amongParts) return { how: "moved", ancestor: tag };
  return tag === "head" || tag === "colgroup" || isHeadNoscript(places)
    ? { how: "closes", ancestor: tag }
    : null;
}

function isHeadNoscript(places: readonly Place[]): boolean {
  return places.at(-1)?.tag === "noscript" && places.at(-2)?.tag === "head";
}

/** The skeleton of a document: `html`, `head` and `body` have one place each. */
function documentProblem(
  places: readonly Place[],
  parent: Place,
  child: string,
  before: readonly string[],
): NestingProblem | null {
  const ancestor = parent.tag;
  if (ancestor === "html" && (child === "head" || child === "body")) {
    const late = before.includes("body") || (child === "head" && before.includes("head"));
    return late ? { how: "dropped", ancestor } : null;
  }
  if (/^(?:html|head|body|frame|frameset|plaintext)$/.test(child)) return { how: "dropped", ancestor };
  if (ancestor === "html") return { how: "moved", ancestor };
  if (ancestor === "head" && !inHead.has(child)) return { how: "closes", ancestor };
  return isHeadNoscript(places) && !inHeadNoscript.has(child) ? { how: "closes", ancestor } : null;
}

/** Parsers before 2025 drop from a `select` whatever is neither an option nor a group of options. */
function selectProblem(places: readonly Place[], parent: Place, child: string): NestingProblem | null {
  if (places.findLast(({ tag }) => tag === "select" || tag === "template")?.tag !== "select") return null;
  if (child === "script" || child === "template") return null;
  const inSelect = child === "option" || child === "optgroup" || child === "hr";
  if (!inSelect) return { how: "dropped", ancestor: "select" };
  const kept = parent.tag === "select" || (parent.tag === "optgroup" && child === "option");
  return kept ? null : { how: "closes", ancestor: parent.tag };
}

function tableProblem(
  places: readonly Place[],
  parent: Place,
  child: string,
  before: readonly string[],
): NestingProblem | null {
  const ancestor = parent.tag;
  if (ancestor === "template") return templateProblem(child, before);
  const parents = tableParts.get(child);
  if (parents) {
    if (parents.has(ancestor)) return null;
    const between = implied[`${ancestor} ${child}`];
    if (between !== undefined) return { how: "implied", ancestor, between };
    const around = places.findLast(({ tag }) => tag === "table" || tag === "template");
    return { how: around?.tag === "table" ? "closes" : "dropped", ancestor };
  }
  if (ancestor === "colgroup") return child === "template" ? null : { how: "closes", ancestor };
  if (!tableHolders.has(ancestor) || inTable.has(child)) return null;
  return child === "table" ? { how: "closes", ancestor: "table" } : { how: "moved", ancestor };
}

function templateProblem(child: string, before: readonly string[]): NestingProblem | null {
  const first = before.find((tag) => !inTable.has(tag));
  if (first === undefined || child === "template" || templateGroup(first) === templateGroup(child))
    return null;
  // Among columns a parser knows nothing else.
  if (inTable.has(child)) return first === "col" ? { how: "dropped", ancestor: "template" } : null;
  return { how: templateGroup(child) < 0 ? "moved" : "dropped", ancestor: "template" };
}

function templateGroup(tag: string): number {
  return templateGroups.findIndex((group) => group.has(tag));
}

/** What the start tag does to the elements that are open. */
function openElementProblem(places: readonly Place[], parent: Place, child: string): NestingProblem | null {
  const closes = (ancestor: string): NestingProblem => ({ how: "closes", ancestor });
  if (child === "form" && formAround(places)) return { how: "dropped", ancestor: "form" };
  const item = items.get(child) && itemAround(places, items.get(child) as ReadonlySet<string>); // just asked
  if (item) return closes(item);
  if (endsParagraph.has(child) && inScope(places, "p")) return closes("p");
  if (headings.has(child) && isHtml(parent, headings)) return closes(parent.tag);
  if (child === "a" && linkAround(places)) return closes("a");
  if ((child === "button" || child === "nobr") && inScope(places, child)) return closes(child);
  if ((child === "option" || child === "optgroup") && parent.tag === "option") return closes("option");
  const ends = rubyParts.has(child) && isHtml(parent, impliedEnds) && inScope(places, "ruby");
  return ends ? closes(parent.tag) : null;
}

/** There is one form at a time, however far out it began; a `template` has none. */
function formAround(places: readonly Place[]): boolean {
  return places.some(({ tag }) => tag === "form") && !places.some(({ tag }) => tag === "template");
}

/** The open list item that one of `tags` would end. */
function itemAround(places: readonly Place[], tags: ReadonlySet<string>): string | null {
  for (const place of places.toReversed()) {
    if (isHtml(place, tags)) return place.tag;
    const ends = isHtml(place, special) && !seenThrough.has(place.tag);
    if (ends || (place.space === "svg" && holdsHtml(place))) return null;
  }
  return null;
}

function inScope(places: readonly Place[], wanted: string): boolean {
  for (const place of places.toReversed()) {
    const { tag, space } = place;
    if (space === "html" && tag === wanted) return true;
    if (isHtml(place, scopeEnds) || (space === "svg" && holdsHtml(place))) return false;
    if (wanted === "p" && space === "html" && tag === "button") return false;
  }
  return false;
}

function linkAround(places: readonly Place[]): boolean {
  const found = places.findLast((place) => isHtml(place, markers) || isHtml(place, links));
  return found?.tag === "a";
}
