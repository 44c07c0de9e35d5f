// The attributes and addresses that cleaned HTML may carry.
// Every attribute is built anew from a checked value, in a fixed order; nothing is passed on because it looked
// harmless. The elements and the order of the passes are in clean-html.ts.

interface CleanImage {
  readonly src: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly srcset?: string;
}

export interface CleanOptions {
  /** The site's own origin, such as "https://blog.example.org". */
  readonly origin: string;
  /** Where an image is to be read from; null leaves its address as it is. */
  readonly imageFor?: (src: string) => CleanImage | null;
}

type Attributes = Record<string, string>;
type Count = (what: string) => void;
interface CleanedElement {
  tagName: string;
  attribs: Attributes;
}

const everywhere = ["class", "lang", "dir", "title"];
const withId = ["h1", "h2", "h3", "h4", "h5", "h6", "li", "sup", "a"];
const cellAttributes = ["colspan", "rowspan"];
const playerAttributes = ["src", "controls", "preload"];

/** Element to the attributes that it may carry, besides the ones in "*". */
export const allowedAttributes: Record<string, string[]> = {
  "*": everywhere,
  ...Object.fromEntries(withId.map((name) => [name, ["id"]])),
  a: ["id", "href", "rel"],
  img: ["src", "srcset", "alt", "width", "height", "loading"],
  audio: playerAttributes,
  video: [...playerAttributes, "width", "height", "poster"],
  source: ["src", "type"],
  td: cellAttributes,
  th: [...cellAttributes, "scope"],
  col: ["span"],
  colgroup: ["span"],
  ol: ["start", "reversed", "type"],
  li: ["id", "value"],
  time: ["datetime"],
  del: ["datetime"],
  ins: ["datetime"],
  details: ["open"],
};

/** Old presentational elements and what says the same today. */
const renamed: Record<string, string> = { strike: "s", tt: "code", acronym: "abbr", center: "div" };

/** Class names of other programs, and ours for the same thing. */
const mappedClasses: Record<string, string> = {
  alignleft: "rich-left",
  alignright: "rich-right",
  aligncenter: "rich-center",
  alignwide: "rich-wide",
  alignfull: "rich-full",
  "has-text-align-center": "rich-center",
  "has-text-align-right": "rich-right",
  "wp-caption": "rich-image",
  "wp-block-image": "rich-image",
  "wp-block-gallery": "rich-gallery",
  "wp-block-button__link": "rich-button",
  "wp-block-pullquote": "rich-pullquote",
  "wp-block-verse": "rich-verse",
  "wp-block-columns": "rich-columns",
  "wp-block-column": "rich-column",
};

/**
 * Decides what becomes of one element: its name and its attributes as they may be written. An element that is
 * not allowed keeps its name (the caller removes it); embedded documents become link cards.
 */
export function cleanElement(
  name: string,
  given: Attributes,
  options: CleanOptions,
  count: Count,
): CleanedElement {
  const card = embeddedAddress(name, given, options.origin);
  if (card !== null) {
    count(`${name} turned into a link card`);
    return { tagName: "a", attribs: { class: "rich-card", href: card, ...relFor(card, options.origin) } };
  }
  const tagName = Object.hasOwn(renamed, name) ? renamed[name]! : name;
  countRefused(given, count);
  const attribs: Attributes = {};
  writeCommon(tagName, name, given, attribs);
  switch (tagName) {
    case "a":
      writeLink(given, attribs, options.origin, count);
      break;
    case "img":
      writeImage(given, attribs, options, count);
      break;
    case "audio":
    case "video":
    case "source":
      writePlayer(tagName, given, attribs, options, count);
      break;
    default:
      writeDetails(tagName, given, attribs);
  }
  return { tagName, attribs };
}

/**
 * The address as it may stand in `href`, or null when it may not: http, https, mailto, tel, or relative. Addresses
 * that lead to another host come out absolute; in-page ones get the prefix that ids have here.
 */
