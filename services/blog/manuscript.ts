// A manuscript: what an editor has typed into the form of a post, field by field and as text. It is kept as it is
// whatever is wrong with it; checking answers either what the post shall be or a sentence for each field.
// The form is sx/admin-post-form.sx; what the text becomes is in typesetting.ts.

import type { DeskPost } from "./desk-post.ts";
import { readMarkdownPost, renderMarkdown } from "./markdown.ts";
import { slugFrom, type Visibility } from "./post.ts";
import { readSiteTime, writeSiteTime } from "./site-time.ts";
import { withMark } from "./whole-site.ts";

export const manuscriptFields = [
  "title",
  "slug",
  "text",
  "format",
  "excerpt",
  "tags",
  "categories",
  "authors",
  "visibility",
  "image",
  "imageAlt",
  "imageCaption",
  "publishAt",
  "language",
] as const;
export type ManuscriptField = (typeof manuscriptFields)[number];
export type Manuscript = Readonly<Record<ManuscriptField, string>>;

/** What is wrong, beside the field it is wrong with. */
export type ManuscriptErrors = Readonly<Partial<Record<ManuscriptField | "password", string>>>;

/** A manuscript that can become a post. */
export interface SoundManuscript {
  readonly title: string;
  readonly slug: string;
  readonly format: "markdown" | "html";
  readonly text: string;
  readonly excerpt: string | null;
  readonly tags: readonly string[];
  readonly categories: readonly string[];
  readonly authors: readonly string[];
  readonly visibility: Visibility;
  /** Null: none was typed, and the one there is stays. */
  readonly password: string | null;
  /** A media name, or null without a picture. */
  readonly image: string | null;
  readonly imageAlt: string;
  readonly imageCaption: string | null;
  readonly publishAt: Date | null;
  readonly language: string | null;
}

export const longestText = 3_000_000;

const visibilities: readonly string[] = ["public", "members", "paid", "password"] satisfies Visibility[];

/** Reads a posted form, or what was kept of one. Line ends become "\n". */
export function readManuscript(form: URLSearchParams): Manuscript {
  const read = (field: string) =>
    (form.get(field) ?? "").replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd").toWellFormed();
  const typed = Object.fromEntries(manuscriptFields.map((field) => [field, read(field)]));
  return typed as Manuscript; // one text for each of the fields
}

/** A new post's empty form. */
export function emptyManuscript(author: string): Manuscript {
  const blank = Object.fromEntries(manuscriptFields.map((field) => [field, ""])) as Manuscript; // as above
  return { ...blank, format: "markdown", visibility: "public", authors: author.replaceAll(",", " ") };
}

/** A post as its form shows it. */
export function manuscriptOf(post: DeskPost, timeZone: string): Manuscript {
  const names = (kind: "tag" | "category") => writeNames(post.tags.filter((tag) => tag.kind === kind));
  return {
    title: post.title,
    slug: post.slug,
    ...editableText(post),
    excerpt: post.excerpt ?? "",
    tags: names("tag"),
    categories: names("category"),
    authors: writeNames(post.authors),
    visibility: post.visibility,
    image: post.image?.name ?? "",
    imageAlt: post.image?.alt ?? "",
    imageCaption: post.image?.caption ?? "",
    publishAt: post.publishedAt === null ? "" : writeSiteTime(post.publishedAt, timeZone),
    language: post.language ?? "",
  };
}

/**
 * The text to edit: Markdown where the post was written in it here, else its cleaned HTML. Markdown that names
 * pictures beside its file, which only the machine it came from has, is edited as HTML too.
 */
export function editableText(post: Pick<DeskPost, "sourceFormat" | "sourceText" | "html" | "previewHtml">): {
  readonly text: string;
  readonly format: SoundManuscript["format"];
} {
  if (post.sourceFormat === "markdown") {
    const text = withoutFront(post.sourceText.replace(/\r\n?/g, "\n"));
    let local = false;
    renderMarkdown(text, (src) => {
      if (!/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(src)) local = true;
      return src;
    });
    if (!local) return { text, format: "markdown" };
  }
  return { text: withMark(post.html, post.previewHtml), format: "html" };
}

/** The body of a file that may begin with front matter, which the post's own fields know already. */
function withoutFront(text: string): string {
  if (!/^\ufeff?---[ \t]*\n/.test(text)) return text;
  try {
    return readMarkdownPost(text).body;
  } catch {
    // A text that merely begins with a line.
    return text;
  }
}

/** What a manuscript must fit. */
export interface ManuscriptTerms {
  readonly timeZone: string;
  /** The password as typed; it is kept nowhere but in its hash. */
  readonly password: string;
  readonly hasPassword: boolean;
  /** Names that hold a comma and are meant as one where they stand in a list. */
  readonly namesWithComma: readonly string[];
}

