// The command `post`: publishes a Markdown file with front matter. The slug says which post is meant: it is created
// when there is none, else updated, and left alone when nothing differs. Pictures beside the file are taken along.

import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Command, type CommandSession, Refusal, WrongUsage } from "@rose-ash/platform/app";
import { createFetcher } from "@rose-ash/platform/fetch";
import { cleanRules, plainText } from "../clean-html.ts";
import { writeBody } from "../import/body.ts";
import { collectImages, type FoundImage } from "../import/images.ts";
import { ImportRefusal } from "../import/imported-site.ts";
import { readText } from "../import/source-file.ts";
import { type FrontMatter, MarkdownRefusal, readMarkdownPost, renderMarkdown } from "../markdown.ts";
import { hashPassword } from "../password.ts";
import { firstWords, type PostImage, slugFrom } from "../post.ts";
import type { BlogParts } from "../routes.ts";
import type { PostDraft, SavedPost } from "../writing.ts";

const maxBytes = 20_000_000;
/** What search may know of one post. */
const maxSearchCharacters = 60_000;

export function postCommand(blog: BlogParts): Command {
  return {
    help: "FILE.md: publishes a Markdown file with front matter, or updates the post with its slug",
    async run(args, session) {
      const [file] = args;
      if (file === undefined || args.length !== 1 || file.startsWith("-"))
        throw new WrongUsage("Say which file: post blog FILE.md.");
      try {
        return await publish(resolve(session.cwd, file), file, blog, session);
      } catch (error) {
        if (error instanceof MarkdownRefusal)
          throw new Refusal(`Nothing was published. ${file}, ${error.message}`);
        if (error instanceof ImportRefusal) throw new Refusal(`Nothing was published. ${error.message}`);
        throw error;
      }
    },
  };
}

async function publish(path: string, file: string, blog: BlogParts, session: CommandSession) {
  const text = await readText(path, maxBytes);
  const { front, body } = readMarkdownPost(text);
  const slug = slugOf(front);
  const pictures = createPictures(dirname(path));
  const html = renderMarkdown(body, pictures.address);
  const feature = front.image === undefined ? null : pictures.address(front.image);
  const images = await pictures.collect(blog, session);
  const imageFor = (src: string) => {
    const found = images.get(src);
    return found?.kind === "stored" ? found : null;
  };
  const written = writeBody({
    html,
    origin: blog.origin,
    oldOrigin: null,
    oldAddresses: new Set(),
    imageFor,
  });
  const isPublic = front.visibility === "public";
  const open = isPublic ? written.text : (written.preview?.text ?? "");
  const draft: PostDraft = {
    kind: front.kind,
    slug,
    title: plainText(front.title),
    status: front.status,
    visibility: front.visibility,
    passwordHash:
      front.visibility === "password" ? await hashPassword(front.password ?? "", `post ${slug}`) : null,
    pinned: front.pinned,
    excerpt: front.excerpt === undefined ? null : plainText(front.excerpt),
    summary: firstWords(open),
    html: written.html,
    previewHtml: isPublic ? null : (written.preview?.html ?? null),
    cleanRules,
    sourceFormat: "markdown",
    sourceText: front.password === undefined ? text.replaceAll("\0", "\ufffd").toWellFormed() : body,
    image: featureImage(front, feature === null ? undefined : images.get(feature)),
    language: front.language ?? null,
    seo: { ...front.seo, ogImage: null },
    searchBody: open.slice(0, maxSearchCharacters).toWellFormed(),
    parentPath: parentPath(front.parent),
    tags: [
      ...front.categories.map((name) => ({ kind: "category" as const, slug: slugFrom(name), name })),
      ...front.tags.map((name) => ({ kind: "tag" as const, slug: slugFrom(name), name })),
    ],
    authors: front.authors.map((name) => ({ slug: slugFrom(name), name })),
    publishedAt: front.date ?? null,
    now: blog.now(),
    searchLanguage: blog.site.language,
  };
  session.signal.throwIfAborted();
  const saved = await blog.store.savePost(draft, blog.emitActivity);
  const missing = [...images].flatMap(([src, image]) =>
    image.kind === "missing" ? [`${src}: ${image.why}`] : [],
  );
  return tell(saved, draft, file, [...removedLines(written.removed), ...missing], blog, session);
}

