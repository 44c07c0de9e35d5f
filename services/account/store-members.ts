// Members in the database. An erased member is found by nobody; their row stays, so that the id is never given
// to somebody else.
import type { Role } from "@rose-ash/platform/auth";
import type { Database } from "@rose-ash/platform/store";
import { type Kysely, sql } from "kysely";
import type { Tx } from "./store.ts";
import type { Tables } from "./tables.ts";

export interface MemberRow {
  readonly id: string;
  /** As address.ts writes it. */
  readonly address: string;
  readonly name: string;
  readonly role: Role;
  /** The membership level's name; null without one. */
  readonly level: string | null;
  readonly joinedAt: Date;
}

export interface Members {
  /** Null when there is none, or none any more: also for one whose erasure is under way. */
  find(id: string, tx?: Tx): Promise<MemberRow | null>;
  findByAddress(address: string, tx?: Tx): Promise<MemberRow | null>;
  /** The names to show; those who are gone or unknown are left out. */
  namesOf(ids: readonly string[]): Promise<{ id: string; name: string }[]>;
  /** Members by name, `perPage` of them from `page` (from 1), and how many there are. */
  list(page: number, perPage: number): Promise<{ members: MemberRow[]; total: number }>;
  hasOperator(tx?: Tx): Promise<boolean>;
  /** Adds a member unless somebody has the address: answers whether. */
  add(tx: Tx, member: MemberRow): Promise<boolean>;
  rename(tx: Tx, id: string, name: string): Promise<void>;
  /** Makes `address` the member's; answers false when somebody else has it. */
  readdress(tx: Tx, id: string, address: string): Promise<boolean>;
  setLevel(tx: Tx, id: string, level: string | null): Promise<void>;
  /** Gives a role, and keeps everybody else from changing roles until the transaction ends. */
  setRole(tx: Tx, id: string, role: Role): Promise<void>;
  /** Those who are operators, locked against a change of their role until the transaction ends. */
  lockOperators(tx: Tx): Promise<string[]>;
  /** Leaves nothing of the member but the id. */
  erase(tx: Tx, id: string, now: Date): Promise<void>;
}

const columns = ["id", "address", "name", "role", "level", "joined_at"] as const;

export function createMembers({ query }: Database<Tables>): Members {
  const present = (on: Kysely<Tables>) =>
    on.selectFrom("member").select(columns).where("erased_at", "is", null);
  return {
    async find(id, tx) {
      const row = await present(tx ?? query)
        .where("id", "=", id)
        .where("leaving_at", "is", null)
        .executeTakeFirst();
      return row ? toMember(row) : null;
    },
    async findByAddress(address, tx) {
      const row = await present(tx ?? query)
        .where("address", "=", address)
        .executeTakeFirst();
      return row ? toMember(row) : null;
    },
    async namesOf(ids) {
      if (ids.length === 0) return [];
      const rows = await present(query)
        .where("id", "in", [...ids])
        .execute();
      return rows.map(({ id, name }) => ({ id, name }));
    },
    async list(page, perPage) {
      const rows = await present(query)
        .orderBy(sql`lower(name)`)
        .orderBy("id")
        .limit(perPage)
        .offset((page - 1) * perPage)
        .execute();
      const { total } = await query
        .selectFrom("member")
        .select((of) => of.fn.countAll<number>().as("total"))
        .where("erased_at", "is", null)
        .executeTakeFirstOrThrow();
      return { members: rows.map(toMember), total };
    },
    async hasOperator(tx) {
      const row = await present(tx ?? query)
        .where("role", "=", "operator")
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async add(tx, { id, address, name, role, level, joinedAt }) {
      const added = await tx
        .insertInto("member")
        .values({ id, address, name, role, level, joined_at: joinedAt })
        .onConflict((on) => on.column("address").doNothing())
        .returning("id")
        .executeTakeFirst();
      return added !== undefined;
    },
    async rename(tx, id, name) {
      await tx.updateTable("member").set({ name }).where("id", "=", id).execute();
    },
    async readdress(tx, id, address) {
      const changed = await tx
        .updateTable("member")
        .set({ address })
        .where("id", "=", id)
        .where(({ not, exists, selectFrom }) =>
          not(exists(selectFrom("member as other").select("other.id").where("other.address", "=", address))),
        )
        .returning("id")
        .executeTakeFirst();
      return changed !== undefined;
    },
    async setLevel(tx, id, level) {
      await tx.updateTable("member").set({ level }).where("id", "=", id).execute();
    },
    async setRole(tx, id, role) {
      await tx.updateTable("member").set({ role }).where("id", "=", id).execute();
    },
    async lockOperators(tx) {
      const rows = await present(tx)
        .where("role", "=", "operator")
        .where("leaving_at", "is", null)
        .orderBy("id")
        .forUpdate()
        .execute();
      return rows.map(({ id }) => id);
    },
    async erase(tx, id, now) {
      await tx.deleteFrom("passkey").where("member_id", "=", id).execute();
      await sql`delete from sign_in_letter where address = (select address from member where id = ${id})`.execute(
        tx,
      );
      await sql`delete from operator_link where claimed_address = (select address from member where id = ${id})`.execute(
        tx,
      );
      // The rows stay for a while: those who must still hear that the devices ended are named by them.
      await sql`update device set summary = 'erased', browser_hash = '' where member_id = ${id}`.execute(tx);
      await tx
        .updateTable("member")
        .set({ address: null, name: "Former member", role: "member", level: null, erased_at: now })
        .where("id", "=", id)
        .where("erased_at", "is", null)
        .execute();
      await sql`select erase_from_audit(${id}::uuid)`.execute(tx);
    },
  };
}

function toMember(row: {
  id: string;
  address: string | null;
  name: string;
  role: string;
  level: string | null;
  joined_at: Date;
}): MemberRow {
  if (row.address === null) throw new Error(`Member ${row.id} is erased and was read as one who is here.`);
  const role = row.role as Role; // the table's check allows no other
  return {
    id: row.id,
    address: row.address,
    name: row.name,
    role,
    level: row.level,
    joinedAt: row.joined_at,
  };
}
