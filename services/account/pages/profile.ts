// The profile: the name that others see.
import { type Answer, goOn, memberOf, type PageRequest, privatePage } from "@rose-ash/platform/app";
import { longestName } from "../address.ts";
import { checkName, type NameCheck, rename } from "../profile.ts";
import type { AccountParts } from "../routes.ts";

const sentences: Readonly<Record<Exclude<NameCheck["kind"], "good">, string>> = {
  empty: "Type the name that others should see.",
  "too-long": `A name has ${longestName} characters at most.`,
  "control-characters":
    "There is something in this name that cannot be seen, such as a line break: type it again.",
};

/** GET /profile/ */
export function profilePage(parts: AccountParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const member = await parts.store.members.find(memberOf(request).id);
    if (!member) return { kind: "not-found" };
    const isSaved = request.query.get("done") === "saved";
    const done = isSaved ? "Your name is saved. Other parts of the site show it within a minute." : null;
    return show({ typed: member.name, address: member.address, error: null, done });
  };
}

/** POST /profile/ with `name`. */
export function saveProfilePage(parts: AccountParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const { id } = memberOf(request);
    const member = await parts.store.members.find(id);
    if (!member) return { kind: "not-found" };
    const typed = request.form?.get("name") ?? "";
    const checked = checkName(typed);
    if (checked.kind !== "good") {
      const error = sentences[checked.kind];
      return show({ typed: typed.slice(0, 1000), address: member.address, error, done: null });
    }
    await rename(parts, { memberId: id, name: checked.name, requestId: request.id });
    return goOn("/profile/?done=saved");
  };
}

function show(shown: { typed: string; address: string; error: string | null; done: string | null }): Answer {
  return privatePage("~profile-page", "Your profile", shown, shown.error === null ? 200 : 422);
}
