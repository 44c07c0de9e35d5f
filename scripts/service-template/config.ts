// The settings of this service, checked at start: section `services.sample` of the configuration.
import { z } from "zod";

export const settings = z.object({
  /** Entries on the front page. */
  entriesShown: z.int().min(1).max(1000).default(100),
});

export type Settings = z.infer<typeof settings>;
