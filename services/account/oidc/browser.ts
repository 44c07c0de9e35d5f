// The browser cookie: tells one browser from another before anybody is signed in. It is signed, so only one of
// ours is believed, and on https no other host can set it. Nothing is granted for it: a sign-in must end in the
// browser it was begun in, and a member is told when a sign-in comes from one that they never used.
import type { KoaContextWithOIDC } from "oidc-provider";
import { randomToken } from "../keys.ts";

type Context = Pick<KoaContextWithOIDC, "cookies">;

const keptMs = 400 * 24 * 3_600_000;

/** The browser's mark, or null when it has none of ours. */
export function findBrowser({ cookies }: Context, name: string): string | null {
  return cookies.get(name, { signed: true }) ?? null;
}

/** The browser's mark; one without gets one. */
export function readBrowser(context: Context, name: string): string {
  const known = findBrowser(context, name);
  if (known !== null) return known;
  const fresh = randomToken();
  context.cookies.set(name, fresh, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    maxAge: keptMs,
    signed: true,
  });
  return fresh;
}
