// A post or page at its address. Its body is shown when it is public, and for this one answer when the right
// password was posted with the request; nothing is remembered.

import type { Answer, PageRequest } from "@rose-ash/platform/app";
import { cardOf, dateWriter } from "../card.ts";
import { postHead } from "../head.ts";
import { createPasswordDesk, type PasswordVerdict } from "../password.ts";
import { gateOf, type Post } from "../post.ts";
import type { BlogParts } from "../routes.ts";

/** The address as it is stored: decoded, and always ending in a slash. */
function storedPath(request: PageRequest): string | null {
  try {
    const path = decodeURIComponent(request.path);
    return path.endsWith("/") ? path : `${path}/`;
  } catch {
    return null;
  }
}

export function postPage(blog: BlogParts) {
  const show = postView(blog);
  return async (request: PageRequest): Promise<Answer> => {
    const path = storedPath(request);
    const post = path === null ? null : await blog.store.findPost(path, blog.now());
    if (!post) return { kind: "not-found" };
    if (!request.path.endsWith("/")) return { kind: "redirect", to: encodeURI(post.path), status: 301 };
    return {
      kind: "page",
      component: "~post-page",
      props: await show(post, gateOf(post) === null, null),
      cache: "public",
    };
  };
}

const passwordAnswers: Readonly<Record<PasswordVerdict, { status: number; error: string | null }>> = {
  right: { status: 200, error: null },
  wrong: { status: 403, error: "That is not the password of this post." },
  busy: { status: 429, error: "Too many passwords are being tried just now. Please try again in a minute." },
};

/** The password form of a post comes back here. */
export function unlockPage(blog: BlogParts) {
  const show = postView(blog);
  const checkPassword = createPasswordDesk();
  return async (request: PageRequest): Promise<Answer> => {
    const path = storedPath(request);
    const post = path === null ? null : await blog.store.findPost(path, blog.now());
    if (!post || gateOf(post) !== "password" || post.passwordHash === null) return { kind: "not-found" };
    const verdict = await checkPassword(request.form?.get("password") ?? "", post.passwordHash);
    const { status, error } = passwordAnswers[verdict];
    const props = await show(post, verdict === "right", error);
    return { kind: "page", component: "~post-page", props, status, cache: "none" };
  };
}

function postView({ store, site, origin, now }: BlogParts) {
  const writeDate = dateWriter(site);
  return async (
    post: Post,
    open: boolean,
    passwordError: string | null,
  ): Promise<Record<string, unknown>> => {
    const time = now();
    const isPost = post.kind === "post";
    const beside = isPost ? await store.neighbours(post, time) : { previous: null, next: null };
    const above = await store.ancestors(post, time);
    const below = isPost ? [] : await store.childPages(post, time);
    const link = ({ title, path }: { title: string; path: string }) => ({ title, href: path });
    const updated =
      post.updatedAt.getTime() - post.publishedAt.getTime() > 86_400_000 ? writeDate(post.updatedAt) : null;
    return {
      head: postHead(origin, site, post),
      passwordError,
      post: {
        ...cardOf(post, writeDate),
        gate: open ? null : gateOf(post),
        kind: post.kind,
        language: post.language,
        html: open ? post.html : null,
        preview: open ? null : post.previewHtml,
        caption: post.image?.caption ?? null,
        updated,
        previous: beside.previous && link(beside.previous),
        next: beside.next && link(beside.next),
        breadcrumbs: above.map(link),
        children: below.map(link),
      },
    };
  };
}
