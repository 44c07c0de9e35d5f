// Writing and editing a post. Promise: whatever becomes of a form that was sent, nothing typed is lost: it is
// saved, or kept as a working copy, and shown again. Nothing is overwritten that somebody else saved meanwhile.

import { randomUUID } from "node:crypto";
import { type Answer, goOn, momentWriter, type PageRequest, privatePage } from "@rose-ash/platform/app";
import { stateOf } from "../../announcement.ts";
import type { DeskPost, Editor } from "../../desk-post.ts";
import { editorOf, lineOf, numberIn } from "../../editor.ts";
import {
  checkManuscript,
  emptyManuscript,
  type Manuscript,
  type ManuscriptErrors,
  manuscriptOf,
  readManuscript,
  type SoundManuscript,
} from "../../manuscript.ts";
import { slugFrom } from "../../post.ts";
import { conflictView, copyNotices, createPostForm, type Notice } from "../../post-form.ts";
import type { BlogParts } from "../../routes.ts";
import { writeSiteTime } from "../../site-time.ts";
import { contentOf, leadImage, typeset } from "../../typesetting.ts";
import type { KeptPost, PostChange } from "../../writing-desk.ts";
import { findPost, nothingHere } from "./asked-post.ts";
import { createPreview } from "./preview.ts";

const doneWords: Readonly<Record<string, string>> = {
  draft: "The draft is saved.",
  private: "It is saved and still private.",
  published: "It is published: visitors see it now.",
  updated: "The published post is updated.",
  scheduled: "It is scheduled and will appear by itself.",
  unpublished: "Visitors do not see it any more. It is a draft again.",
  unchanged: "Nothing was changed, so nothing was saved.",
  kept: "Your text is kept for later. Visitors see the post as it was.",
  discarded: "Your unsaved text is put away. You find it among the revisions.",
  restored: "The older text is restored, as a new revision.",
  undeleted: "The post is back, as a draft.",
};

/** The empty form. */
export function newPostPage(blog: BlogParts) {
  const draw = createPostForm(blog);
  return (request: PageRequest): Promise<Answer> => {
    const { name } = editorOf(request);
    const kind = request.query.get("kind") === "page" ? "page" : "post";
    const typed = emptyManuscript(kind === "post" ? name : "");
    return draw({ post: null, kind, key: randomUUID(), typed, errors: {}, basedOn: 1, notices: [] });
  };
}

/** A new post's form comes here: the post begins as a draft, so that there is a place to keep what is typed. */
export function beginPostPage(blog: BlogParts) {
  const receive = createReceiver(blog);
  return async (request: PageRequest): Promise<Answer> => {
    const editor = editorOf(request);
    const form = request.form ?? new URLSearchParams();
    const typed = readManuscript(form);
    const title = lineOf(form, "title").slice(0, 500);
    const key = /^[0-9a-f-]{36}$/.test(lineOf(form, "key")) ? lineOf(form, "key") : randomUUID();
    const kind = form.get("kind") === "page" ? "page" : "post";
    const slug = slugFrom(lineOf(form, "slug") || title);
    const id = await blog.store.beginPost({ kind, key, title, slug, now: blog.now() });
    const post = await blog.store.deskPost(id);
    if (post === null) throw new Error(`Post ${id} went away while it was begun; send the form again.`);
    return receive(post, typed, request, editor);
  };
}

export function editPostPage(blog: BlogParts) {
  const { store, site, now } = blog;
  const draw = createPostForm(blog);
  const writeMoment = momentWriter(site);
  return async (request: PageRequest): Promise<Answer> => {
    const editor = editorOf(request);
    const post = await findPost(blog, request);
    if (post === null || post.deletedAt !== null) return nothingHere(post);
    const copies = await store.workingCopies(post.id);
    const own = copies.find(({ memberId }) => memberId === editor.id);
    const done = doneWords[request.query.get("done") ?? ""];
    const notices: Notice[] = [
      ...(done === undefined ? [] : [{ title: done, text: "" }]),
      ...copyNotices(copies, post, editor, now(), writeMoment),
    ];
    const typed = own ? readManuscript(new URLSearchParams(own.fields)) : manuscriptOf(post, site.timeZone);
    const basedOn = own?.basedOn ?? post.version;
    return draw({ post, kind: post.kind, key: "", typed, errors: {}, basedOn, notices });
  };
}

export function savePostPage(blog: BlogParts) {
  const receive = createReceiver(blog);
  return async (request: PageRequest): Promise<Answer> => {
    const editor = editorOf(request);
    const post = await findPost(blog, request);
    if (post === null) return nothingHere(post);
    return receive(post, readManuscript(request.form ?? new URLSearchParams()), request, editor);
  };
}

type Receiver = (post: DeskPost, typed: Manuscript, request: PageRequest, editor: Editor) => Promise<Answer>;