function tell(
  saved: SavedPost,
  draft: PostDraft,
  file: string,
  remarks: readonly string[],
  { origin, now }: BlogParts,
  session: CommandSession,
) {
  if (saved.kind === "no-parent")
    throw new Refusal(
      `Nothing was published. ${file}: there is no page at ${draft.parentPath} for this one to stand below; publish that first.`,
    );
  if (saved.kind === "taken")
    throw new Refusal(
      `Nothing was published. ${file}: ${saved.path} is a ${draft.kind === "post" ? "page" : "post"}; choose another slug.`,
    );
  for (const remark of remarks) session.print(`Note: ${remark}`);
  const words = { created: "Created", updated: "Updated", unchanged: "Nothing has changed" }[saved.kind];
  const address = origin + encodeURI(saved.path);
  session.print(`${words}: ${address}${hint(draft, now())}`);
  return { report: { outcome: saved.kind, address, path: saved.path, notes: remarks } };
}

/** Why nobody may see it yet, if so. */
function hint(draft: PostDraft, now: Date): string {
  if (draft.status !== "published") return ` (${draft.status}: visitors do not see it)`;
  const at = draft.publishedAt;
  return at !== null && at > now ? ` (appears ${at.toISOString().slice(0, 16).replace("T", " ")} UTC)` : "";
}

function slugOf({ slug, title }: FrontMatter): string {
  if (slug === undefined) return slugFrom(title);
  const usable = slugFrom(slug);
  if (usable !== slug)
    throw new MarkdownRefusal(2, `“slug: ${slug}” makes no address: write “slug: ${usable}”.`);
  return slug;
}

/** "about", "/about" and "/about/" are the same page. */
function parentPath(parent: string | undefined): string | null {
  const names = (parent ?? "").split("/").filter((name) => name !== "");
  return names.length === 0 ? null : `/${names.join("/")}/`;
}

function featureImage(front: FrontMatter, found: FoundImage | undefined): PostImage | null {
  if (found?.kind !== "stored") return null;
  const { name, width, height, variants } = found;
  return { name, width, height, alt: front.imageAlt, caption: front.imageCaption ?? null, variants };
}

function removedLines(removed: Readonly<Record<string, number>>): string[] {
  return Object.entries(removed).map(([what, count]) => `taken out: ${what} (${count})`);
}

/** The pictures that a file names: those on this machine get a made-up address under which they are stored. */
function createPictures(folder: string) {
  const local = new Map<string, string>();
  const wanted = new Set<string>();
  return {
    address(src: string): string {
      const isElsewhere = /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(src);
      const address = isElsewhere ? src : `https://picture.invalid/${encodeURIComponent(decodeName(src))}`;
      if (!isElsewhere) local.set(`/${decodeName(src)}`, resolve(folder, decodeName(src)));
      wanted.add(address);
      return address;
    },

    async collect({ media, origin }: BlogParts, session: CommandSession): Promise<Map<string, FoundImage>> {
      const bytes = new Map<string, Uint8Array>();
      for (const [name, path] of local) bytes.set(name, await readPicture(path));
      const fetcher = createFetcher({ userAgent: `rose-ash (writing on ${origin})` });
      try {
        const found = await collectImages(
          wanted,
          {
            media,
            origin,
            folder: { find: async (name) => bytes.get(name) ?? null },
            fetcher,
            base: null,
            from: null,
            signal: session.signal,
          },
          (done, total) => session.progress("Storing pictures", done, total),
        );
        for (const [address, image] of found) {
          if (image.kind === "missing" && address.startsWith("https://picture.invalid/")) {
            throw new ImportRefusal(
              decodeURIComponent(address.slice("https://picture.invalid/".length)),
              image.why,
            );
          }
        }
        return found;
      } finally {
        await fetcher.close();
      }
    },
  };
}

async function readPicture(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch {
    throw new ImportRefusal(path, "This picture cannot be read: names are relative to the Markdown file.");
  }
}

function decodeName(src: string): string {
  try {
    return decodeURIComponent(src);
  } catch {
    // A lone "%" belongs to the name.
    return src;
  }
}
