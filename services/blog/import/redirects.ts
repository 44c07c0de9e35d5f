// Redirects of an import, checked before they are kept: sources in the normal form of addresses, targets that are
// paths or http(s) addresses, and no circles. What fits which request is decided in addresses.ts.

import { maxAddressBytes, normalAddress, normalOldAddress } from "./addresses.ts";
import type { ImportedRedirect, NotTaken } from "./imported-site.ts";
import type { StagedRedirect } from "./staged-site.ts";

/** Checks redirects; `ownOrigins` are those whose addresses are paths of this site. */
export function stageRedirects(
  redirects: readonly ImportedRedirect[],
  ownOrigins: readonly (string | null)[],
): { redirects: StagedRedirect[]; notTaken: NotTaken[] } {
  const taken = new Map<string, StagedRedirect>();
  const notTaken: NotTaken[] = [];
  for (const redirect of redirects) {
    const refuse = (why: string) =>
      notTaken.push({ what: `redirect from ${redirect.from.slice(0, 100)}`, count: 1, why });
    const source = sourceOf(redirect);
    const target = targetOf(redirect.to.trim(), ownOrigins);
    const key = `${redirect.kind} ${source}`;
    if (source === null) refuse("Its old address is no path, or too long.");
    else if (target === null) refuse("It leads to something that is neither a path nor an http address.");
    else if (redirect.kind === "path" && pathOf(target) === source) refuse("It leads to itself.");
    else if (taken.has(key)) refuse("There is another one before it for the same address.");
    else
      taken.set(key, {
        kind: redirect.kind,
        source,
        target,
        status: redirect.status,
        ignoreCase: redirect.ignoreCase,
      });
  }
  for (const key of circles(taken)) {
    const { source } = taken.get(key)!;
    taken.delete(key);
    notTaken.push({
      what: `redirect from ${source.slice(0, 100)}`,
      count: 1,
      why: "Followed further, it leads back to itself.",
    });
  }
  return { redirects: [...taken.values()], notTaken };
}

function sourceOf({ kind, from }: ImportedRedirect): string | null {
  if (kind === "path") return normalOldAddress(from.split(/[?#]/, 1)[0]!);
  const usable =
    from.startsWith("/") &&
    from !== "/" &&
    !from.includes("\0") &&
    Buffer.byteLength(from) <= maxAddressBytes;
  return usable ? from.toWellFormed() : null;
}

function targetOf(to: string, ownOrigins: readonly (string | null)[]): string | null {
  if (to.length > 2000 || /[\s\0]/.test(to) || !to.isWellFormed()) return null;
  if (to.startsWith("/")) return /^\/[/\\]/.test(to) ? null : to;
  const url = URL.parse(to);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    return null;
  if (!ownOrigins.includes(url.origin)) return to;
  return to
    .slice(to.indexOf("/", "https://".length))
    .replace(/^[^/].*$/, "/")
    .replace(/^[/\\]+/, "/");
}

function pathOf(target: string): string | null {
  return target.startsWith("/") ? normalAddress(target.split(/[?#]/, 1)[0]!) : null;
}

/** The redirects from which following paths leads back to where one was. */
function circles(redirects: ReadonlyMap<string, StagedRedirect>): string[] {
  const found: string[] = [];
  const broken = new Set<string>();
  for (const [key, redirect] of redirects) {
    if (redirect.kind !== "path") continue;
    let at = pathOf(redirect.target);
    for (let steps = 0; at !== null && steps < 20; steps += 1) {
      if (at === redirect.source) {
        found.push(key);
        broken.add(key);
        break;
      }
      const next: string = `path ${at}`;
      const further = broken.has(next) ? undefined : redirects.get(next);
      at = further === undefined ? null : pathOf(further.target);
    }
  }
  return found;
}
