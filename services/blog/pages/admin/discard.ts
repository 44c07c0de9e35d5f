// Putting one's unsaved text away: it becomes a revision, from which it can be had again.

import { type Answer, goOn, type PageRequest } from "@rose-ash/platform/app";
import { editorOf, numberIn } from "../../editor.ts";
import type { BlogParts } from "../../routes.ts";

export function discardPage({ store, now }: BlogParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const editor = editorOf(request);
    const id = numberIn(request.params.id);
    if (id === null || (await store.deskPost(id)) === null) return { kind: "not-found" };
    await store.discardWorkingCopy(id, editor, now());
    return goOn(`/admin/posts/${id}/?done=discarded`);
  };
}
