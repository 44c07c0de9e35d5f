// Activities: facts as they are stored, sent and received, in the shape of ActivityStreams 2.0 with what we
// add under names of our own. An activity never changes once it is written; its id is unique for ever.
import { z } from "zod";
import type { Fact } from "./contract.ts";

export const activitySchema = z.strictObject({
  /** A URI: "https://blog.example.org/activities/<uuid>". */
  id: z.string().min(1).max(500),
  /** The ActivityStreams type: "Like". */
  type: z.string().regex(/^[A-Z][A-Za-z]{1,39}$/),
  /** Whose fact and which: "likes/liked". */
  fact: z.string().regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/),
  /** Who did it: a member's reference, or a service's name when no person did. */
  actor: z.string().min(1).max(500),
  /** What it happened to; facts of one object arrive in the order they happened. */
  object: z.string().min(1).max(500),
  published: z.iso.datetime(),
  visibility: z.enum(["internal", "public"]),
  /** The rest, as the fact's schema has it. */
  data: z.unknown(),
});
export type Activity = z.infer<typeof activitySchema>;

/** An activity whose `data` is known. */
export type ActivityOf<Found extends Fact> = Omit<Activity, "data"> & {
  readonly data: z.infer<Found["data"]>;
};

/** What is said when a fact is emitted; the rest is the bus's to fill in. */
export interface Emission<Found extends Fact = Fact> {
  readonly fact: Found;
  readonly actor: string;
  readonly object: string;
  readonly data: z.input<Found["data"]>;
  /** Not to be told before this moment: for what has a time of its own, such as a scheduled post. */
  readonly notBefore?: Date;
}

/** A fact's name in activities: "likes/liked". */
export function factName({ service, name }: Pick<Fact, "service" | "name">): string {
  return `${service}/${name}`;
}
