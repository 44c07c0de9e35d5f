// Back-channel logout: the clients of a device are told that it ended, by a signed token (OpenID Connect
// Back-Channel Logout 1.0). Promise: only addresses of our own clients are called, wherever those are; when one
// cannot be reached this throws, so that the bus tries again, and telling one twice is harmless.
import type Provider from "oidc-provider";
import { createAccountKeys } from "../keys.ts";
import type { AccountParts } from "../routes.ts";
import { clientOrigins } from "./clients.ts";
import { type ClientFetch, createProvider } from "./provider.ts";

/** The device that ended: it is the `sid` of all its ID tokens. */
interface Ended {
  readonly device: string;
  readonly memberId: string;
}

/** Tells every client; throws, after all were tried, when one must be told again. */
export async function tellClients(
  parts: AccountParts,
  clients: readonly string[],
  ended: Ended,
): Promise<void> {
  if (clients.length === 0) return;
  const provider = createProvider(parts, createAccountKeys(parts.secrets), ownClientsOnly(parts));
  const told = await Promise.all(clients.map((name) => tellClient(provider, parts, name, ended)));
  const missed = clients.filter((_, index) => told[index] === "try-again");
  if (missed.length > 0) {
    throw new Error(`Not all services heard that a device ended: ${missed.join(", ")} will be told again.`);
  }
}

/** Sends a logout token with this `sub` and `sid`; throws when the answer is neither 200 nor 204. */
type TellLogout = (sub: string, sid: string) => Promise<void>;

type Told = "told" | "refused" | "try-again";

async function tellClient(
  provider: Provider,
  { log }: AccountParts,
  name: string,
  { device, memberId }: Ended,
): Promise<Told> {
  const client = await provider.Client.find(name);
  if (!client) return "told"; // no longer installed: it has no sessions either
  try {
    const tell = client.backchannelLogout as TellLogout; // the library has it, its types do not
    await tell.call(client, memberId, device);
    return "told";
  } catch (error) {
    const status = statusOf(error);
    // What a client refuses it refuses again: its sessions end when it next asks about the device.
    const isFinal = status !== null && status >= 400 && status < 500;
    log.warn(
      { client: name, status, err: isFinal ? undefined : error },
      "a client did not take a logout token",
    );
    return isFinal ? "refused" : "try-again";
  }
}

/** The status that the client answered with, which the library puts on its error; null when it did not answer. */
function statusOf(error: unknown): number | null {
  const response: unknown = error instanceof Error && "response" in error ? error.response : null;
  return response instanceof Response ? response.status : null;
}

/**
 * Calls our own clients and nobody else. The library's guard against private addresses is left out: those are
 * where our services may be, and no visitor has a say in these addresses.
 */
function ownClientsOnly(parts: AccountParts): ClientFetch {
  const allowed = new Set(
    [...clientOrigins(parts).values()].map((origin) => `${origin}/auth/back-channel-logout`),
  );
  return async (url, { method, headers, body, signal }) => {
    if (!allowed.has(url)) throw new Error("A logout token was to be sent to an address of no client.");
    const sent = { method, headers, body, signal, redirect: "manual" } as RequestInit; // none of them undefined here
    return await parts.fetchOwn(url, sent);
  };
}
