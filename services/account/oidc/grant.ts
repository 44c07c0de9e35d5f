// What a sign-in comes to: the account behind a session, and the grant that a session gives to a client. There is
// no consent page, since the clients are the site's own; the device begins where the first grant is given.
import { type Account, type Configuration, errors, type KoaContextWithOIDC } from "oidc-provider";
import { noteDevice } from "../device.ts";
import { type AccountKeys, hashOf } from "../keys.ts";
import type { AccountParts } from "../routes.ts";
import { readBrowser } from "./browser.ts";
import { cookieNames } from "./cookie-names.ts";

/** The member behind a session; where tokens are made or checked, only while its device has not ended. */
export function accountFinder(
  { store }: AccountParts,
  keys: AccountKeys,
): NonNullable<Configuration["findAccount"]> {
  return async (_ctx, sub, token): Promise<Account | undefined> => {
    const sessionUid = token && "sessionUid" in token ? token.sessionUid : undefined;
    const device = sessionUid === undefined ? undefined : keys.deviceId(sessionUid);
    if (device !== undefined && (await store.devices.find(hashOf(device))) === null) return undefined;
    const member = await store.members.find(sub);
    if (!member) return undefined;
    const { name, role, level } = member;
    return { accountId: sub, claims: async () => ({ sub, name, role, level, device }) };
  };
}

/** Is the person behind the session to show that it is still them? See sign-ins.ts. */
export function isAskedAgain({ session }: Pick<KoaContextWithOIDC["oidc"], "session">, now: Date): boolean {
  const until = session?.state?.againUntil;
  return typeof until === "number" && until > now.getTime();
}

/** Finds or makes the one grant of a session to a client. */
export function grantGiver(
  parts: AccountParts,
  keys: AccountKeys,
): NonNullable<Configuration["loadExistingGrant"]> {
  const browserCookie = cookieNames(parts.origin).browser;
  return async (ctx) => {
    const { session, client, account, provider } = ctx.oidc;
    if (!session || !client || !account) throw new Error("A grant was asked for without session or client.");
    // Named after session and client, so that two tabs at once mean the same grant.
    const grantId = keys.grantId(session.uid, client.clientId);
    const device = await noteDevice(parts, keys, {
      sessionUid: session.uid,
      memberId: account.accountId,
      browser: readBrowser(ctx, browserCookie),
      userAgent: ctx.get("user-agent"),
      client: client.clientId,
      grantHash: hashOf(grantId),
    });
    if (device === null) throw new errors.LoginRequired("the session has ended");
    if (ctx.oidc.result?.login && isAskedAgain(ctx.oidc, parts.now())) session.state = undefined;
    // Logout tokens then name what the ID token named: the device.
    session.sidFor(client.clientId, device);
    return (await provider.Grant.find(grantId)) ?? (await giveGrant(ctx, grantId));
  };
}

async function giveGrant({ oidc }: KoaContextWithOIDC, grantId: string) {
  const { provider, account, client } = oidc;
  const grant = new provider.Grant({ accountId: account?.accountId, clientId: client?.clientId });
  grant.jti = grantId;
  grant.addOIDCScope("openid");
  await grant.save();
  return grant;
}
