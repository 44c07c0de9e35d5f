// Logout tokens: the account service's word that a session or a person is signed out (OpenID Connect Back-Channel
// Logout 1.0). Promise: a token is believed once, when it is signed by the account service for this client, is
// of now, and is a logout token and nothing else.
import { createRemoteJWKSet, customFetch, jwtVerify } from "jose";
import { sql } from "kysely";
import { z } from "zod";
import type { Database } from "../store/store.ts";

export type LogoutOrder =
  | { readonly kind: "end"; readonly sid: string | null; readonly memberId: string | null }
  /** Seen before: nothing more to do, and no error either. */
  | { readonly kind: "repeated" }
  | { readonly kind: "refused"; readonly reason: string }
  /** The account service's keys could not be had just now: it is to send the token again. */
  | { readonly kind: "unreadable"; readonly reason: string };

export interface LogoutTokens {
  read(token: string): Promise<LogoutOrder>;
}

const backChannelLogout = "http://schemas.openid.net/event/backchannel-logout";

const claimsSchema = z.object({
  jti: z.string().min(1).max(200),
  iat: z.number(),
  sid: z.string().min(1).max(200).optional(),
  sub: z.uuid().optional(),
  events: z.object({ [backChannelLogout]: z.object({}) }),
  nonce: z.never().optional(),
});

export interface LogoutTokenSettings {
  readonly service: string;
  readonly issuer: string;
  // biome-ignore lint/suspicious/noExplicitAny: the service's tables, beside the platform's
  readonly database: Database<any>;
  readonly fetch: typeof fetch;
  readonly now: () => Date;
}

class KeysUnreachable extends Error {}

/** A token older than this is refused, whatever it says of its own life. */
const oldestSeconds = 300;

export function createLogoutTokens(settings: LogoutTokenSettings): LogoutTokens {
  const { service, issuer, database, fetch, now } = settings;
  const keys = createRemoteJWKSet(new URL(`${issuer}/oidc/jwks`), {
    [customFetch]: async (url, options) => {
      try {
        const answer = await fetch(url, options);
        if (answer.status === 200) return answer;
        throw new Error(`The keys were answered with ${answer.status}.`);
      } catch (cause) {
        throw new KeysUnreachable("The account service's keys could not be fetched.", { cause });
      }
    },
  });
  return {
    async read(token) {
      let payload: unknown;
      try {
        const verified = await jwtVerify(token, keys, {
          issuer,
          audience: service,
          typ: "logout+jwt",
          algorithms: ["EdDSA", "Ed25519"],
          maxTokenAge: oldestSeconds,
          clockTolerance: 30,
          currentDate: now(),
        });
        payload = verified.payload;
      } catch (error) {
        if (error instanceof KeysUnreachable) return { kind: "unreadable", reason: error.message };
        return { kind: "refused", reason: error instanceof Error ? error.name : "unreadable" };
      }
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success) return { kind: "refused", reason: "not a logout token" };
      const { jti, sid, sub } = claims.data;
      if (sid === undefined && sub === undefined) return { kind: "refused", reason: "names nobody" };
      const first = await sql`
        insert into used_token (id, expires_at) values (${jti}, ${new Date(now().getTime() + 2 * oldestSeconds * 1000)})
        on conflict do nothing returning id`.execute(database.query);
      if (first.rows.length === 0) return { kind: "repeated" };
      return { kind: "end", sid: sid ?? null, memberId: sub ?? null };
    },
  };
}
