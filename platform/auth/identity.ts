// Identity: what every service asks the account service about a signed-in person, and nothing more.
// The account service's contract contains these parts; they stand here because the platform itself calls them.
import { z } from "zod";
import { defineContract } from "../rpc/contract.ts";
import { roleSchema } from "./viewer.ts";

/** The account service's name in every installation. */
export const accountService = "account";

export const memberSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  role: roleSchema,
  level: z.string().nullable(),
});

/**
 * A device is one sign-in at the account service: all sessions that come of it end together. Its id is issued
 * by the account service and travels in code exchanges and signed calls only; it opens nothing by itself.
 */
export const identityParts = {
  queries: {
    deviceState: {
      params: z.object({ device: z.string().min(1).max(100) }),
      answer: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("active"), member: memberSchema }),
        z.object({ kind: z.literal("ended") }),
      ]),
      callers: "any",
    },
  },
  actions: {
    /** Signs a device out of everything; ending one that has ended or never was is the same. */
    endDevice: {
      payload: z.object({ device: z.string().min(1).max(100) }),
      answer: z.object({ kind: z.literal("ended") }),
      callers: "any",
    },
  },
  fragments: {
    /** Links to the account and out of it: the same for everybody of a kind, names are not in it. */
    accountMenu: {
      params: z.object({
        viewer: z.enum(["member", "staff"]),
        service: z.string(),
        locale: z.string(),
      }),
      freshMs: 60_000,
    },
  },
} as const;

export const identity = defineContract(accountService, identityParts);

/** What the ID token says beside the standard claims. */
export const identityClaims = z.object({
  sub: z.uuid(),
  name: z.string(),
  role: roleSchema,
  level: z.string().nullable(),
  device: z.string().min(1).max(100),
});
