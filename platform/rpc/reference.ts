// References: how one service names a thing of another, without knowing anything else of it.
// "blog/post/12" is a post of the blog, "account/member/<uuid>" a person; a thing elsewhere in the fediverse
// is named by its https address. A reference outlives changes of titles, addresses and origins.
import { z } from "zod";

const own = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*\/[A-Za-z0-9_-]{1,64}$/;
const elsewhere = /^https:\/\/[^\s"<>\\^`{|}]{1,480}$/;

/** A reference to any thing. */
export const reference = z
  .string()
  .max(500)
  .refine((text) => own.test(text) || elsewhere.test(text), "must name a thing, such as blog/post/12");

/** The reference to a thing of a service. */
export function refer(service: string, kind: string, id: string | number): string {
  return `${service}/${kind}/${id}`;
}

/** What a reference names, or null for a thing that is elsewhere. */
export function readReference(text: string): { service: string; kind: string; id: string } | null {
  if (!own.test(text)) return null;
  const [service = "", kind = "", id = ""] = text.split("/");
  return { service, kind, id };
}
