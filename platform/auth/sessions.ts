// Sessions of one service: who is behind a cookie, checked with the account service.
// Promise: a session whose device has ended is over within a minute, and at once where the check is live; money
// and administration ask live and are refused when nobody answers; a session gets a new id when its role changes.
// The rows are in the service's database; the cache in front of them only saves questions.
import { createHash, randomBytes } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import type { Cache } from "../cache/cache.ts";
import type { Caller } from "../rpc/caller.ts";
import type { Database } from "../store/store.ts";
import { identity, memberSchema } from "./identity.ts";
import type { Member, Viewer } from "./viewer.ts";
import { guest } from "./viewer.ts";

export interface Session {
  readonly idHash: string;
  readonly member: Member;
  readonly device: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly checkedAt: number;
}

export type SessionCheck =
  | {
      readonly kind: "known";
      readonly session: Session;
      /** Set when the session goes on under another id, which the browser has to be told. */
      readonly newId: string | null;
    }
  | { readonly kind: "guest"; readonly hadSession: boolean }
  /** A live check that nobody could answer. */
  | { readonly kind: "unknown" };

export interface Sessions {
  /** Begins a session; answers its id, which is nowhere else. */
  begin(member: Member, device: string): Promise<string>;
  /** Whose session this is, as the account service said within the last minute. Never answers `unknown`. */
  check(id: string): Promise<SessionCheck>;
  /** Asks the account service now about a session that was just checked. */
  confirm(session: Session): Promise<SessionCheck>;
  end(id: string): Promise<Session | null>;
  /** Ends all sessions of a device, or without one all of a member; answers how many. */
  endAll(which: { readonly device: string } | { readonly memberId: string }): Promise<number>;
}

export interface SessionsRequest {
  // biome-ignore lint/suspicious/noExplicitAny: the service's tables, beside the platform's
  readonly database: Database<any>;
  readonly cache: Cache;
  readonly fetchData: Caller["fetchData"];
  readonly now: () => Date;
}

const idleMs = 30 * 24 * 3600_000;
const absoluteMs = 180 * 24 * 3600_000;
/** How long the account's word is taken for true. */
const checkedForMs = 60_000;
/** How long reading goes on with an old word when the account service does not answer. */
const staleForMs = 10 * 60_000;
const cachedForMs = 30_000;
const seenEveryMs = 5 * 60_000;