export function safeHref(value: string, origin: string): string | null {
  // Browsers drop line ends and tabs inside an address, so a scheme may be hidden behind them.
  const address = value.replace(/[\0-\x1f\x7f-\x9f]+/g, "").trim();
  if (address.startsWith("#"))
    return address === "#" ? "#" : `#${prefixedId(decodeFragment(address.slice(1)))}`;
  const target = URL.parse(address, origin);
  if (target === null || !["http:", "https:", "mailto:", "tel:"].includes(target.protocol)) return null;
  target.username = "";
  target.password = "";
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(address);
  if (absolute || target.origin !== URL.parse(origin)?.origin) return target.href;
  const relative = target.pathname + target.search + target.hash;
  // "/.//host" has the path "//host", which alone would name another host.
  return relative.startsWith("//") ? target.href : relative;
}

/** The address as it may stand in `src`, or null: http, https, or relative. */
function safeSource(value: string, origin: string): string | null {
  const address = safeHref(value, origin);
  return address === null || !/^(?:https?:\/\/|\/)/.test(address) ? null : address;
}

function writeCommon(tagName: string, name: string, given: Attributes, attribs: Attributes): void {
  const classes = cleanClasses(tagName, own(given, "class"));
  if (name === "center" && !classes.includes("rich-center")) classes.push("rich-center");
  if (classes.length > 0) attribs.class = classes.join(" ");
  const lang = own(given, "lang");
  if (/^[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,4}$/i.test(lang)) attribs.lang = lang;
  const dir = own(given, "dir").toLowerCase();
  if (["ltr", "rtl", "auto"].includes(dir)) attribs.dir = dir;
  const title = own(given, "title").trim();
  if (title !== "") attribs.title = title;
  const id = own(given, "id") || (tagName === "a" ? own(given, "name") : "");
  if (withId.includes(tagName) && id !== "" && id.length <= 200) attribs.id = prefixedId(id);
}

/** An id that cannot shadow a name of the page or of its scripts. */
function prefixedId(id: string): string {
  const plain = id.replace(/[^\p{L}\p{N}_.:-]+/gu, "-");
  return plain.startsWith("u-") ? plain : `u-${plain}`;
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    // Not percent-encoded after all.
    return fragment;
  }
}

