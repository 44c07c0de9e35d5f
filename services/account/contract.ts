// What other services may ask of the account: who is behind a session, what members are called, and the menu
// that every page shows a visitor. Signing in itself is OpenID Connect: see oidc/.

import { identityParts } from "@rose-ash/platform/auth";
import { defineContract } from "@rose-ash/platform/rpc";
import { z } from "zod";

export const account = defineContract("account", {
  queries: {
    ...identityParts.queries,
    /** The names to show of members; those who are gone or unknown are left out. */
    memberNames: {
      params: z.object({ ids: z.array(z.uuid()).max(100) }),
      answer: z.array(z.object({ id: z.uuid(), name: z.string() })),
      callers: "any",
    },
  },
  actions: identityParts.actions,
  facts: {
    memberJoined: {
      type: "Create",
      visibility: "internal",
      data: z.object({ memberId: z.uuid() }),
    },
    /** A device's sessions are over; its clients are told by back-channel logout. */
    deviceEnded: {
      type: "Leave",
      visibility: "internal",
      data: z.object({ device: z.string(), memberId: z.uuid() }),
    },
    /** Somebody asked for a letter to sign in with. For this service's own post office; what is in it is secret. */
    letterAsked: {
      type: "Create",
      visibility: "internal",
      data: z.object({ letterId: z.uuid() }),
    },
    /** A member signed in with a browser that they had not used here before: they are told so. */
    deviceBegun: {
      type: "Join",
      visibility: "internal",
      data: z.object({ deviceKey: z.string(), memberId: z.uuid() }),
    },
    newsletterJoined: {
      type: "Follow",
      visibility: "internal",
      data: z.object({ memberId: z.uuid(), newsletter: z.string() }),
    },
    newsletterLeft: {
      type: "Undo",
      visibility: "internal",
      data: z.object({ memberId: z.uuid(), newsletter: z.string() }),
    },
    /** Somebody asked to be erased; every service is asked to in turn. */
    erasureRequested: {
      type: "Delete",
      visibility: "internal",
      data: z.object({ memberId: z.uuid(), erasureId: z.uuid() }),
    },
  },
  fragments: identityParts.fragments,
});
