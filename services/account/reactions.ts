// What the account service does about its own facts: letters and notices are mailed, the clients of a device
// that ended are told, and who asked to be erased is, in every service; each again and again until it went through.
import { relay } from "@rose-ash/platform/bus";
import { account } from "./contract.ts";
import { continueErasure } from "./erasure.ts";
import { createAccountKeys, hashOf } from "./keys.ts";
import { tellClients } from "./oidc/logout.ts";
import { sendLetter, sendNewBrowserNotice } from "./post-office.ts";
import type { AccountParts } from "./routes.ts";

export const reactions = [
  relay(account.facts.letterAsked, "send-letter", async ({ data }, parts: AccountParts) => {
    await sendLetter(parts, data.letterId);
    await parts.store.sweep(parts.now());
  }),
  relay(account.facts.deviceBegun, "tell-of-new-browser", async ({ data }, parts: AccountParts) => {
    await sendNewBrowserNotice(parts, data.deviceKey);
  }),
  relay(account.facts.deviceEnded, "tell-clients", async ({ data }, parts: AccountParts) => {
    const clients = await parts.store.devices.clientsOf(hashOf(data.device));
    await tellClients(parts, clients, data);
  }),
  relay(account.facts.erasureRequested, "erase-everywhere", async ({ data }, parts: AccountParts) => {
    await continueErasure(parts, createAccountKeys(parts.secrets), data.erasureId);
  }),
];
