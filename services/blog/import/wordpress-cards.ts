// The HTML of what WordPress drew from shortcodes: link cards, captioned images and galleries.
// Texts and addresses are escaped here; whether an address may be followed is for clean-html.ts to decide.

import type { ImportedImage } from "./imported-site.ts";

/** A link to something that was embedded: its host, and its title when there is one. */
export function linkCard(address: string, title: string | null = null): string {
  const host = URL.parse(address)?.host.replace(/^www\./, "") || address;
  const words = title === null ? host : `${title} · ${host}`;
  return `<a class="rich-card" href="${escapeHtml(address)}">${escapeHtml(words)}</a>`;
}

/** A line of HTML that is nothing but an address, which WordPress would embed, as a link card; others unchanged. */
export function cardForLine(line: string): string {
  const address = line.trim();
  if (!/^https?:\/\/[^\s<>"]+$/.test(address)) return line;
  return linkCard(address.replace(/&(?:amp|#0?38);/g, "&"));
}

/** A cover block's start tag, followed by the picture that old covers have only as a background. */
export function coverWithImage(tag: string): string {
  const address = /\sstyle="[^"]*background-image:\s*url\(([^()"]+)\)/.exec(tag)?.[1];
  if (address === undefined) return tag;
  // The attribute's value is escaped already; quotes inside url() are optional.
  return `${tag}<img src="${address.replace(/^(?:&quot;|')|(?:&quot;|')$/g, "")}" alt="">`;
}

/** Images side by side, each with its caption. */
export function galleryFigure(images: readonly ImportedImage[]): string {
  const figures = images.map((image) => {
    const caption = image.caption === null ? "" : `<figcaption>${escapeHtml(image.caption)}</figcaption>`;
    const picture = `<img src="${escapeHtml(image.src)}" alt="${escapeHtml(image.alt)}">`;
    return `<figure class="rich-image">${picture}${caption}</figure>`;
  });
  return `<figure class="rich-gallery">${figures.join("")}</figure>`;
}

/** A figure around markup of the post; `caption` is markup too. */
export function captionedFigure(markup: string, caption: string, align: string): string {
  const classes = /^align(?:left|right|center)$/.test(align) ? `rich-image ${align}` : "rich-image";
  const words = caption === "" ? "" : `<figcaption>${caption}</figcaption>`;
  return `<figure class="${classes}">${markup}${words}</figure>`;
}

/** Text as it stands in HTML, in attribute values too. */
function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
