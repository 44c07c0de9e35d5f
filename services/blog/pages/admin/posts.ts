// The list of posts for editors: all of them in every state, found by state and by words.

import {
  type Answer,
  askedPage,
  hasPage,
  momentWriter,
  type PageRequest,
  pageNonsense,
  pagingView,
  privatePage,
} from "@rose-ash/platform/app";
import type { PostState } from "../../announcement.ts";
import type { DeskRow } from "../../desk-post.ts";
import { editorOf } from "../../editor.ts";
import type { BlogParts } from "../../routes.ts";
import { type DeskOrder, deskOrders } from "../../store-desk.ts";

const perPage = 30;
const longestQuestion = 200;

const stateWords: Readonly<Record<PostState, string>> = {
  draft: "Draft",
  scheduled: "Scheduled",
  published: "Published",
  private: "Private",
};

const orderWords: Readonly<Record<DeskOrder, string>> = {
  updated: "Last changed first",
  oldest: "Longest unchanged first",
  title: "By title",
};

export function postsPage({ store, site, now }: BlogParts) {
  const writeMoment = momentWriter(site);
  return async (request: PageRequest): Promise<Answer> => {
    editorOf(request);
    const asked = askedPage(request);
    if (asked.kind === "nonsense") return { kind: "bad-request", sentence: pageNonsense };
    const { query } = request;
    const question = (query.get("q") ?? "").trim().slice(0, longestQuestion);
    const state = (Object.keys(stateWords) as PostState[]).find((one) => one === query.get("state")) ?? null;
    const order = deskOrders.find((one) => one === query.get("order")) ?? "updated";
    const words = question.split(/\s+/).filter((word) => word !== "");
    const list = { now: now(), state, words, order, page: asked.number, perPage };
    const { rows, total } = await store.deskPosts(list);
    if (!hasPage(asked.number, total, perPage)) return { kind: "not-found" };
    const here = new URLSearchParams();
    if (question !== "") here.set("q", question);
    if (state !== null) here.set("state", state);
    if (order !== "updated") here.set("order", order);
    const base = `/admin/posts/${here.size > 0 ? `?${here}` : ""}`;
    return privatePage("~admin-posts-page", "Posts", {
      posts: rows.map((row) => rowView(row, writeMoment)),
      query: question,
      states: choices([["", "All"], ...Object.entries(stateWords)], state ?? ""),
      orders: choices(Object.entries(orderWords), order),
      total,
      paging: pagingView(base, asked.number, total, perPage),
      done:
        query.get("done") === "deleted" ? "The post is deleted. You can bring it back for 30 days." : null,
    });
  };
}

export function rowView(row: DeskRow, writeMoment: (at: Date) => string) {
  const { id, kind, title, path, state, authors, publishedAt, updatedAt } = row;
  const appears =
    state === "scheduled" && publishedAt !== null ? `appears ${writeMoment(publishedAt)}` : null;
  return {
    id,
    title: title === "" ? "Without a title" : title,
    href: `/admin/posts/${id}/`,
    path,
    isPage: kind === "page",
    state: stateWords[state],
    appears,
    authors: authors.join(", "),
    updated: writeMoment(updatedAt),
    updatedAt: updatedAt.toISOString(),
  };
}

/** Options of a select, one of them chosen. */
function choices(options: readonly (readonly [value: string, label: string])[], chosen: string) {
  return options.map(([value, label]) => ({ value, label, selected: value === chosen }));
}
