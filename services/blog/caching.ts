// Who may keep a copy of a page that visitors read: a member's page shows things of their own.

import type { Caching } from "@rose-ash/platform/app";
import type { Viewer } from "@rose-ash/platform/auth";

export function cachingFor(viewer: Viewer): Caching {
  return viewer.kind === "member" ? "private" : "public";
}
