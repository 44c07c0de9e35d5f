// Recent sign-ins: what is dangerous in the wrong hands (passkeys, an address, the erasure) is done only shortly
// after the member has shown that it is them, in the browser that does it. A session that was left open, or a
// cookie that was copied from another service, is not enough.
import type { PageRequest } from "@rose-ash/platform/app";
import type { SignIns } from "./oidc/sign-ins.ts";
import type { AccountParts } from "./routes.ts";

const recentMs = 10 * 60_000;

export type RecentSignIn =
  /** `subject` names the member and the session. */
  | { readonly kind: "recent"; readonly subject: string }
  /** The way to show it, for a redirect; it leads back to `next`. */
  | { readonly kind: "sign-in-again"; readonly to: string };

/** Whether the viewer has shown within ten minutes, in this browser, that it is them; otherwise they are asked to. */
export async function checkRecentSignIn(
  { now }: Pick<AccountParts, "now">,
  signIns: SignIns,
  request: PageRequest,
  next: string,
): Promise<RecentSignIn> {
  const { viewer } = request;
  const session = await signIns.session(request);
  const isTheirs = viewer.kind === "member" && session?.memberId === viewer.id;
  if (isTheirs && now().getTime() - session.signedInAt.getTime() <= recentMs) {
    return { kind: "recent", subject: `${session.memberId} ${session.deviceKey}` };
  }
  await signIns.askAgain(request, recentMs);
  return { kind: "sign-in-again", to: `/auth/sign-in/?next=${encodeURIComponent(next)}` };
}