export type CheckedManuscript =
  | { readonly kind: "sound"; readonly sound: SoundManuscript }
  | { readonly kind: "faulty"; readonly errors: ManuscriptErrors };

/** Checks every field; all errors are answered at once. */
export function checkManuscript(typed: Manuscript, terms: ManuscriptTerms): CheckedManuscript {
  const errors: Partial<Record<ManuscriptField | "password", string>> = {};
  const line = (field: ManuscriptField) => typed[field].replace(/\s+/g, " ").trim();
  const title = line("title");
  if (title === "") errors.title = "Give the post a title.";
  else if (title.length > 500) errors.title = `The title has ${title.length} characters; at most 500 fit.`;
  const slug = line("slug") === "" ? slugFrom(title) : line("slug");
  if (slugFrom(slug) !== slug) {
    errors.slug = `“${slug}” cannot be an address: use small letters, digits and hyphens, such as “${slugFrom(slug)}”.`;
  }
  if (typed.text.length > longestText) {
    errors.text = `The text has ${typed.text.length} characters; at most ${longestText} are kept. Split it into several posts.`;
  }
  if (typed.excerpt.length > 5000) errors.excerpt = "The excerpt is too long: at most 5000 characters fit.";
  const visibility = typed.visibility as Visibility; // checked in the next line
  if (!visibilities.includes(visibility)) errors.visibility = "Choose who may read this post.";
  if (visibility === "password" && !terms.hasPassword && terms.password === "") {
    errors.password = "Type the password that opens this post.";
  } else if (terms.password.length > 1000)
    errors.password = "The password is too long: at most 1000 characters fit.";
  const lists = {
    tags: readNames(typed.tags, terms),
    categories: readNames(typed.categories, terms),
    authors: readNames(typed.authors, terms),
  };
  for (const field of ["tags", "categories", "authors"] as const) {
    if (lists[field].length > 50) errors[field] = "At most 50 names fit here.";
    if (lists[field].some((name) => name.length > 200)) errors[field] = "A name has at most 200 characters.";
  }
  const image = mediaName(line("image"));
  if (image !== null && line("imageAlt").length > 1000) errors.imageAlt = "At most 1000 characters fit here.";
  if (line("imageCaption").length > 2000) errors.imageCaption = "At most 2000 characters fit here.";
  const publishAt = readPublishTime(typed.publishAt, terms.timeZone);
  if (typeof publishAt === "string") errors.publishAt = publishAt;
  const language = line("language");
  if (language !== "" && !/^[a-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}$/.test(language)) {
    errors.language = "Write a language tag, such as “cy” or “en-GB”, or leave this empty.";
  }
  if (Object.keys(errors).length > 0 || typeof publishAt === "string") return { kind: "faulty", errors };
  const excerpt = typed.excerpt.trim();
  return {
    kind: "sound",
    sound: {
      title,
      slug,
      format: typed.format === "html" ? "html" : "markdown",
      text: typed.text,
      excerpt: excerpt === "" ? null : excerpt,
      ...lists,
      visibility,
      password: terms.password === "" ? null : terms.password,
      image,
      imageAlt: line("imageAlt"),
      imageCaption: line("imageCaption") || null,
      publishAt,
      language: language === "" ? null : language,
    },
  };
}

/** "/media/name.jpg", the name alone or a whole address; null for nothing. */
function mediaName(typed: string): string | null {
  return typed === "" ? null : typed.replace(/^\/media\//, "");
}

function readPublishTime(typed: string, timeZone: string): Date | null | string {
  if (typed.trim() === "") return null;
  const time = readSiteTime(typed, timeZone);
  if (time.kind === "instant") return time.at;
  return time.kind === "nonsense"
    ? "Write a day and a time, such as 2026-11-28 10:00, or leave this empty."
    : `There is no such time in ${timeZone}: the clocks go forward over it. Choose an hour later.`;
}

function writeNames(things: readonly { readonly name: string }[]): string {
  return things.map(({ name }) => name).join(", ");
}

/** The names in a list with commas between, each once. */
function readNames(typed: string, { namesWithComma }: ManuscriptTerms): string[] {
  let left = typed.replace(/\s+/g, " ");
  const found: string[] = [];
  for (const name of [...namesWithComma].sort((a, b) => b.length - a.length)) {
    const at = `, ${left}, `.indexOf(`, ${name}, `);
    if (at < 0) continue;
    found.push(name);
    left = `${left.slice(0, at)}${left.slice(at + name.length)}`;
  }
  const names = [...found, ...left.split(",").map((name) => name.trim())].filter((name) => name !== "");
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}
