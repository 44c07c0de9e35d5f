// The post that a page for editors is about, by the number in its address.

import type { Answer, PageRequest } from "@rose-ash/platform/app";
import type { DeskPost } from "../../desk-post.ts";
import { numberIn } from "../../editor.ts";
import type { BlogParts } from "../../routes.ts";

/** The post, a deleted one too, or null. */
export async function findPost({ store }: BlogParts, { params }: PageRequest): Promise<DeskPost | null> {
  const id = numberIn(params.id);
  return id === null ? null : await store.deskPost(id);
}

/** What is answered where there is no post, or only a deleted one. */
export function nothingHere(post: DeskPost | null): Answer {
  return post === null
    ? { kind: "not-found" }
    : { kind: "not-found", hint: "This post was deleted. You can bring it back under Admin, Deleted posts." };
}
