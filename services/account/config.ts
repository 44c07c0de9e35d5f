// The settings of this service, checked at start: section `services.account` of the configuration.
import { z } from "zod";

export const settings = z.object({
  /** Whether an address without an account may make one by signing in: `open`, or `closed`. */
  joining: z.enum(["open", "closed"]).default("open"),
  /** The membership levels that admins may give. */
  levels: z.array(z.string().trim().min(1).max(40)).default(["supporter"]),
});

export type Settings = z.infer<typeof settings>;
