// The pieces that cards are put together from (cards.ts): figures with captions, pictures, link cards, buttons.
// Their class names are the vocabulary that imported posts share, whatever program they came from.

import {
  closedMarkup,
  escapeHtml,
  type Fields,
  numberIn,
  opensGhostWindow,
  type Say,
  textIn,
} from "./ghost-document.ts";

/** What a link card says. Empty texts are left out; all are plain text. */
interface LinkCard {
  readonly address: string;
  readonly title: string;
  readonly description: string;
  /** Who publishes it; its host when this is empty. */
  readonly source: string;
  readonly image: string;
}

/** A link to a page or file elsewhere, with its title, description and source. */
export function linkCard(card: LinkCard): string {
  const host = URL.parse(card.address)?.host.replace(/^www\./, "") || card.address;
  const words = [
    card.title === "" ? "" : `<strong>${escapeHtml(card.title)}</strong>`,
    card.description === "" ? "" : `<span>${escapeHtml(card.description)}</span>`,
    `<small>${escapeHtml(card.source || host)}</small>`,
  ].filter((part) => part !== "");
  // A picture on somebody else's host would tell that host about every reader.
  const own = /^\/(?!\/)/.test(card.image);
  const image = own ? `<img src="${escapeHtml(card.image)}" alt=""> ` : "";
  return `<a class="rich-card" href="${escapeHtml(card.address)}">${image}${words.join(" ")}</a>`;
}

/** A figure; `content` and `caption` are markup. */
export function captioned(classes: string, content: string, caption: string): string {
  const words = caption === "" ? "" : `<figcaption>${caption}</figcaption>`;
  return `<figure class="${classes}">${content}${words}</figure>`;
}

/** An image from a card's `src`, `alt`, `title`, `width` and `height`; "" without an address. */
export function picture(card: Fields): string {
  const src = textIn(card, "src");
  if (src === "") return "";
  const [width, height] = [numberIn(card, "width"), numberIn(card, "height")];
  const size = width === null || height === null ? "" : ` width="${width}" height="${height}"`;
  const title = textIn(card, "title");
  const titled = title === "" ? "" : ` title="${escapeHtml(title)}"`;
  return `<img src="${escapeHtml(src)}" alt="${escapeHtml(textIn(card, "alt"))}"${titled}${size}>`;
}

/** A link that looks like a button, in a paragraph of its own; "" without a text or address. */
export function button(text: string, address: string, say: Say, alignment: string): string {
  if (text.trim() === "" || address.trim() === "") return "";
  if (opensGhostWindow(address)) {
    say("A button for Ghost's own sign-up and account window was left out.");
    return "";
  }
  const centred = alignment === "center" ? ' class="rich-center"' : "";
  return `<p${centred}><a class="rich-button" href="${escapeHtml(address)}">${escapeHtml(text)}</a></p>`;
}

/** Markup that may be a mere line, as at least one block. */
export function blocks(markup: string): string {
  if (markup === "") return "";
  return /^<(?:p|ul|ol|h[1-6]|blockquote|div|pre|figure|table|hr)[\s>]/i.test(markup)
    ? markup
    : `<p>${closedMarkup(markup)}</p>`;
}

/** The class for a card that is wider than the text. */
export function widthClass(card: Fields): string {
  const width = textIn(card, "cardWidth");
  return width === "wide" || width === "full" ? ` rich-${width}` : "";
}
