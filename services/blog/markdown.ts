// A Markdown file with front matter: its fields checked one by one, its body as HTML.
// HTML inside Markdown is shown as text. A field that is not known is refused with its line, because a misspelt
// one would otherwise be lost in silence. Pictures and tags are resolved by commands/post.ts.

import MarkdownIt from "markdown-it";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { z } from "zod";

/** The longest Markdown file, in UTF-16 units. */
const maxMarkdownLength = 5_000_000;

const line = z.string().trim().min(1);
const names = z.union([line.transform((name) => [name]), z.array(line).max(100)]);
const time = z.union([z.date(), z.string()]).transform((value, context) => {
  const date = readTime(value);
  if (date === null) {
    context.addIssue({ code: "custom", message: "is no time: write 2026-11-21 or 2026-11-21T18:30:00Z" });
    return z.NEVER;
  }
  return date;
});

const fields = z.strictObject({
  title: line.max(500),
  slug: line.max(200).optional(),
  date: time.optional(),
  kind: z.enum(["post", "page"]).default("post"),
  status: z.enum(["draft", "published", "private"]).default("published"),
  visibility: z.enum(["public", "members", "paid", "password"]).default("public"),
  password: z.union([line, z.number().transform(String)]).optional(),
  tags: names.default([]),
  categories: names.default([]),
  authors: names.default([]),
  excerpt: line.max(5000).optional(),
  image: line.optional(),
  imageAlt: z.string().default(""),
  imageCaption: line.optional(),
  parent: line.optional(),
  pinned: z.boolean().default(false),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}$/, "is no language tag, such as en-GB")
    .optional(),
  seo: z
    .strictObject({
      title: line.nullable().default(null),
      description: line.nullable().default(null),
      canonical: z
        .url({ protocol: /^https?$/ })
        .nullable()
        .default(null),
      ogTitle: line.nullable().default(null),
      ogDescription: line.nullable().default(null),
    })
    .prefault({}),
});

export type FrontMatter = z.infer<typeof fields>;

export interface MarkdownPost {
  readonly front: FrontMatter;
  readonly body: string;
}

/** A Markdown file that cannot be read as a post: the sentence names the line. */
export class MarkdownRefusal extends Error {
  constructor(place: number, sentence: string) {
    super(`line ${place}: ${sentence}`);
    this.name = "MarkdownRefusal";
  }
}

/** Reads a file that begins with front matter between two lines of "---". Throws MarkdownRefusal. */
export function readMarkdownPost(text: string): MarkdownPost {
  if (text.length > maxMarkdownLength)
    throw new MarkdownRefusal(1, `The file has more than ${maxMarkdownLength} characters. Split it.`);
  const plain = text
    .replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n")
    .replaceAll("\0", "\ufffd")
    .toWellFormed();
  const start = /^---[ \t]*\n/.exec(plain);
  if (start === null) {
    throw new MarkdownRefusal(
      1,
      'The file does not begin with front matter: write "---", a line "title: …" and "---" above the text.',
    );
  }
  const end = /^---[ \t]*(?:\n|$)/m.exec(plain.slice(start[0].length));
  if (end === null) throw new MarkdownRefusal(1, 'The front matter does not end: put a line "---" after it.');
  const yaml = plain.slice(start[0].length, start[0].length + end.index);
  return {
    front: readFront(yaml),
    body: plain.slice(start[0].length + end.index + end[0].length),
  };
}

