// The cards of Ghost's editors as semantic HTML: pictures, players, link cards, callouts, toggles and the rest.
// Both editors keep the same fields, so lexical.ts and mobiledoc.ts draw with this table. Plain text is escaped
// here; markup from the file stays as it is, untrusted, for clean-html.ts. Pieces with a frame are in card-frames.ts.

import { blocks, button, captioned, linkCard, picture, widthClass } from "./card-frames.ts";
import {
  closedMarkup,
  escapeHtml,
  type Fields,
  fieldsIn,
  isFields,
  isTrue,
  lineIn,
  listIn,
  markupIn,
  numberIn,
  type Say,
  textIn,
  wordsOf,
} from "./ghost-document.ts";
import { maxMarkdownLength, renderMarkdown } from "./ghost-markdown.ts";

type Draw = (card: Fields, say: Say) => string;

/** Card type to what draws it. Names that only Mobiledoc uses are mapped in mobiledoc.ts. */
const drawers: Record<string, Draw> = {
  image: drawImage,
  gallery: drawGallery,
  "before-after": drawBeforeAfter,
  bookmark: drawBookmark,
  embed: drawEmbed,
  nft: drawEmbed,
  video: drawVideo,
  audio: drawAudio,
  file: drawFile,
  callout: drawCallout,
  toggle: drawToggle,
  button: (card, say) =>
    button(textIn(card, "buttonText"), textIn(card, "buttonUrl"), say, textIn(card, "alignment")),
  codeblock: drawCode,
  markdown: drawMarkdown,
  html: drawHtml,
  product: drawProduct,
  header: drawHeader,
  "call-to-action": drawCallToAction,
  horizontalrule: () => "<hr>",
  paywall: () => "<!--members-only-->",
  email: leftOut("A part that was for e-mail only was left out."),
  "email-cta": leftOut("A part that was for e-mail only was left out."),
  signup: leftOut("A sign-up form was left out."),
  transistor: leftOut("A Transistor podcast player was left out: it only works inside Ghost."),
  collection: leftOut("A list of posts that Ghost filled itself was left out."),
};

/** The card as HTML, "" for one that shows nothing on a page, or null when the type is not known. */
export function drawCard(type: string, card: Fields, say: Say): string | null {
  if (!Object.hasOwn(drawers, type)) return null;
  const hidden = whyHidden(card);
  if (hidden === null) return drawers[type]!(card, say);
  say(hidden);
  return "";
}

/**
 * Why a card is not shown to everybody, or null. Whether the post around it is public is not known here, so a
 * card for some readers only is left out rather than shown to all.
 */
function whyHidden(card: Fields): string | null {
  const visibility = fieldsIn(card, "visibility");
  const forEmail = "A part that was for e-mail only was left out.";
  if (visibility.showOnWeb === false || visibility.emailOnly === true) return forEmail;
  if (!isFields(visibility.web) || visibility.web.nonMember === true) return null;
  if (textIn(visibility.web, "memberSegment") === "") return forEmail;
  return "A part that only some signed-in readers saw was left out: the rules of single cards are not taken over.";
}

function leftOut(sentence: string): Draw {
  return (_, say) => {
    say(sentence);
    return "";
  };
}

function drawImage(card: Fields): string {
  const image = picture(card);
  if (image === "") return "";
  const href = textIn(card, "href");
  const linked = href === "" ? image : `<a href="${escapeHtml(href)}">${image}</a>`;
  return captioned(`rich-image${widthClass(card)}`, linked, lineIn(card, "caption"));
}

function drawGallery(card: Fields): string {
  const images = listIn(card, "images").filter(isFields).map(picture);
  const figures = images.filter((image) => image !== "").map((image) => captioned("rich-image", image, ""));
  return figures.length === 0 ? "" : captioned("rich-gallery", figures.join(""), lineIn(card, "caption"));
}

function drawBeforeAfter(card: Fields): string {
  const images = [fieldsIn(card, "beforeImage"), fieldsIn(card, "afterImage")];
  return drawGallery({ images, caption: card.caption });
}

function drawBookmark(card: Fields): string {
  // Early cards keep the description of the page beside the address.
  const about = { ...card, ...fieldsIn(card, "metadata") };
  const address = textIn(card, "url") || textIn(about, "url");
  const title = textIn(about, "title");
  if (address === "" && title === "") return "";
  const sources = [textIn(about, "publisher"), textIn(about, "author")].filter((name) => name !== "");
  const made = linkCard({
    address,
    title,
    description: textIn(about, "description"),
    source: sources.join(", "),
    image: textIn(about, "thumbnail"),
  });
  return captioned("rich-embed", made, lineIn(card, "caption"));
}

/** An embedded page becomes a link to it; of a quoted post the words are kept. */
function drawEmbed(card: Fields, say: Say): string {
  const about = fieldsIn(card, "metadata");
  const html = textIn(card, "html");
  const frame = /<iframe[^>]{0,2000}\ssrc="([^"]{1,2000})"/i.exec(html.slice(0, 20_000))?.[1];
  const address = textIn(card, "url") || textIn(about, "url") || (frame ?? "").replaceAll("&amp;", "&");
  const quoted = /<blockquote/i.test(html) ? wordsOf(html) : "";
  if (address === "" && quoted === "") {
    say("An embed without an address was left out.");
    return "";
  }
  const made = linkCard({
    address,
    title: textIn(about, "title") || textIn(about, "author_name"),
    description: textIn(about, "description") || quoted,
    source: "",
    image: "",
  });
  return captioned("rich-embed", made, lineIn(card, "caption"));
}

const filesStay =
  "It shows or links sound, film or files, which stay at their old address: they are not copied.";

