// A post or page at its address. Its body is shown when it is public, to members where it is theirs, and for one
// answer when the right password was posted with the request; a password is not remembered.

import type { Answer, PageRequest } from "@rose-ash/platform/app";
import type { Viewer } from "@rose-ash/platform/auth";
import { cachingFor } from "../caching.ts";
import { cardOf, dateWriter } from "../card.ts";
import { postHead } from "../head.ts";
import { likeView, signInAddress, talliesOf } from "../likes.ts";
import { createPasswordDesk, type PasswordVerdict } from "../password.ts";
import { gateFor, gateOf, type Post } from "../post.ts";
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
  const answer = postAnswer(blog);
  return async (request: PageRequest): Promise<Answer> => {
    const path = storedPath(request);
    const post = path === null ? null : await blog.store.findPost(path, blog.now());
    if (!post) return { kind: "not-found" };
    if (!request.path.endsWith("/")) return { kind: "redirect", to: encodeURI(post.path), status: 301 };
    return answer(post, request, {});
  };
}

interface PostMood {
  readonly status?: number;
  /** Why a press of the like button came to nothing. */
  readonly likeError?: string;
}

/** Answers with a visible post, as much of it as its reader may see. */
export function postAnswer(blog: BlogParts) {
  const show = postView(blog);
  return async (
    post: Post,
    { viewer }: PageRequest,
    { status = 200, likeError }: PostMood,
  ): Promise<Answer> => {
    const open = gateFor(post, viewer) === null;
    const props = await show(post, { open, passwordError: null, likeError: likeError ?? null, viewer });
    // Of a page that says what went wrong nobody keeps a copy.
    const cache = status === 200 ? cachingFor(viewer) : "none";
    return { kind: "page", component: "~post-page", props, status, cache };
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
    const { status, error: passwordError } = passwordAnswers[verdict];
    const { viewer } = request;
    const props = await show(post, { open: verdict === "right", passwordError, likeError: null, viewer });
    return { kind: "page", component: "~post-page", props, status, cache: "none" };
  };
}

interface PostLook {
  readonly open: boolean;
  readonly passwordError: string | null;
  readonly likeError: string | null;
  readonly viewer: Viewer;
  /** Shown to an editor before it is there: it has no likes yet. */
  readonly isPreview?: true;
}

/** What ~post-page shows of a post. */
export function postView(blog: BlogParts) {
  const { store, site, origin, now } = blog;
  const writeDate = dateWriter(site);
  return async (post: Post, look: PostLook): Promise<Record<string, unknown>> => {
    const { open, passwordError, likeError, viewer, isPreview = false } = look;
    const time = now();
    const isPost = post.kind === "post";
    const beside = isPost ? await store.neighbours(post, time) : { previous: null, next: null };
    const above = await store.ancestors(post, time);
    const below = isPost ? [] : await store.childPages(post, time);
    const hasLikes = isPost && !isPreview && blog.installed.includes("likes");
    // After a failed press the service is not waited for once more.
    const tallies = hasLikes && likeError === null ? await talliesOf(blog, [post], viewer) : new Map();
    const link = ({ title, path }: { title: string; path: string }) => ({ title, href: path });
    const updated =
      post.updatedAt.getTime() - post.publishedAt.getTime() > 86_400_000 ? writeDate(post.updatedAt) : null;
    return {
      head: postHead(origin, site, post),
      passwordError,
      post: {
        ...cardOf(post, writeDate),
        gate: open ? null : gateOf(post),
        signIn: viewer.kind === "member" ? null : signInAddress(post.path),
        kind: post.kind,
        language: post.language,
        html: open ? post.html : null,
        preview: open ? null : post.previewHtml,
        caption: post.image?.caption ?? null,
        updated,
        like: hasLikes ? likeView(post.path, tallies.get(post.id), viewer, likeError) : null,
        previous: beside.previous && link(beside.previous),
        next: beside.next && link(beside.next),
        breadcrumbs: above.map(link),
        children: below.map(link),
      },
    };
  };
}
