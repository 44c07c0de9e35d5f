// The deleted posts of the last 30 days, and bringing one back.

import { type Answer, goOn, momentWriter, type PageRequest, privatePage } from "@rose-ash/platform/app";
import { keptDeletedDays } from "../../desk-post.ts";
import { editorOf, numberIn } from "../../editor.ts";
import type { BlogParts } from "../../routes.ts";
import { rowView } from "./posts.ts";

export function deletedPage({ store, site, now }: BlogParts) {
  const writeMoment = momentWriter(site);
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const rows = await store.deletedPosts(now());
    const posts = rows.map((row) => {
      return {
        ...rowView(row, writeMoment),
        deleted: row.deletedAt === null ? "" : writeMoment(row.deletedAt),
      };
    });
    return privatePage("~admin-deleted-page", "Deleted posts", { posts, days: keptDeletedDays });
  };
}

export function undeletePage({ store, now }: BlogParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const editor = editorOf(request);
    const id = numberIn(request.form?.get("id"));
    const back = id === null ? null : await store.undeletePost(id, editor, now());
    if (back === null)
      return { kind: "not-found", hint: "There is no deleted post that can still be brought back." };
    return goOn(`/admin/posts/${id}/?done=undeleted`);
  };
}
