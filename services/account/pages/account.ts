// The member's own front page: who they are here, and what they can look after.
import { type Answer, memberOf, type PageRequest, privatePage } from "@rose-ash/platform/app";
import { mayAct } from "@rose-ash/platform/auth";
import type { AccountParts } from "../routes.ts";

/** GET / */
export function accountPage({ store, site }: AccountParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const viewer = memberOf(request);
    const member = await store.members.find(viewer.id);
    if (!member) return { kind: "not-found" };
    const { name, address, role, level } = member;
    return privatePage("~account-page", "My account", {
      name,
      address,
      role,
      level,
      siteTitle: site.title,
      links: [
        ...ownLinks,
        ...(mayAct(viewer, "admin") ? adminLinks : []),
        ...(mayAct(viewer, "operator") ? operatorLinks : []),
      ].map(([href, label, hint]) => ({ href, label, hint })),
    });
  };
}

type Link = readonly [href: string, label: string, hint: string];

const ownLinks: readonly Link[] = [
  ["/profile/", "Your profile", "The name that others see."],
  ["/devices/", "Where you are signed in", "Your browsers, and how to sign them out."],
  ["/passkeys/", "Passkeys", "Sign in with your phone, computer or security key."],
  ["/newsletters/", "Newsletters", "Which letters you want."],
  ["/services/", "Linked services", "The parts of this site that know you."],
  ["/export/", "Your data", "Everything that is kept about you, as a file."],
  ["/erase/", "Erase your account", "Leave, and take your data out."],
];
const adminLinks: readonly Link[] = [
  ["/members/", "Members", "Look people up, give roles and membership levels."],
];
const operatorLinks: readonly Link[] = [
  ["/operations/", "Operations", "What waits, what went wrong, and who did what."],
];
