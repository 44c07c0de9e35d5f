// A member's newsletters: boxes to tick, saved together.
import { type Answer, goOn, memberOf, type PageRequest, privatePage } from "@rose-ash/platform/app";
import { chooseNewsletters } from "../newsletter.ts";
import type { AccountParts } from "../routes.ts";

/** GET /newsletters/ */
export function newslettersPage({ store }: AccountParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const { id } = memberOf(request);
    const [choices, member] = await Promise.all([store.newsletters.choicesOf(id), store.members.find(id)]);
    return privatePage("~newsletters-page", "Newsletters", {
      newsletters: choices.map(({ slug, name, description, since }) => {
        return { slug, name, description, isChosen: since !== null };
      }),
      address: member?.address ?? "",
      done: request.query.get("done") === "saved" ? "Your choice is saved." : null,
    });
  };
}

/** POST /newsletters/ with a `newsletter` for each that is ticked. */
export function saveNewslettersPage(parts: AccountParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const wanted = new Set(request.form?.getAll("newsletter") ?? []);
    await chooseNewsletters(parts, memberOf(request).id, wanted);
    return goOn("/newsletters/?done=saved");
  };
}