function readFront(text: string): FrontMatter {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: "core", uniqueKeys: true });
  // The front matter begins on the file's second line.
  const lineOf = (at: number | undefined) => 1 + (at === undefined ? 1 : lines.linePos(at).line);
  const [error] = document.errors;
  if (error)
    throw new MarkdownRefusal(lineOf(error.pos[0]), `${error.message.split("\n", 1)[0]} Mend the YAML.`);
  if (!isMap(document.contents)) {
    throw new MarkdownRefusal(
      2,
      "The front matter has no fields: write lines such as “title: Bread on Friday”.",
    );
  }
  const checked = fields.safeParse(document.toJS({ maxAliasCount: 10 }));
  if (checked.success) {
    const front = checked.data;
    if (front.visibility === "password" && front.password === undefined)
      throw new MarkdownRefusal(
        2,
        "visibility is password: add the password, such as “password: open sesame”.",
      );
    if (front.kind === "post" && front.parent !== undefined)
      throw new MarkdownRefusal(2, "Only pages stand below others: add “kind: page” or take “parent” away.");
    return front;
  }
  const issue = checked.error.issues[0]!;
  const path = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]!] : issue.path;
  const name = path.join(".");
  const pair = document.contents.items.find(({ key }) => isScalar(key) && key.value === path[0]);
  const place = isScalar(pair?.key) ? lineOf(pair.key.range?.[0]) : 2;
  if (issue.code === "unrecognized_keys") {
    const known =
      path.length === 1
        ? Object.keys(fields.shape).join(", ")
        : "title, description, canonical, ogTitle, ogDescription";
    throw new MarkdownRefusal(place, `“${name}” is no field of a post: choose from ${known}.`);
  }
  if (pair === undefined) throw new MarkdownRefusal(place, `“${name}” is missing.`);
  throw new MarkdownRefusal(place, `“${name}”: ${issue.message}.`);
}

/** A day ("2026-11-21", read as UTC) or a time with its zone (UTC where none is said); null for anything else. */
function readTime(value: Date | string): Date | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value;
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,3})?)?\s*(Z|[+-]\d{2}:\d{2})?)?$/.exec(
      value.trim(),
    );
  if (match === null) return null;
  const [, day, clock = "00:00", seconds = ":00", zone = "Z"] = match;
  const date = new Date(`${day}T${clock}${seconds}${zone}`);
  // 31 February rolls over: such a date says nothing.
  const rolled = zone === "Z" && Number(day!.slice(8)) !== date.getUTCDate();
  return Number.isNaN(date.getTime()) || rolled || Number(day!.slice(0, 4)) < 1000 ? null : date;
}

/**
 * Markdown as HTML, with tables and without raw HTML; untrusted all the same. `address` may give each picture
 * another address. A line of "<!--members-only-->" ends the public part. Pictures alone in a paragraph become a
 * figure (the title is the caption), several of them a gallery; a quotation that begins with "[!NOTE]" becomes a callout.
 */
export function renderMarkdown(text: string, address: (src: string) => string = (src) => src): string {
  const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false });
  markdown.core.ruler.push("picture-addresses", (state) => {
    for (const block of state.tokens) {
      for (const token of block.children ?? []) {
        if (token.type === "image") token.attrSet("src", address(String(token.attrGet("src") ?? "")));
      }
    }
  });
  const pieces = text.split(/^[ \t]*<!--\s*members-only\s*-->[ \t]*$/m);
  return pieces.map((piece) => callouts(figures(markdown.render(piece)))).join("\n<!--members-only-->\n");
}

function figures(html: string): string {
  return html.replace(/<p>((?:<img [^>]*>\s*)+)<\/p>/g, (_, images: string) => {
    const drawn = (images.match(/<img [^>]*>/g) ?? []).map((image) => {
      const caption = / title="([^"]*)"/.exec(image)?.[1];
      const words = caption === undefined ? "" : `<figcaption>${caption}</figcaption>`;
      return `<figure class="rich-image">${image.replace(/ title="[^"]*"/, "")}${words}</figure>`;
    });
    return drawn.length === 1 ? drawn[0]! : `<figure class="rich-gallery">${drawn.join("")}</figure>`;
  });
}

/** Quotations whose first line is "[!NOTE]", without quotations inside of them. */
function callouts(html: string): string {
  return html.replace(
    /<blockquote>\n<p>\[!(?:NOTE|TIP|IMPORTANT|WARNING)\]\n((?:(?!<\/?blockquote>)[\s\S])*)<\/blockquote>/g,
    (_, inside: string) => `<aside class="rich-callout"><div><p>${inside}</div></aside>`,
  );
}
