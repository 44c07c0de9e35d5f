// The directory: members as admins look them up, by name, a page at a time. Those who are leaving or gone are not
// in it.
import type { Role } from "@rose-ash/platform/auth";
import type { Database } from "@rose-ash/platform/store";
import { sql } from "kysely";
import type { Tables } from "./tables.ts";

export interface DirectoryEntry {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly level: string | null;
  readonly joinedAt: Date;
}

export interface Directory {
  /** Members whose name contains `name` (all with ""), `perPage` of them from `page` (from 1), and how many. */
  search(name: string, page: number, perPage: number): Promise<{ members: DirectoryEntry[]; total: number }>;
}

export function createDirectory({ query }: Database<Tables>): Directory {
  return {
    async search(name, page, perPage) {
      const pattern = `%${name.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
      const found = sql`from member
        where erased_at is null and leaving_at is null and lower(name) like ${pattern}`;
      const { rows } = await sql<DirectoryEntry>`
        select id, name, role, level, joined_at as "joinedAt" ${found}
        order by lower(name), id limit ${perPage} offset ${(page - 1) * perPage}`.execute(query);
      const counted = await sql<{ total: number }>`select count(*)::int as total ${found}`.execute(query);
      return { members: rows, total: counted.rows[0]?.total ?? 0 };
    },
  };
}
