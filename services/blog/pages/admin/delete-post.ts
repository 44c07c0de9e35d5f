// Deleting a post, after asking once more.

import { type Answer, goOn, type PageRequest, privatePage } from "@rose-ash/platform/app";
import { stateOf } from "../../announcement.ts";
import { keptDeletedDays } from "../../desk-post.ts";
import { editorOf } from "../../editor.ts";
import type { BlogParts } from "../../routes.ts";
import { findPost, nothingHere } from "./asked-post.ts";

/** The question. */
export function askDeletePage(blog: BlogParts) {
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const post = await findPost(blog, request);
    if (post === null || post.deletedAt !== null) return nothingHere(post);
    return privatePage("~admin-confirm-page", "Delete this post?", {
      heading: `Delete “${post.title}”?`,
      sentences: [
        stateOf(post, blog.now()) === "published"
          ? `Visitors see this post now, at ${post.path}. They will not find it any more.`
          : "Visitors do not see this post.",
        `You can bring it back for ${keptDeletedDays} days, under Deleted posts.`,
      ],
      action: `/admin/posts/${post.id}/delete/`,
      label: "Delete it",
      back: `/admin/posts/${post.id}/`,
    });
  };
}

export function deletePostPage(blog: BlogParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const editor = editorOf(request);
    const post = await findPost(blog, request);
    if (post === null) return nothingHere(post);
    await blog.store.deletePost(post.id, editor, blog.now(), blog.emitActivity);
    return goOn("/admin/posts/?done=deleted");
  };
}