/** Takes a form that was sent for a post. */
function createReceiver(blog: BlogParts): Receiver {
  const { store, site, now, emitActivity } = blog;
  const draw = createPostForm(blog);
  const preview = createPreview(blog);

  return async (post, typed, { form }, editor) => {
    const action = form?.get("do") ?? "save";
    const basedOn = numberIn(form?.get("version")) ?? post.version;
    if (post.deletedAt !== null) return refuseDeleted(post, typed);
    const keepCopy = () =>
      store.keepWorkingCopy({ postId: post.id, basedOn, fields: { ...typed }, editor, now: now() });
    const again = async (errors: ManuscriptErrors) => {
      await keepCopy();
      const notices = [
        {
          title: "Nothing was saved yet",
          text: "Your text is kept. Mend what is marked below and send it again.",
        },
      ];
      return draw({ post, kind: post.kind, key: "", typed, errors, basedOn, notices, status: 422 });
    };

    if (action === "preview") {
      await keepCopy();
      return preview(post, typed);
    }
    // Saving never changes what visitors see, or will see when its time has come: that is said by "publish".
    if (action === "keep" || (action === "save" && post.status === "published")) {
      await keepCopy();
      return goOn(`/admin/posts/${post.id}/?done=kept`);
    }
    const checked = checkManuscript(typed, {
      timeZone: site.timeZone,
      password: form?.get("password") ?? "",
      hasPassword: post.passwordHash !== null,
      namesWithComma: [...post.tags, ...post.authors]
        .map(({ name }) => name)
        .filter((name) => name.includes(",")),
    });
    if (checked.kind === "faulty") return again(checked.errors);
    const lead = await leadImage(blog, checked.sound, post.image);
    if (lead.kind === "unknown") {
      return again({
        image: "There is no such picture here. Send it under Admin, Pictures first, and copy its address.",
      });
    }
    const change = await changeOf(blog, post, checked.sound, lead.image, { action, basedOn, editor, typed });
    const kept = await store.keepPost(change, emitActivity);
    switch (kept.kind) {
      case "kept":
      case "unchanged":
        return goOn(`/admin/posts/${post.id}/?done=${doneWord(kept, post, change, now())}`);
      case "taken":
        return again({
          slug: `Another post or page is at ${kept.path}. Choose another last part for the address.`,
        });
      case "gone":
        return refuseDeleted(post, typed);
      case "conflict": {
        await keepCopy();
        const conflict = await conflictView(blog, kept.stored, { typed, basedOn, action });
        const { stored } = kept;
        return draw({
          post: stored,
          kind: stored.kind,
          key: "",
          typed,
          errors: {},
          basedOn: stored.version,
          notices: [],
          status: 409,
          conflict,
        });
      }
    }
  };
}

interface ChangeWish {
  readonly action: string;
  readonly basedOn: number;
  readonly editor: Editor;
  readonly typed: Manuscript;
}

async function changeOf(
  blog: BlogParts,
  post: DeskPost,
  sound: SoundManuscript,
  image: DeskPost["image"],
  { action, basedOn, editor, typed }: ChangeWish,
): Promise<PostChange> {
  const { site } = blog;
  const now = blog.now();
  const status = action === "publish" ? "published" : action === "unpublish" ? "draft" : post.status;
  const body = await typeset(blog, sound);
  // The form knows minutes only: a time that was not touched keeps its seconds.
  const untouched =
    post.publishedAt !== null && typed.publishAt === writeSiteTime(post.publishedAt, site.timeZone);
  const time = untouched ? post.publishedAt : sound.publishAt;
  const tags = [
    ...sound.categories.map((name) => ({ kind: "category" as const, name })),
    ...sound.tags.map((name) => ({ kind: "tag" as const, name })),
  ];
  return {
    id: post.id,
    basedOn,
    content: await contentOf(sound, body, image, post, status),
    slug: sound.slug,
    mayRenumber: typed.slug.trim() === "",
    publishedAt:
      status === "published"
        ? (time ?? (post.status === "published" ? post.publishedAt : null) ?? now)
        : time,
    tags,
    authors: sound.authors,
    kind: action === "publish" ? "published" : "saved",
    restoredFrom: null,
    editor,
    now,
    searchLanguage: sound.language ?? site.language,
  };
}

function doneWord(kept: KeptPost, before: DeskPost, { content, publishedAt }: PostChange, now: Date): string {
  if (kept.kind === "unchanged") return "unchanged";
  const after = stateOf({ status: content.status, publishedAt }, now);
  if (after === "published") return stateOf(before, now) === "published" ? "updated" : "published";
  return after === "draft" && before.status === "published" ? "unpublished" : after;
}

/** Somebody deleted the post meanwhile: there is no place to keep the text, so the page hands it back. */
function refuseDeleted(post: DeskPost, typed: Manuscript): Answer {
  return privatePage(
    "~admin-deleted-meanwhile",
    "The post was deleted",
    { title: post.title, text: typed.text },
    410,
  );
}
