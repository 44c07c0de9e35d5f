// The clients of the OpenID Connect server: the services of this installation that have a public address, and
// nobody else. Every one is confidential, with a secret and addresses of its own; the addresses are exact.
import type { ClientMetadata } from "oidc-provider";
import type { AccountParts } from "../routes.ts";
import { signingAlgorithm } from "./signing-key.ts";

/** The public addresses of the services that people sign in to, by name; the account service is one of them. */
export function clientOrigins(
  parts: Pick<AccountParts, "installed" | "originOf" | "origin">,
): ReadonlyMap<string, string> {
  const named = parts.installed.map((name) => {
    return [name, name === "account" ? parts.origin : parts.originOf(name)] as const;
  });
  const found = named.filter((entry): entry is readonly [string, string] => entry[1] !== null);
  return new Map(found);
}

export function describeClients(parts: AccountParts): ClientMetadata[] {
  return [...clientOrigins(parts)].map(([name, origin]) => {
    const secret = parts.secrets.clients[name];
    if (secret === undefined || secret.length < 32) {
      throw new Error(
        `The service ${name} has no client secret of 32 characters or more: add it to the secrets.`,
      );
    }
    return {
      client_id: name,
      client_secret: secret,
      client_name: name,
      application_type: "web",
      token_endpoint_auth_method: "client_secret_basic",
      grant_types: ["authorization_code"],
      response_types: ["code"],
      response_modes: ["query"],
      redirect_uris: [`${origin}/auth/callback`],
      post_logout_redirect_uris: [`${origin}/`],
      backchannel_logout_uri: `${origin}/auth/back-channel-logout`,
      backchannel_logout_session_required: true,
      id_token_signed_response_alg: signingAlgorithm,
      require_auth_time: true,
    };
  });
}
