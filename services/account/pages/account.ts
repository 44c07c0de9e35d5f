// The member's own front page: who they are here, and what they can look after.
import type { Answer, PageRequest } from "@rose-ash/platform/app";
import type { AccountParts } from "../routes.ts";

/** GET / */
export function accountPage({ store, site }: AccountParts) {
  return async ({ viewer }: PageRequest): Promise<Answer> => {
    const member = viewer.kind === "member" ? await store.members.find(viewer.id) : null;
    if (!member) return { kind: "not-found" };
    const { name, address, role } = member;
    const props = {
      head: { title: "My account", noindex: true },
      name,
      address,
      role,
      siteTitle: site.title,
    };
    return { kind: "page", component: "~account-page", props, cache: "none" };
  };
}
