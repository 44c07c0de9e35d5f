// The export: everything that the services of this site hold about a member, asked of all of them at once.
// Promise: a service that does not answer is named, so that nobody takes half of their data for all of it.
import { personalDataOf } from "@rose-ash/platform/rpc";
import type { AccountParts } from "./routes.ts";

export interface Export {
  readonly format: "rose-ash-personal-data";
  readonly version: 1;
  readonly site: string;
  readonly memberId: string;
  /** ISO 8601. */
  readonly exportedAt: string;
  /** What each service holds, by its name. */
  readonly services: Readonly<Record<string, unknown>>;
  /** The services that did not answer: their data are not in here. */
  readonly missing: readonly string[];
}

/** Asks every service; takes as long as the slowest, three seconds at most. */
export async function gatherExport(
  { installed, fetchData, site, now }: AccountParts,
  memberId: string,
): Promise<Export> {
  const names = [...installed].sort();
  const outcomes = await Promise.all(names.map((name) => fetchData(personalDataOf(name), { memberId })));
  const services: [string, unknown][] = [];
  const missing: string[] = [];
  for (const [index, name] of names.entries()) {
    const outcome = outcomes[index];
    if (outcome?.kind === "answered") services.push([name, outcome.answer]);
    else missing.push(name);
  }
  return {
    format: "rose-ash-personal-data",
    version: 1,
    site: site.title,
    memberId,
    exportedAt: now().toISOString(),
    services: Object.fromEntries(services),
    missing,
  };
}
