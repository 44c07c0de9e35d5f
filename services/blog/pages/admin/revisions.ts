// What a post was: the list of its revisions, one of them, two of them compared, and bringing one back. Bringing
// back makes a new revision of the old words; the address, the state and who may read the post stay as they are.

import { type Answer, goOn, momentWriter, type PageRequest, privatePage } from "@rose-ash/platform/app";
import { compareTexts } from "../../comparison.ts";
import type { DeskPost, Revision, RevisionRow } from "../../desk-post.ts";
import { editorOf, numberIn } from "../../editor.ts";
import { editableText } from "../../manuscript.ts";
import type { BlogParts } from "../../routes.ts";
import { contentOf, typeset } from "../../typesetting.ts";
import { findPost, nothingHere } from "./asked-post.ts";

const kindWords: Readonly<Record<RevisionRow["kind"], string>> = {
  saved: "Saved",
  autosaved: "Put away unsaved",
  restored: "Restored",
  published: "Published",
};

export function revisionsPage(blog: BlogParts) {
  const writeMoment = momentWriter(blog.site);
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const post = await findPost(blog, request);
    if (post === null || post.deletedAt !== null) return nothingHere(post);
    const rows = await blog.store.revisions(post.id);
    const revisions = rows.map((row, index) => ({
      ...rowView(row, post, writeMoment),
      from: index === Math.min(1, rows.length - 1),
      to: index === 0,
    }));
    const error = request.query.get("error") === "choose" ? "Choose two revisions to compare." : null;
    return privatePage("~admin-revisions-page", "Revisions", { ...placeOf(post), revisions, error });
  };
}

export function revisionPage(blog: BlogParts) {
  const writeMoment = momentWriter(blog.site);
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const post = await findPost(blog, request);
    if (post === null || post.deletedAt !== null) return nothingHere(post);
    const revision = await findRevision(blog, post, request.params.number);
    if (revision === null) return { kind: "not-found" };
    return privatePage("~admin-revision-page", `Revision ${revision.number}`, {
      ...placeOf(post),
      version: post.version,
      revision: {
        ...rowView(revision, post, writeMoment),
        text: editableText({ ...revision, previewHtml: null }).text,
      },
      facts: factsOf(revision, writeMoment),
      error:
        request.query.get("error") === "meanwhile"
          ? "The post was saved by somebody else meanwhile, so nothing was restored. Look once more and press again."
          : null,
      isPresent: revision.version === post.version,
    });
  };
}

export function comparePage(blog: BlogParts) {
  const writeMoment = momentWriter(blog.site);
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const post = await findPost(blog, request);
    if (post === null || post.deletedAt !== null) return nothingHere(post);
    const from = await findRevision(blog, post, request.query.get("from"));
    const to = await findRevision(blog, post, request.query.get("to"));
    if (from === null || to === null) return goOn(`/admin/posts/${post.id}/revisions/?error=choose`);
    const [older, newer] = from.number <= to.number ? [from, to] : [to, from];
    const text = (revision: Revision) => editableText({ ...revision, previewHtml: null });
    const before = factsOf(older, writeMoment);
    const changes = factsOf(newer, writeMoment)
      .map(({ name, value }, index) => ({ name, after: value, before: before[index]?.value ?? "" }))
      .filter((change) => change.before !== change.after);
    return privatePage("~admin-compare-page", `Revisions ${older.number} and ${newer.number}`, {
      ...placeOf(post),
      older: rowView(older, post, writeMoment),
      newer: rowView(newer, post, writeMoment),
      changes,
      formats:
        text(older).format === text(newer).format
          ? null
          : "One is Markdown and the other HTML, so every line differs.",
      comparison: { ...compareTexts(text(older).text, text(newer).text) },
    });
  };
}

export function restorePage(blog: BlogParts) {
  const { store, site, now, emitActivity } = blog;
  return async (request: PageRequest): Promise<Answer> => {
    const editor = editorOf(request);
    const post = await findPost(blog, request);
    if (post === null || post.deletedAt !== null) return nothingHere(post);
    const revision = await findRevision(blog, post, request.params.number);
    if (revision === null) return { kind: "not-found" };
    const written = editableText({ ...revision, previewHtml: null });
    const body = await typeset(blog, written);
    const { visibility, slug, publishedAt, status } = post;
    const names = (kind: "tag" | "category") =>
      revision.tags.filter((tag) => tag.kind === kind).map(({ name }) => name);
    // Text that was put away unsaved had no tags, authors or picture of its own.
    const isWhole = revision.version !== null;
    const tags = isWhole ? revision.tags : post.tags;
    const authors = (isWhole ? revision.authors : post.authors).map(({ name }) => name);
    const image = isWhole ? revision.image : post.image;
    const sound = {
      title: revision.title || post.title,
      slug,
      ...written,
      excerpt: revision.excerpt,
      tags: names("tag"),
      categories: names("category"),
      authors,
      visibility,
      password: null,
      image: image?.name ?? null,
      imageAlt: image?.alt ?? "",
      imageCaption: image?.caption ?? null,
      publishAt: publishedAt,
      language: revision.language,
    };
    const content = await contentOf(sound, body, image, post, status);
    const kept = await store.keepPost(
      {
        id: post.id,
        basedOn: numberIn(request.form?.get("version")) ?? post.version,
        content,
        slug,
        mayRenumber: false,
        publishedAt,
        tags,
        authors,
        kind: "restored",
        restoredFrom: revision.number,
        editor,
        now: now(),
        searchLanguage: revision.language ?? site.language,
      },
      emitActivity,
    );
    if (kept.kind === "conflict")
      return goOn(`/admin/posts/${post.id}/revisions/${revision.number}/?error=meanwhile`);
    return goOn(`/admin/posts/${post.id}/?done=${kept.kind === "unchanged" ? "unchanged" : "restored"}`);
  };
}

async function findRevision({ store }: BlogParts, post: DeskPost, text: string | null | undefined) {
  const number = numberIn(text);
  return number === null ? null : await store.revision(post.id, number);
}

function placeOf(post: DeskPost) {
  return { title: post.title, id: post.id };
}

function rowView(row: RevisionRow, post: DeskPost, writeMoment: (at: Date) => string) {
  const { number, version, kind, restoredFrom, title, authorName, createdAt } = row;
  return {
    number,
    what: restoredFrom === null ? kindWords[kind] : `Restored from number ${restoredFrom}`,
    title: title === "" ? "Without a title" : title,
    who: authorName ?? "Not by an editor here",
    when: writeMoment(createdAt),
    isPresent: version === post.version,
    href: `/admin/posts/${post.id}/revisions/${number}/`,
  };
}

/** What a revision says besides its text, in words. */
function factsOf(revision: Revision, writeMoment: (at: Date) => string) {
  const names = (things: readonly { name: string }[]) => things.map(({ name }) => name).join(", ");
  return [
    { name: "Title", value: revision.title },
    { name: "Last part of the address", value: revision.slug },
    { name: "State", value: revision.status },
    { name: "Who may read it", value: revision.visibility },
    {
      name: "Publishing time",
      value: revision.publishedAt === null ? "" : writeMoment(revision.publishedAt),
    },
    { name: "Excerpt", value: revision.excerpt ?? "" },
    { name: "Tags", value: names(revision.tags) },
    { name: "Authors", value: names(revision.authors) },
    {
      name: "Lead picture",
      value: revision.image === null ? "" : `${revision.image.name}: ${revision.image.alt}`,
    },
    { name: "Language", value: revision.language ?? "" },
  ];
}
