// The preview of a post: its own page as a visitor would see it, from what is typed, with what was taken out of
// the text said above it. Nobody keeps a copy of it.

import { type Answer, type PageRequest, privatePage } from "@rose-ash/platform/app";
import { guest } from "@rose-ash/platform/auth";
import type { DeskPost } from "../../desk-post.ts";
import { editorOf } from "../../editor.ts";
import {
  checkManuscript,
  longestText,
  type Manuscript,
  manuscriptOf,
  readManuscript,
} from "../../manuscript.ts";
import { firstWords, type Post, slugFrom, type Visibility } from "../../post.ts";
import type { BlogParts } from "../../routes.ts";
import { leadImage, typeset } from "../../typesetting.ts";
import { postView } from "../post.ts";
import { findPost, nothingHere } from "./asked-post.ts";

const audienceWords: Readonly<Record<Visibility, string>> = {
  public: "Everybody will be able to read it.",
  members: "Only members will be able to read all of it.",
  paid: "Only supporters will be able to read all of it.",
  password: "Only whoever has the password will be able to read all of it.",
};

/** The preview of what is kept: the editor's own unsaved text, or the post as it is stored. */
export function previewPage(blog: BlogParts) {
  const preview = createPreview(blog);
  return async (request: PageRequest): Promise<Answer> => {
    const editor = editorOf(request);
    const post = await findPost(blog, request);
    if (post === null || post.deletedAt !== null) return nothingHere(post);
    const copies = await blog.store.workingCopies(post.id);
    const own = copies.find(({ memberId }) => memberId === editor.id);
    const typed = own
      ? readManuscript(new URLSearchParams(own.fields))
      : manuscriptOf(post, blog.site.timeZone);
    return preview(post, typed);
  };
}

/** Draws what is typed as the post that it would be, sound or not. */
export function createPreview(blog: BlogParts) {
  const { site, now } = blog;
  const show = postView(blog);
  return async (post: DeskPost, typed: Manuscript): Promise<Answer> => {
    const terms = { timeZone: site.timeZone, password: "", hasPassword: true, namesWithComma: [] };
    const checked = checkManuscript(typed, terms);
    const body = await typeset(blog, { ...typed, text: typed.text.slice(0, longestText) });
    const sound = checked.kind === "sound" ? checked.sound : null;
    const lead = sound === null ? null : await leadImage(blog, sound, post.image);
    const visibility = sound?.visibility ?? post.visibility;
    const shown: Post = {
      ...post,
      title: typed.title.trim() === "" ? "Without a title" : typed.title,
      excerpt: typed.excerpt.trim() || null,
      summary: firstWords(body.text),
      html: body.html,
      previewHtml: body.preview?.html ?? null,
      visibility,
      language: sound?.language ?? null,
      image: lead?.kind === "image" ? lead.image : null,
      publishedAt: sound?.publishAt ?? post.publishedAt ?? now(),
      updatedAt: sound?.publishAt ?? post.publishedAt ?? now(),
      tags: (sound?.tags ?? [])
        .filter((name) => !name.startsWith("#"))
        .map((name) => ({ kind: "tag" as const, slug: slugFrom(name), name })),
      authors: (sound?.authors ?? []).map((name) => ({ slug: slugFrom(name), name })),
    };
    const look = {
      open: true,
      passwordError: null,
      likeError: null,
      viewer: guest,
      isPreview: true,
    } as const;
    const props = await show(shown, look);
    const wrong = checked.kind === "faulty" ? Object.values(checked.errors) : [];
    return privatePage("~admin-preview", `Preview: ${shown.title}`, {
      post: props.post,
      audience: audienceWords[visibility],
      remarks: [...body.remarks, ...wrong.map((sentence) => `To mend: ${sentence}`)],
      back: `/admin/posts/${post.id}/`,
    });
  };
}
