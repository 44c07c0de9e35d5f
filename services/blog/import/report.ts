// What an import did, as data and as sentences: what was taken, what was not and why, and what to look at.

import type { FoundImage } from "./images.ts";
import type { NotTaken } from "./imported-site.ts";
import type { Counts, ImportOutcome } from "./staged-site.ts";
import type { PostNotes, Staged } from "./staging.ts";
import type { TakenSite } from "./taken-site.ts";

export interface ImportReport {
  readonly program: string;
  readonly version: string;
  readonly site: string | null;
  readonly taken: {
    readonly posts: Counts;
    readonly pages: Counts;
    readonly authors: Counts;
    readonly tags: Counts;
    readonly redirects: Counts;
    readonly menus: ImportOutcome["menus"];
    readonly oldAddresses: number;
  };
  readonly notTaken: readonly NotTaken[];
  /** What to know of single posts. */
  readonly notes: readonly { readonly title: string; readonly notes: readonly string[] }[];
  /** Names of secrets in the file; their values were dropped. */
  readonly secretsDropped: readonly string[];
  readonly pictures: {
    readonly stored: number;
    readonly missing: readonly { readonly address: string; readonly why: string }[];
  };
  /** What cleaning took out of the posts, and how often. */
  readonly removed: Readonly<Record<string, number>>;
}

export function makeReport(site: TakenSite, staged: Staged, outcome: ImportOutcome): ImportReport {
  const withUnchanged = (counts: Counts, more: number) => ({ ...counts, unchanged: counts.unchanged + more });
  return {
    program: site.program,
    version: site.version,
    site: site.origin ?? site.title,
    taken: {
      posts: withUnchanged(outcome.posts, staged.unchanged.posts),
      pages: withUnchanged(outcome.pages, staged.unchanged.pages),
      authors: outcome.authors,
      tags: outcome.tags,
      redirects: outcome.redirects,
      menus: outcome.menus,
      oldAddresses: outcome.oldAddresses,
    },
    notTaken: staged.notTaken,
    notes: joinNotes(staged, outcome),
    secretsDropped: site.secretsDropped,
    pictures: picturesOf(staged.images),
    removed: staged.removed,
  };
}

function joinNotes(staged: Staged, outcome: ImportOutcome): ImportReport["notes"] {
  const titles = new Map(staged.site.posts.map(({ sourceKey, title }) => [sourceKey, title]));
  const joined = new Map<string, PostNotes>(staged.notes.map((post) => [post.sourceKey, post]));
  for (const { sourceKey, note } of outcome.notes) {
    const { title, notes } = joined.get(sourceKey) ?? {
      title: titles.get(sourceKey) ?? sourceKey,
      notes: [],
    };
    joined.set(sourceKey, { sourceKey, title, notes: [...notes, note] });
  }
  return [...joined.values()].map(({ title, notes }) => ({ title, notes }));
}

function picturesOf(images: ReadonlyMap<string, FoundImage>): ImportReport["pictures"] {
  const missing: { address: string; why: string }[] = [];
  for (const [address, image] of images)
    if (image.kind === "missing") missing.push({ address: shown(address), why: image.why });
  return { stored: images.size - missing.length, missing };
}

/** An address without what may be secret in it. */
function shown(address: string): string {
  return address
    .split(/[?#]/, 1)[0]!
    .replace(/\/\/[^/@]*@/, "//")
    .slice(0, 200);
}

const maxPrinted = 30;

/** The report in sentences, a line each. */
export function writeReport(report: ImportReport): string[] {
  const { taken, notTaken, notes, secretsDropped, pictures, removed } = report;
  const lines = [`Taken from ${programName(report)}${report.site === null ? "" : ` (${report.site})`}:`];
  for (const kind of ["posts", "pages", "authors", "tags", "redirects"] as const) {
    const { added, changed, unchanged } = taken[kind];
    if (added + changed + unchanged > 0)
      lines.push(`  ${kind}: ${added} new, ${changed} changed, ${unchanged} as before`);
  }
  if (taken.menus !== "none")
    lines.push(`  menus: ${taken.menus === "replaced" ? "taken over" : "as before"}`);
  if (taken.oldAddresses > 0) lines.push(`  old addresses that lead here now: ${taken.oldAddresses}`);
  if (pictures.stored + pictures.missing.length > 0) {
    lines.push(`  pictures: ${pictures.stored} stored, ${pictures.missing.length} missing`);
  }
  section(
    lines,
    "Not taken:",
    notTaken.map(({ what, count, why }) => `${what}${count === 1 ? "" : ` (${count})`}: ${why}`),
  );
  section(lines, "Secrets in the file, dropped unread:", secretsDropped);
  section(
    lines,
    "Taken out of posts because it could do harm or cannot be shown:",
    Object.entries(removed).map(([what, count]) => `${what}: ${count}`),
  );
  section(
    lines,
    "Missing pictures (links stand in for them; importing again tries once more):",
    missingLines(pictures.missing),
  );
  section(
    lines,
    "To look at:",
    notes.map(({ title, notes: said }) => `“${title}”: ${said.join(" ")}`),
  );
  return lines;
}

/** One line for each reason, with the first few addresses where the reason does not name its own. */
function missingLines(missing: ImportReport["pictures"]["missing"]): string[] {
  return [...Map.groupBy(missing, ({ why }) => why)].map(([why, pictures]) => {
    const [first] = pictures;
    if (pictures.length === 1 && first) return why.includes(first.address) ? why : `${first.address}: ${why}`;
    const names = pictures.slice(0, 3).map(({ address }) => address);
    return `${pictures.length} pictures (${names.join(", ")}${pictures.length > 3 ? " …" : ""}): ${why}`;
  });
}

function section(lines: string[], heading: string, entries: readonly string[]): void {
  if (entries.length === 0) return;
  lines.push(heading, ...entries.slice(0, maxPrinted).map((entry) => `  ${entry}`));
  if (entries.length > maxPrinted)
    lines.push(`  … and ${entries.length - maxPrinted} more; --json has them all.`);
}

function programName({ program, version }: ImportReport): string {
  const names: Record<string, string> = {
    wordpress: "a WordPress export",
    ghost: "a Ghost export",
    "rose-ash": "an export of this blog",
  };
  return `${names[program] ?? program}${version === "" ? "" : `, version ${version}`}`;
}
