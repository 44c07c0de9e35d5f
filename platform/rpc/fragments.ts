// Fragments: pieces of page from other services, asked for together.
// Promise: a page waits for all of them no longer than one deadline; what comes later is kept for the next page.
// What holds script or handlers is thrown away, whoever sent it. Copies are kept by service, name and params,
// and params hold everything a piece depends on: see contract.ts.
import { hash } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import type { Cache } from "../cache/cache.ts";
import { isActiveMarkup } from "./active-markup.ts";
import type { Caller } from "./caller.ts";
import type { Fragment } from "./contract.ts";

/** A piece to ask for; made by `piece`. */
export interface Piece {
  readonly fragment: Fragment;
  readonly params: unknown;
}

/** Names a piece; the params are checked against the fragment by the compiler. */
export function piece<Params extends z.ZodType>(fragment: Fragment<Params>, params: z.input<Params>): Piece {
  return { fragment, params };
}

/** Answers each piece's markup in order, null for one that did not come in time. */
export type CollectFragments = (pieces: readonly Piece[]) => Promise<(string | null)[]>;

export interface FragmentSettings {
  readonly fetchFragment: Caller["fetchFragment"];
  readonly cache: Cache;
  readonly log: Logger;
  readonly deadlineMs?: number;
}

const usualDeadlineMs = 300;
/** A copy is shown this much longer while a new one is fetched, so that few pages wait. */
const staleForMs = 10 * 60_000;

export function createFragments(settings: FragmentSettings): CollectFragments {
  const { fetchFragment, cache, log, deadlineMs = usualDeadlineMs } = settings;
  const underWay = new Map<string, Promise<string | null>>();
  return async (pieces) => {
    if (pieces.length === 0) return [];
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), deadlineMs);
    });
    try {
      return await Promise.all(pieces.map((one) => Promise.race([find(one), deadline])));
    } finally {
      clearTimeout(timer);
    }
  };

  async function find(one: Piece): Promise<string | null> {
    const key = keyOf(one);
    const kept = readKept(await cache.get(key));
    if (kept && kept.freshUntil > Date.now()) return kept.markup;
    const fetching = underWay.get(key) ?? fetchAnew(one, key);
    return kept ? kept.markup : await fetching;
  }

  function fetchAnew(one: Piece, key: string): Promise<string | null> {
    const work = fetchOne(one, key).finally(() => underWay.delete(key));
    underWay.set(key, work);
    return work;
  }

  async function fetchOne({ fragment, params }: Piece, key: string): Promise<string | null> {
    const outcome = await fetchFragment(fragment, params);
    if (outcome.kind === "unavailable") return null;
    if (isActiveMarkup(outcome.answer)) {
      const { service, name } = fragment;
      log.error({ service, fragment: name }, "a fragment holds script and is not shown");
      return null;
    }
    const kept: Kept = { markup: outcome.answer, freshUntil: Date.now() + fragment.freshMs };
    await cache.set(key, JSON.stringify(kept), fragment.freshMs + staleForMs);
    return outcome.answer;
  }
}

const keptSchema = z.object({ markup: z.string(), freshUntil: z.number() });
type Kept = z.infer<typeof keptSchema>;

/** Null for what is not there or was left by somebody else, which is fetched anew. */
function readKept(text: string | null): Kept | null {
  if (text === null) return null;
  try {
    return keptSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function keyOf({ fragment, params }: Piece): string {
  const parsed = fragment.params.parse(params);
  return `fragment:${fragment.service}/${fragment.name}:${hash("sha256", JSON.stringify(parsed), "base64url")}`;
}
