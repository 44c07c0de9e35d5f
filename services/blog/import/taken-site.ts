// What the pipeline takes in: any program's export in the neutral shape, this blog's own included, whose sources
// may be Markdown too.

import type { ImportedPost, ImportedSite } from "./imported-site.ts";

export type TakenPost = Omit<ImportedPost, "source"> & {
  readonly source: { readonly format: ImportedPost["source"]["format"] | "markdown"; readonly text: string };
};

export type TakenSite = Omit<ImportedSite, "program" | "posts"> & {
  readonly program: ImportedSite["program"] | "rose-ash";
  readonly posts: readonly TakenPost[];
};
