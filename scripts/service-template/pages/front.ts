// The front page: the newest entries.
import type { Answer } from "@rose-ash/platform/app";
import type { Parts } from "../routes.ts";

export function frontPage({ store, settings, site, origin }: Parts) {
  return async (): Promise<Answer> => {
    const entries = await store.listNewest(settings.entriesShown);
    const head = { title: site.title, canonical: `${origin}/` };
    const titles = entries.map(({ title }) => title);
    return { kind: "page", component: "~front-page", props: { head, titles }, cache: "public" };
  };
}
