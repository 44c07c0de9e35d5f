// Liking a post and taking it back: the form below a post comes here, and leads back to the post.

import { randomUUID } from "node:crypto";
import { likes } from "@rose-ash/likes/contract";
import type { Answer, PageRequest } from "@rose-ash/platform/app";
import { refer } from "@rose-ash/platform/rpc";
import { signInAddress } from "../likes.ts";
import type { BlogParts } from "../routes.ts";
import { postAnswer } from "./post.ts";

export function likePage(blog: BlogParts) {
  const answer = postAnswer(blog);
  return async (request: PageRequest): Promise<Answer> => {
    const { form, viewer } = request;
    const post = await blog.store.findPost(form?.get("object") ?? "", blog.now());
    if (!post || !blog.installed.includes("likes")) return { kind: "not-found" };
    if (viewer.kind !== "member") return { kind: "redirect", to: signInAddress(post.path), status: 303 };
    const wish = { object: refer("blog", "post", post.id), memberId: viewer.id };
    // Each press is an order of its own: a key made from the post would make the second liking a mere repetition.
    const options = { idempotencyKey: randomUUID() };
    const outcome =
      form?.get("do") === "unlike"
        ? await blog.callAction(likes.actions.unlike, wish, options)
        : await blog.callAction(likes.actions.like, wish, options);
    if (outcome.kind === "answered") {
      return { kind: "redirect", to: `${encodeURI(post.path)}#likes`, status: 303 };
    }
    const error = "That could not be kept just now. Please try again in a minute.";
    return answer(post, request, { status: 503, likeError: error });
  };
}
