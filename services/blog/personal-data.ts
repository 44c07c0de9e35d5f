// What the blog does about one person's data: what they wrote and sent as an editor is theirs to have; when they
// are erased their name goes from it and the site keeps what was published in its name.

import type { PersonalData } from "@rose-ash/platform/rpc";
import type { BlogParts } from "./routes.ts";

export const personalData: PersonalData<Pick<BlogParts, "store">> = {
  async gather(memberId, { store }) {
    return { ...(await store.tracesOf(memberId)) };
  },

  async erase(memberId, tx, { store }) {
    const { revisions, pictures } = await store.countTraces(tx, memberId);
    await store.forgetMember(tx, memberId);
    return [
      ...(revisions > 0
        ? [
            "The blog keeps the texts that you saved there, without your name: they are part of what the site published.",
          ]
        : []),
      ...(pictures > 0
        ? ["The blog keeps the pictures that you sent, without your name: its posts may show them."]
        : []),
    ];
  },
};
