// A post's body on its way in: cleaned, its pictures counted, then written with the pictures that could be had.
// Pictures that could not become plain links (a page may only show pictures of its own site), and links to the old
// site's posts become links within this one. Works on the cleaner's exact output, tag by tag.

import type { StoredImage } from "@rose-ash/platform/media";
import { cleanHtml } from "../clean-html.ts";
import { normalOldAddress } from "./addresses.ts";

/** Where a preview ends, as parsers write it. */
const membersOnly = "<!--members-only-->";

export interface BodyRequest {
  readonly html: string;
  /** This site's own origin. */
  readonly origin: string;
  /** The old site's origin, or null. */
  readonly oldOrigin: string | null;
  /** The old site's addresses (normal form) that lead somewhere here. */
  readonly oldAddresses: ReadonlySet<string>;
  /** The stored picture for an address as it stands in the post; null when it could not be had. */
  readonly imageFor: (src: string) => StoredImage | null;
}

export interface Body {
  readonly html: string;
  readonly text: string;
  /** What stands before the members-only mark; null when there is none. */
  readonly preview: { readonly html: string; readonly text: string } | null;
  readonly removed: Readonly<Record<string, number>>;
}

/** The addresses of a body's pictures, as `imageFor` will be asked for them. */
export function imagesIn(html: string, origin: string): string[] {
  if (!/<img/i.test(html)) return [];
  const found = new Set<string>();
  cleanHtml(html, {
    origin,
    imageFor: (src) => {
      found.add(src);
      return null;
    },
  });
  return [...found];
}

/** Cleans a body. Throws HtmlTooLong. */
export function writeBody(request: BodyRequest): Body {
  const whole = writePart(request.html, request);
  const mark = request.html.indexOf(membersOnly);
  const preview = mark < 0 ? null : writePart(request.html.slice(0, mark), request);
  return { ...whole, preview };
}

function writePart(html: string, request: BodyRequest) {
  const { origin, imageFor } = request;
  const cleaned = cleanHtml(html, {
    origin,
    imageFor: (src) => {
      const image = imageFor(src);
      if (image === null) return null;
      const srcset = image.variants.map(({ name, width }) => `/media/${name} ${width}w`).join(", ");
      return { src: `/media/${image.name}`, width: image.width, height: image.height, srcset };
    },
  });
  return { ...cleaned, html: settleAddresses(cleaned.html, request) };
}

function settleAddresses(html: string, { origin, oldOrigin, oldAddresses, imageFor }: BodyRequest): string {
  let inLink = false;
  return html.replace(/<[^>]+>/g, (tag) => {
    if (tag.startsWith("<a ") || tag === "<a>") {
      inLink = true;
      return ownLink(tag, oldOrigin, oldAddresses);
    }
    if (tag === "</a>") inLink = false;
    if (!tag.startsWith("<img ")) return tag;
    const src = attribute(tag, "src");
    if (src === null || imageFor(unescapeHtml(src)) !== null || isOwn(unescapeHtml(src), origin)) return tag;
    return missingPicture(src, attribute(tag, "alt") ?? "", inLink, oldOrigin);
  });
}

/** Whether the address is one that this site serves pictures under. */
function isOwn(src: string, origin: string): boolean {
  return src.startsWith("/media/") || src.startsWith(`${origin}/media/`);
}

/** What stands for a picture that is not here; arguments are escaped already. */
function missingPicture(src: string, alt: string, inLink: boolean, oldOrigin: string | null): string {
  const address = /^https?:/.test(src) ? src : oldOrigin === null ? null : oldOrigin + src;
  const words = alt || src.split(/[?#]/, 1)[0]!.split("/").at(-1) || "picture";
  if (inLink || address === null) return words;
  return `<a href="${address}" rel="nofollow noopener noreferrer">${words}</a>`;
}

function ownLink(tag: string, oldOrigin: string | null, oldAddresses: ReadonlySet<string>): string {
  const href = attribute(tag, "href");
  if (href === null || oldOrigin === null) return tag;
  const here = addressHere(unescapeHtml(href), oldOrigin, oldAddresses);
  if (here === null) return tag;
  return tag.replace(` href="${href}"`, () => ` href="${escapeHtml(here)}"`).replace(/ rel="[^"]*"/, "");
}

/** The same address without the old site's origin, when it leads somewhere here; else null. */
export function addressHere(
  address: string,
  oldOrigin: string | null,
  oldAddresses: ReadonlySet<string>,
): string | null {
  const url = URL.parse(address);
  if (url === null || url.origin !== oldOrigin) return null;
  const path = url.pathname.replace(/^\/{2,}/, "/");
  const isFront = path === "/" && url.search === "";
  const normal = normalOldAddress(path + url.search);
  return isFront || (normal !== null && oldAddresses.has(normal)) ? path + url.search + url.hash : null;
}

function attribute(tag: string, name: string): string | null {
  return new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? null;
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
