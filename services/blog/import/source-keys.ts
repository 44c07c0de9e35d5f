// The names by which imported things are known again, and the hashes by which unchanged ones are recognised.

import { createHash } from "node:crypto";
import type { TakenSite } from "./taken-site.ts";

/** What every source key of this site begins with: program and origin ("ghost -" where the export names no origin). */
export function keyPrefixOf(site: Pick<TakenSite, "program" | "origin">): string {
  return `${site.program} ${site.origin ?? "-"} `;
}

/** The key of one thing. Numbers of the old site that are too long for an index are hashed. */
export function sourceKey(prefix: string, kind: "author" | "tag" | "post", sourceId: string): string {
  const id = sourceId.length > 200 || /[\s\0]/.test(sourceId) ? `sha256:${hashOf(sourceId)}` : sourceId;
  return `${prefix}${kind} ${id}`;
}

/** A fingerprint of plain data. */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 32);
}
