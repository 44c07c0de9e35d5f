// The rows of what leads somewhere: old addresses, redirects and menus. Called inside the transactions of
// writing.ts. Promise: what is already as it should be is not touched.

import { sql, type Transaction } from "kysely";
import type {
  Counts,
  ImportOutcome,
  StagedMenu,
  StagedMenuItem,
  StagedRedirect,
} from "./import/staged-site.ts";
import type { Tables } from "./tables.ts";
import { slices } from "./writing-posts.ts";

/** Lets addresses lead to posts. Of two posts that claim one the first has it. Answers how many are new. */
export async function keepOldAddresses(
  tx: Transaction<Tables>,
  addresses: readonly { readonly address: string; readonly postId: number }[],
): Promise<number> {
  const first = new Map<string, number>();
  for (const { address, postId } of addresses) if (!first.has(address)) first.set(address, postId);
  let added = 0;
  for (const batch of slices([...first].map(([address, id]) => ({ address, id })))) {
    const { rows } = await sql<{ isNew: boolean }>`
      insert into old_address (address, post_id)
      select r.address, r.id from json_to_recordset(${JSON.stringify(batch)}::json) as r (address text, id bigint)
      on conflict (address) do update set post_id = excluded.post_id
      where old_address.post_id <> excluded.post_id
      returning (xmax = 0) as "isNew"`.execute(tx);
    added += rows.filter(({ isNew }) => isNew).length;
  }
  return added;
}

export async function saveRedirects(
  tx: Transaction<Tables>,
  redirects: readonly StagedRedirect[],
): Promise<Counts> {
  const { rows } = await sql<StagedRedirect>`
    select kind, source, target, status, ignore_case as "ignoreCase" from redirect`.execute(tx);
  const known = new Map(rows.map((row) => [`${row.kind} ${row.source}`, row]));
  const wanted = new Map(redirects.map((redirect) => [`${redirect.kind} ${redirect.source}`, redirect]));
  const added: StagedRedirect[] = [];
  const changed: StagedRedirect[] = [];
  for (const [key, redirect] of wanted) {
    const row = known.get(key);
    if (!row) added.push(redirect);
    else if (
      row.target !== redirect.target ||
      row.status !== redirect.status ||
      row.ignoreCase !== redirect.ignoreCase
    )
      changed.push(redirect);
  }
  for (const batch of slices([...added, ...changed])) {
    await sql`
      insert into redirect (kind, source, target, status, ignore_case)
      select r.kind, r.source, r.target, r.status, r."ignoreCase"
      from json_to_recordset(${JSON.stringify(batch)}::json)
        as r (kind text, source text, target text, status integer, "ignoreCase" boolean)
      on conflict (kind, source) do update
      set target = excluded.target, status = excluded.status, ignore_case = excluded.ignore_case`.execute(tx);
  }
  const unchanged = wanted.size - added.length - changed.length;
  return { added: added.length, changed: changed.length, unchanged };
}

interface MenuRow {
  readonly place: string;
  /** The labels' positions from the top, such as "0.2": says where the entry stands and below what. */
  readonly where: string;
  readonly label: string;
  readonly url: string | null;
  readonly post: number | null;
  readonly tag: number | null;
}

/** Replaces all menus by these, when there are any and they differ. Entries that lead to nothing are left out. */
export async function saveMenus(
  tx: Transaction<Tables>,
  menus: readonly StagedMenu[],
  postIds: ReadonlyMap<string, number>,
  tagIds: ReadonlyMap<string, number>,
): Promise<ImportOutcome["menus"]> {
  if (menus.length === 0) return "none";
  const wanted: MenuRow[] = [];
  for (const { place, items } of menus) {
    const next = new Map<string, number>();
    const add = (item: StagedMenuItem, above: string) => {
      const { target } = item;
      const url = target.kind === "address" ? target.url : null;
      const post = target.kind === "post" ? (postIds.get(target.key) ?? null) : null;
      const tag = target.kind === "tag" ? (tagIds.get(target.key) ?? null) : null;
      let where = above;
      if (url !== null || post !== null || tag !== null) {
        const position = next.get(above) ?? 0;
        next.set(above, position + 1);
        where = above === "" ? String(position) : `${above}.${position}`;
        wanted.push({ place, where, label: item.label, url, post, tag });
      }
      for (const child of item.children) add(child, where);
    };
    for (const item of items) add(item, "");
  }
  const { rows } = await sql<MenuRow>`
    with recursive shown as (
      select id, place, position::text as "where", label, url, post_id as post, tag_id as tag
      from menu_item where parent_id is null
      union all
      select m.id, m.place, shown."where" || '.' || m.position, m.label, m.url, m.post_id, m.tag_id
      from menu_item m join shown on m.parent_id = shown.id
    )
    select place, "where", label, url, post, tag from shown`.execute(tx);
  if (inOrder(rows) === inOrder(wanted)) return "unchanged";

  await sql`delete from menu_item where true`.execute(tx);
  // Level by level, so that every parent has its number before its children ask for it.
  const ids = new Map<string, number>();
  const depths = [...Map.groupBy(wanted, ({ where }) => where.split(".").length)].sort(([a], [b]) => a - b);
  for (const [, level] of depths) {
    for (const batch of slices(level)) {
      const records = batch.map((row) => ({
        ...row,
        parent: ids.get(`${row.place} ${row.where.replace(/\.?\d+$/, "")}`) ?? null,
        position: Number(/\d+$/.exec(row.where)?.[0] ?? 0),
      }));
      const { rows: added } = await sql<{
        id: number;
        place: string;
        parent: number | null;
        position: number;
      }>`
        insert into menu_item (place, parent_id, position, label, url, post_id, tag_id)
        select r.place, r.parent, r.position, r.label, r.url, r.post, r.tag
        from json_to_recordset(${JSON.stringify(records)}::json)
          as r (place text, parent bigint, position integer, label text, url text, post bigint, tag bigint)
        returning id, place, parent_id as parent, position`.execute(tx);
      for (const { id, place, parent, position } of added) {
        const row = records.find(
          (one) => one.place === place && one.parent === parent && one.position === position,
        )!;
        ids.set(`${place} ${row.where}`, id);
      }
    }
  }
  return "replaced";
}

function inOrder(rows: readonly MenuRow[]): string {
  return rows
    .map(({ place, where, label, url, post, tag }) => JSON.stringify([place, where, label, url, post, tag]))
    .sort()
    .join("\n");
}