function cleanClasses(tagName: string, given: string): string[] {
  const kept = new Set<string>();
  for (const name of given.slice(0, 2000).split(/\s+/)) {
    if (Object.hasOwn(mappedClasses, name)) kept.add(mappedClasses[name]!);
    else if (/^rich(?:-[a-z]{1,20}){1,3}$/.test(name)) kept.add(name);
    else if ((tagName === "code" || tagName === "pre") && /^language-[\w+#-]{1,40}$/.test(name))
      kept.add(name);
  }
  return [...kept];
}

function writeLink(given: Attributes, attribs: Attributes, origin: string, count: Count): void {
  if (!Object.hasOwn(given, "href")) return;
  const href = safeHref(own(given, "href"), origin);
  if (href === null) count("unsafe address");
  else Object.assign(attribs, { href, ...relFor(href, origin) });
}

/** Links that leave the site pass on neither standing nor where the reader came from. */
function relFor(href: string, origin: string): { rel?: string } {
  const external = URL.parse(href, origin)?.origin !== URL.parse(origin)?.origin;
  return external && /^https?:/.test(href) ? { rel: "nofollow noopener noreferrer" } : {};
}

function writeImage(given: Attributes, attribs: Attributes, options: CleanOptions, count: Count): void {
  const src = imageSource(given, options.origin);
  // Without an address the nesting pass leaves the image out.
  if (src === null) {
    count("image without a usable address");
    return;
  }
  const found = options.imageFor?.(src) ?? null;
  const size = found ?? {
    width: integer(given, "width", 1, 20_000),
    height: integer(given, "height", 1, 20_000),
  };
  const address = found === null ? src : safeSource(found.src, options.origin);
  if (address === null) return;
  attribs.src = address;
  if (found?.srcset) attribs.srcset = found.srcset;
  attribs.alt = own(given, "alt");
  if (size.width !== null) attribs.width = String(size.width);
  if (size.height !== null) attribs.height = String(size.height);
  attribs.loading = "lazy";
}

/** An image's address; lazy loaders keep the real one beside a placeholder. */
function imageSource(given: Attributes, origin: string): string | null {
  for (const name of ["data-lazy-src", "data-src", "src"]) {
    const src = own(given, name).trim() === "" ? null : safeSource(own(given, name), origin);
    if (src !== null) return src;
  }
  return null;
}

function writePlayer(
  tagName: string,
  given: Attributes,
  attribs: Attributes,
  options: CleanOptions,
  count: Count,
): void {
  if (own(given, "src") !== "") {
    const src = safeSource(own(given, "src"), options.origin);
    if (src === null) count("unsafe address");
    else attribs.src = src;
  }
  if (tagName === "source") {
    const type = own(given, "type");
    if (/^(?:audio|video)\/[\w.+-]{1,40}$/.test(type)) attribs.type = type;
    return;
  }
  attribs.controls = "";
  attribs.preload = "none";
  if (tagName === "audio") return;
  for (const side of ["width", "height"]) {
    const pixels = integer(given, side, 1, 20_000);
    if (pixels !== null) attribs[side] = String(pixels);
  }
  const poster = own(given, "poster") === "" ? null : safeSource(own(given, "poster"), options.origin);
  if (poster !== null) attribs.poster = options.imageFor?.(poster)?.src ?? poster;
}

function writeDetails(tagName: string, given: Attributes, attribs: Attributes): void {
  const numbers: Record<string, number> = {
    colspan: 1000,
    rowspan: 1000,
    span: 1000,
    start: 1e9,
    value: 1e9,
  };
  for (const name of allowedAttributes[tagName] ?? []) {
    if (Object.hasOwn(numbers, name)) {
      const number = integer(given, name, name === "start" || name === "value" ? -1e9 : 1, numbers[name]!);
      if (number !== null) attribs[name] = String(number);
    } else if ((name === "open" || name === "reversed") && Object.hasOwn(given, name)) {
      attribs[name] = "";
    } else if (name === "scope" && /^(?:row|col)(?:group)?$/.test(own(given, name))) {
      attribs[name] = own(given, name);
    } else if (name === "type" && /^[1aAiI]$/.test(own(given, name))) {
      attribs[name] = own(given, name);
    } else if (name === "datetime" && /^[\dTZPDHMSWY:.+ -]{1,40}$/.test(own(given, name))) {
      attribs[name] = own(given, name);
    }
  }
}

/** Where an embedded document leads, or null when the element embeds nothing that can be linked. */
function embeddedAddress(name: string, given: Attributes, origin: string): string | null {
  if (name !== "iframe" && name !== "embed" && name !== "object") return null;
  for (const key of name === "object" ? ["data"] : ["src", "data-src"]) {
    const address = own(given, key).trim() === "" ? null : safeSource(own(given, key), origin);
    if (address !== null) return pageOfPlayer(address);
  }
  return null;
}

/** The page a person would open for an address that only makes sense inside a frame. */
function pageOfPlayer(address: string): string {
  const player = URL.parse(address);
  const video = player?.pathname.match(/^\/(?:embed|v|video)\/([\w-]+)$/)?.[1];
  if (player === null || video === undefined || video === "videoseries") return address;
  if (/(?:^|\.)youtube(?:-nocookie)?\.com$/.test(player.hostname))
    return `https://www.youtube.com/watch?v=${video}`;
  if (player.hostname === "player.vimeo.com") return `https://vimeo.com/${video}`;
  return address;
}

function countRefused(given: Attributes, count: Count): void {
  for (const name of Object.keys(given)) {
    if (name.startsWith("on")) count("event handler");
    else if (name === "style") count("style attribute");
    else if (name === "srcdoc" || name === "formaction") count(`${name} attribute`);
  }
}

function integer(given: Attributes, name: string, least: number, most: number): number | null {
  const text = /^\s*(-?\d{1,10})(?:px)?\s*$/.exec(own(given, name))?.[1];
  const number = text === undefined ? Number.NaN : Number(text);
  return number >= least && number <= most ? number : null;
}

/** The attribute's value, or "" (attributes come from the file: names such as "constructor" do occur). */
function own(given: Attributes, name: string): string {
  return Object.hasOwn(given, name) ? given[name]! : "";
}