function drawVideo(card: Fields, say: Say): string {
  const src = textIn(card, "src");
  if (src === "") return "";
  say(filesStay);
  const poster = textIn(card, "customThumbnailSrc") || textIn(card, "thumbnailSrc");
  const size = ["width", "height"].map((name) => ` ${name}="${numberIn(card, name) ?? ""}"`);
  const known = numberIn(card, "width") !== null && numberIn(card, "height") !== null;
  const player =
    `<video src="${escapeHtml(src)}"${poster === "" ? "" : ` poster="${escapeHtml(poster)}"`}` +
    `${known ? size.join("") : ""} controls preload="metadata"></video>`;
  return captioned(`rich-video${widthClass(card)}`, player, lineIn(card, "caption"));
}

function drawAudio(card: Fields, say: Say): string {
  const src = textIn(card, "src");
  if (src === "") return "";
  say(filesStay);
  const player = `<audio src="${escapeHtml(src)}" controls preload="metadata"></audio>`;
  return captioned("rich-audio", player, escapeHtml(textIn(card, "title")));
}

function drawFile(card: Fields, say: Say): string {
  const address = textIn(card, "src");
  if (address === "") return "";
  say(filesStay);
  const bytes = numberIn(card, "fileSize");
  const made = linkCard({
    address,
    title: textIn(card, "fileTitle"),
    description: textIn(card, "fileCaption"),
    source: `${textIn(card, "fileName")} ${bytes === null ? "" : fileSize(bytes)}`.trim(),
    image: "",
  });
  return captioned("rich-file", made, "");
}

function fileSize(bytes: number): string {
  const units = ["Bytes", "KB", "MB", "GB"];
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${Math.round(bytes / 1024 ** power)} ${units[power]}`;
}

function drawCallout(card: Fields): string {
  const sign = textIn(card, "calloutEmoji").trim();
  const drawnSign = sign === "" ? "" : `<p class="rich-sign">${escapeHtml(sign)}</p>`;
  const text = blocks(markupIn(card, "calloutText"));
  return `${drawnSign}${text}` === ""
    ? ""
    : `<aside class="rich-callout">${drawnSign}<div>${text}</div></aside>`;
}

function drawToggle(card: Fields): string {
  const heading = lineIn(card, "heading");
  const content = blocks(markupIn(card, "content"));
  if (heading === "" && content === "") return "";
  return `<details class="rich-toggle"><summary>${heading || "…"}</summary><div>${content}</div></details>`;
}

function drawCode(card: Fields): string {
  const code = textIn(card, "code");
  if (code === "") return "";
  const language = textIn(card, "language").trim();
  const named = language === "" ? "" : ` class="language-${escapeHtml(language)}"`;
  const text = `<pre><code${named}>${escapeHtml(code)}</code></pre>`;
  const caption = lineIn(card, "caption");
  return caption === "" ? text : captioned("rich-code", text, caption);
}

function drawMarkdown(card: Fields, say: Say): string {
  const text = textIn(card, "markdown");
  if (/^\[\^[^\]\n]+\]:/m.test(text)) say("A footnote in Markdown was left as it was written.");
  if (text.length <= maxMarkdownLength) return renderMarkdown(text);
  say(`Markdown of more than ${maxMarkdownLength} characters was left as text.`);
  return `<pre>${escapeHtml(text)}</pre>`;
}

function drawHtml(card: Fields): string {
  const html = textIn(card, "html");
  // The element around it ends whatever the card leaves open.
  return html.trim() === "" ? "" : `<div class="rich-html">${closedMarkup(html)}</div>`;
}

function drawProduct(card: Fields, say: Say): string {
  const image = picture({
    src: card.productImageSrc,
    width: card.productImageWidth,
    height: card.productImageHeight,
  });
  const title = lineIn(card, "productTitle");
  const stars = Math.max(0, Math.min(5, Math.round(numberIn(card, "productStarRating") ?? 0)));
  const rating = `<p class="rich-rating">${"★".repeat(stars)}${"☆".repeat(5 - stars)}</p>`;
  const parts = [
    image,
    title === "" ? "" : `<h4>${title}</h4>`,
    isTrue(card, "productRatingEnabled") ? rating : "",
    blocks(markupIn(card, "productDescription")),
    isTrue(card, "productButtonEnabled")
      ? button(textIn(card, "productButton"), textIn(card, "productUrl"), say, "")
      : "",
  ].join("");
  return parts === "" ? "" : `<section class="rich-product">${parts}</section>`;
}

function drawHeader(card: Fields, say: Say): string {
  const header = lineIn(card, "header");
  const under = lineIn(card, "subheader");
  const parts = [
    picture({
      src: card.backgroundImageSrc,
      width: card.backgroundImageWidth,
      height: card.backgroundImageHeight,
    }),
    header === "" ? "" : `<h2>${header}</h2>`,
    under === "" ? "" : `<p>${under}</p>`,
    isTrue(card, "buttonEnabled")
      ? button(textIn(card, "buttonText"), textIn(card, "buttonUrl"), say, "")
      : "",
  ].join("");
  return parts === "" ? "" : `<section class="rich-header">${parts}</section>`;
}

function drawCallToAction(card: Fields, say: Say): string {
  const label = isTrue(card, "hasSponsorLabel") ? lineIn(card, "sponsorLabel") : "";
  const parts = [
    label === "" ? "" : `<p class="rich-label">${label}</p>`,
    picture({ src: card.imageUrl, width: card.imageWidth, height: card.imageHeight }),
    blocks(markupIn(card, "textValue")),
    isTrue(card, "showButton") ? button(textIn(card, "buttonText"), textIn(card, "buttonUrl"), say, "") : "",
  ].join("");
  return parts === "" ? "" : `<aside class="rich-cta">${parts}</aside>`;
}
