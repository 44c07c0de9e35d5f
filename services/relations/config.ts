// The settings of this service: there are none, and a section with any is refused at start.
import { z } from "zod";

export const settings = z.strictObject({});

export type Settings = z.infer<typeof settings>;