export function createSessions({ database, cache, fetchData, now }: SessionsRequest): Sessions {
  return {
    async begin(member, device) {
      const id = randomBytes(32).toString("base64url");
      const at = now();
      await sql`
        insert into session (id_hash, member_id, member, device, created_at, seen_at, checked_at)
        values (${hashOf(id)}, ${member.id}, ${asText(member)}::jsonb, ${device}, ${at}, ${at}, ${at})`.execute(
        database.query,
      );
      return id;
    },

    async check(id) {
      if (!/^[A-Za-z0-9_-]{43}$/.test(id)) return { kind: "guest", hadSession: false };
      const session = await find(hashOf(id));
      if (session === null) return { kind: "guest", hadSession: true };
      const at = now().getTime();
      if (at - session.seenAt > idleMs || at - session.createdAt > absoluteMs) {
        await remove(session.idHash);
        return { kind: "guest", hadSession: true };
      }
      if (at - session.checkedAt < checkedForMs) return await seen(session, at);
      return await ask(session, "usual", at);
    },

    confirm: (session) => ask(session, "live", now().getTime()),

    async end(id) {
      const session = await find(hashOf(id));
      if (session) await remove(session.idHash);
      return session;
    },

    async endAll(which) {
      const condition =
        "device" in which ? sql`device = ${which.device}` : sql`member_id = ${which.memberId}::uuid`;
      const gone = await sql<{ id_hash: string }>`
        delete from session where ${condition} returning id_hash`.execute(database.query);
      await cache.delete(...gone.rows.map(({ id_hash }) => cacheKey(id_hash)));
      return gone.rows.length;
    },
  };

  async function ask(session: Session, how: "usual" | "live", at: number): Promise<SessionCheck> {
    const outcome = await fetchData(identity.queries.deviceState, { device: session.device });
    if (outcome.kind === "unavailable") {
      if (how === "live") return { kind: "unknown" };
      return at - session.checkedAt < staleForMs
        ? { kind: "known", session, newId: null }
        : { kind: "guest", hadSession: false };
    }
    if (outcome.answer.kind === "ended" || outcome.answer.member.id !== session.member.id) {
      await remove(session.idHash);
      return { kind: "guest", hadSession: true };
    }
    const member: Member = { kind: "member", ...outcome.answer.member };
    const newId = member.role === session.member.role ? null : randomBytes(32).toString("base64url");
    const idHash = newId === null ? session.idHash : hashOf(newId);
    const kept = await sql`
      update session set id_hash = ${idHash}, member = ${asText(member)}::jsonb, checked_at = ${new Date(at)},
        seen_at = ${new Date(at)}
      where id_hash = ${session.idHash} returning id_hash`.execute(database.query);
    await cache.delete(cacheKey(session.idHash));
    if (kept.rows.length === 0) return { kind: "guest", hadSession: true }; // ended meanwhile
    return { kind: "known", session: { ...session, idHash, member, checkedAt: at, seenAt: at }, newId };
  }

  async function seen(session: Session, at: number): Promise<SessionCheck> {
    if (at - session.seenAt > seenEveryMs) {
      await sql`update session set seen_at = ${new Date(at)} where id_hash = ${session.idHash}`.execute(
        database.query,
      );
      await cache.delete(cacheKey(session.idHash));
    }
    return { kind: "known", session, newId: null };
  }

  async function find(idHash: string): Promise<Session | null> {
    const cached = await cache.get(cacheKey(idHash));
    const copy = cached === null ? null : readCopy(cached);
    if (copy !== null && copy.idHash === idHash) return copy;
    const found = await sql<SessionRow>`
      select id_hash, member_id, member, device, created_at, seen_at, checked_at
      from session where id_hash = ${idHash}`.execute(database.query);
    const row = found.rows[0];
    if (!row) return null;
    const session = toSession(row);
    await cache.set(cacheKey(idHash), JSON.stringify(session), cachedForMs);
    return session;
  }

  async function remove(idHash: string): Promise<void> {
    await sql`delete from session where id_hash = ${idHash}`.execute(database.query);
    await cache.delete(cacheKey(idHash));
  }
}

/** Forgets sessions past their limits, sign-ins that nobody ended and tokens that cannot come again. */
export async function sweepSessions({
  database,
  now,
}: Pick<SessionsRequest, "database" | "now">): Promise<void> {
  const at = now().getTime();
  await sql`delete from session
    where seen_at < ${new Date(at - idleMs)} or created_at < ${new Date(at - absoluteMs)}`.execute(
    database.query,
  );
  await sql`delete from sign_in where expires_at < now()`.execute(database.query);
  await sql`delete from used_token where expires_at < now()`.execute(database.query);
}

const copySchema = z.object({
  idHash: z.string(),
  member: memberSchema.extend({ kind: z.literal("member") }),
  device: z.string(),
  createdAt: z.number(),
  seenAt: z.number(),
  checkedAt: z.number(),
});

/** A session as the cache has it; null for anything else, for a cache is not believed blindly. */
function readCopy(text: string): Session | null {
  try {
    return copySchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

interface SessionRow {
  id_hash: string;
  member_id: string;
  member: Omit<Member, "kind" | "id">;
  device: string;
  created_at: Date;
  seen_at: Date;
  checked_at: Date;
}

function toSession(row: SessionRow): Session {
  const { name, role, level } = row.member;
  return {
    idHash: row.id_hash,
    member: { kind: "member", id: row.member_id, name, role, level },
    device: row.device,
    createdAt: row.created_at.getTime(),
    seenAt: row.seen_at.getTime(),
    checkedAt: row.checked_at.getTime(),
  };
}

function asText({ name, role, level }: Member): string {
  return JSON.stringify({ name, role, level });
}

/** Who is behind the outcome of a check. */
export function viewerOf(check: SessionCheck): Viewer {
  return check.kind === "known" ? check.session.member : guest;
}

/** What of a secret id may be kept. */
export function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}

function cacheKey(idHash: string): string {
  return `session:${idHash}`;
}
