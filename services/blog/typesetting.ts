// Typesetting: what an editor wrote becomes the body of a post, cleaned, with its pictures in the sizes there are.
// Promise: nothing of it is trusted because an editor wrote it; what was taken out is said in words.

import type { MediaStore, StoredImage } from "@rose-ash/platform/media";
import { cleanRules, HtmlTooLong } from "./clean-html.ts";
import type { DeskPost } from "./desk-post.ts";
import { type Body, imagesIn, writeBody } from "./import/body.ts";
import type { PostContent } from "./import/staged-site.ts";
import { editableText, type Manuscript, type SoundManuscript } from "./manuscript.ts";
import { renderMarkdown } from "./markdown.ts";
import { hashPassword } from "./password.ts";
import { firstWords, noSeo, type PostImage } from "./post.ts";

export interface TypesetBody extends Body {
  /** What was taken out or changed, a sentence each. */
  readonly remarks: readonly string[];
}

interface Press {
  readonly media: MediaStore;
  readonly origin: string;
}

/** What search may know of one post. */
const maxSearchCharacters = 60_000;

/** Makes the body of a post. A text that is too long for the cleaner becomes an empty body with a remark. */
export async function typeset(
  { media, origin }: Press,
  { text, format }: Pick<Manuscript, "text" | "format">,
): Promise<TypesetBody> {
  const html = format === "html" ? text : renderMarkdown(text);
  try {
    const pictures = new Map<string, StoredImage>();
    const sources = imagesIn(html, origin);
    for (const src of sources) {
      const name = mediaNameIn(src, origin);
      const stored = name === null ? null : await media.describe(name);
      if (stored !== null) pictures.set(src, stored);
    }
    const imageFor = (src: string) => pictures.get(src) ?? null;
    const body = writeBody({ html, origin, oldOrigin: null, oldAddresses: new Set(), imageFor });
    const elsewhere = sources.filter((src) => mediaNameIn(src, origin) === null);
    return { ...body, remarks: [...removedRemarks(body.removed), ...pictureRemarks(elsewhere)] };
  } catch (error) {
    if (!(error instanceof HtmlTooLong)) throw error;
    return { html: "", text: "", preview: null, removed: {}, remarks: [error.message] };
  }
}

function mediaNameIn(src: string, origin: string): string | null {
  const path = src.startsWith(`${origin}/`) ? src.slice(origin.length) : src;
  return path.startsWith("/media/") ? path.slice("/media/".length) : null;
}

function removedRemarks(removed: Readonly<Record<string, number>>): string[] {
  return Object.entries(removed).map(
    ([what, count]) => `Taken out: ${what}${count > 1 ? ` (${count} times)` : ""}.`,
  );
}

function pictureRemarks(sources: readonly string[]): string[] {
  const shown = sources.slice(0, 5).map((src) => (src.length > 80 ? `${src.slice(0, 80)}…` : src));
  return shown.map(
    (src) => `The picture ${src} is not on this site and becomes a link: send it under Pictures first.`,
  );
}

/** The picture that a manuscript names, or what is wrong with it. */
export async function leadImage(
  { media }: Press,
  { image, imageAlt: alt, imageCaption: caption }: SoundManuscript,
  before: PostImage | null,
): Promise<{ readonly kind: "image"; readonly image: PostImage | null } | { readonly kind: "unknown" }> {
  if (image === null) return { kind: "image", image: null };
  const stored = await media.describe(image);
  if (stored !== null) {
    const { name, width, height, variants } = stored;
    return { kind: "image", image: { name, width, height, alt, caption, variants } };
  }
  // A picture that stays elsewhere came with an import, and may stay; a new one has to be sent here first.
  return before?.name === image ? { kind: "image", image: { ...before, alt, caption } } : { kind: "unknown" };
}

/** Everything of a post's row that a sound manuscript decides; the rest stays as it was `before`. */
export async function contentOf(
  sound: SoundManuscript,
  body: Body,
  image: PostImage | null,
  before: DeskPost,
  status: DeskPost["status"],
): Promise<PostContent> {
  const isPublic = sound.visibility === "public";
  const open = isPublic ? body.text : (body.preview?.text ?? "");
  const present = editableText(before);
  // Whoever changes a title only must not turn the document that came with an import into HTML.
  const untouched = present.text === sound.text && present.format === sound.format;
  return {
    kind: before.kind,
    title: sound.title,
    status,
    visibility: sound.visibility,
    passwordHash: await passwordHashOf(sound, before),
    pinned: before.pinned,
    excerpt: sound.excerpt,
    summary: firstWords(open),
    html: body.html,
    previewHtml: body.preview?.html ?? null,
    cleanRules,
    sourceFormat: untouched ? before.sourceFormat : sound.format,
    sourceText: untouched ? before.sourceText : sound.text,
    image,
    language: sound.language,
    seo: { ...noSeo, ...before.seo },
    searchBody: open.slice(0, maxSearchCharacters).toWellFormed(),
  };
}

async function passwordHashOf(sound: SoundManuscript, before: DeskPost): Promise<string | null> {
  if (sound.visibility !== "password") return null;
  return sound.password === null ? before.passwordHash : await hashPassword(sound.password);
}
