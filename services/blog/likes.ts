// Likes of posts, as pages show them: asked once for all posts of a page. Promise: a page is there without them
// when the likes service is not installed or does not answer.

import { likes } from "@rose-ash/likes/contract";
import type { Viewer } from "@rose-ash/platform/auth";
import { refer } from "@rose-ash/platform/rpc";
import type { PostSummary } from "./post.ts";
import type { BlogParts } from "./routes.ts";

export interface Tally {
  readonly count: number;
  /** Whether the viewer likes it. */
  readonly liked: boolean;
}

/** How long a page waits for likes, in milliseconds: it is whole without them. */
const patienceMs = 400;

type Tallies = ReadonlyMap<number, Tally>;

/** The likes of these posts (at most 100) by id; none for those about which nothing is known. */
export async function talliesOf(
  { installed, fetchData }: Pick<BlogParts, "installed" | "fetchData">,
  posts: readonly Pick<PostSummary, "id">[],
  viewer: Viewer,
): Promise<Tallies> {
  if (posts.length === 0 || !installed.includes("likes")) return new Map();
  const objects = posts.map(({ id }) => refer("blog", "post", id));
  const memberId = viewer.kind === "member" ? viewer.id : null;
  const outcome = await fetchData(likes.queries.tallies, { objects, memberId }, { deadlineMs: patienceMs });
  if (outcome.kind === "unavailable") return new Map();
  const known = new Map(outcome.answer.map((tally) => [tally.object, tally]));
  return new Map(
    posts.flatMap(({ id }) => {
      const tally = known.get(refer("blog", "post", id));
      return tally ? [[id, { count: tally.count, liked: tally.liked }] as const] : [];
    }),
  );
}

/** The address at which somebody signs in and comes back to `path` (decoded, of this site). */
export function signInAddress(path: string): string {
  return `/auth/sign-in/?next=${encodeURIComponent(encodeURI(path))}`;
}

/** What stands below a post: its likes and a way to like it. */
export function likeView(path: string, tally: Tally | undefined, viewer: Viewer, error: string | null) {
  return {
    path,
    count: tally?.count ?? null,
    liked: tally?.liked ?? false,
    signIn: viewer.kind === "member" ? null : signInAddress(path),
    error,
  };
}
