// The blog's settings, checked at start: section `services.blog` of the configuration.

import { z } from "zod";

export const blogSettings = z.object({
  /** Posts on one page of a list. */
  postsPerPage: z.int().min(1).max(100).default(10),
  /** Posts in a feed. */
  postsInFeed: z.int().min(1).max(100).default(20),
});

export type BlogSettings = z.infer<typeof blogSettings>;
