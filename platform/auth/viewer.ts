// The viewer: who is looking at a page, and what they may do. Roles hold those below them.
// A viewer comes from a session that was checked (sign-in is the account service's); a page never takes one
// from a header, a field or a cookie of its own.
import { z } from "zod";

/** From lowest to highest: each may do what those before it may. */
export const roles = ["member", "editor", "admin", "operator"] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export interface Member {
  readonly kind: "member";
  /** The account's id for the person, a UUID: the only thing of them that other services keep. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** The membership level's name, such as "supporter"; null without one. */
  readonly level: string | null;
}

export type Viewer = { readonly kind: "guest" } | Member;

export const guest: Viewer = { kind: "guest" };

/** May this viewer do what `role` is needed for? */
export function mayAct(viewer: Viewer, role: Role): viewer is Member {
  return viewer.kind === "member" && roles.indexOf(viewer.role) >= roles.indexOf(role);
}
