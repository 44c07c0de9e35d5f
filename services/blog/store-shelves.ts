// The blog's queries for editors about what stands around posts: tags, menus and pictures. Only pages below /admin/
// use it; writing is in writing-tags.ts, writing-menu.ts and writing-media.ts.

import type { Database } from "@rose-ash/platform/store";
import { type RawBuilder, sql } from "kysely";
import type { PostImage, TagLink } from "./post.ts";
import type { MenuRow } from "./store.ts";
import type { Tables } from "./tables.ts";

export interface ShelvedTag extends TagLink {
  readonly id: number;
  readonly description: string | null;
  readonly internal: boolean;
  /** Posts and pages that bear it, in every state. */
  readonly posts: number;
}

/** An entry of a menu as the menu editor shows it. */
export interface MenuEntryRow extends MenuRow {
  readonly position: number;
  /** What it leads to. */
  readonly target: "post" | "tag" | "address";
  /** Why visitors do not see it, if so. */
  readonly hidden: boolean;
}

export interface PictureUse {
  readonly title: string;
  readonly href: string;
}

export interface Picture {
  readonly name: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly variants: PostImage["variants"];
  readonly sentAs: string;
  readonly uploadedName: string;
  readonly createdAt: Date;
  /** The posts that show it or name it, at most ten. */
  readonly usedIn: readonly PictureUse[];
}

export interface ShelfReading {
  allTags(): Promise<ShelvedTag[]>;
  tagById(id: number): Promise<ShelvedTag | null>;
  /** All entries of both menus, those that visitors do not see too. */
  menuEntries(now: Date): Promise<MenuEntryRow[]>;
  /** Addresses to choose from: pages, tags, and the newest posts. */
  knownAddresses(now: Date): Promise<{ path: string; title: string }[]>;
  /** The newest first. */
  pictures(page: number, perPage: number): Promise<{ pictures: Picture[]; total: number }>;
  picture(name: string): Promise<Picture | null>;
  /** The newest pictures to choose from. */
  knownPictures(): Promise<{ name: string; words: string }[]>;
}

const tagColumns = sql`t.id, t.kind, t.slug, t.name, t.description, t.internal,
  (select count(*) from post_tag pt join post p on p.id = pt.post_id
    where pt.tag_id = t.id and p.deleted_at is null) as posts`;

/** A stored picture's files all begin with the same 32 letters. */
const pictureColumns = sql`m.name, m.alt, m.width, m.height, m.variants, m.sent_as as "sentAs",
  m.uploaded_name as "uploadedName", m.created_at as "createdAt",
  coalesce((select json_agg(json_build_object('title', u.title, 'href', '/admin/posts/' || u.id || '/')) from (
    select p.id, p.title from post p where p.deleted_at is null and (p.image ->> 'name' = m.name
      or position('/media/' || left(m.name, 32) in p.html) > 0 or position('/media/' || left(m.name, 32) in p.source_text) > 0)
    order by p.updated_at desc limit 10) u), '[]'::json) as "usedIn"`;

export function createShelfReading({ query }: Database<Tables>): ShelfReading {
  async function rows<Row>(statement: RawBuilder<unknown>): Promise<Row[]> {
    return (await statement.execute(query)).rows as Row[]; // each caller writes the columns and Row side by side
  }

  return {
    allTags: () =>
      rows(
        sql`select ${tagColumns} from tag t where t.deleted_at is null order by t.kind desc, lower(t.name), t.id limit 2000`,
      ),

    async tagById(id) {
      const [tag] = await rows<ShelvedTag>(
        sql`select ${tagColumns} from tag t where t.id = ${id} and t.deleted_at is null`,
      );
      return tag ?? null;
    },

    menuEntries: (now) =>
      rows(sql`
        select m.id, m.parent_id as "parentId", m.place, m.position, m.label,
          coalesce(m.url, p.path, '/' || t.kind || '/' || t.slug || '/') as href,
          case when m.post_id is not null then 'post' when m.tag_id is not null then 'tag' else 'address' end as target,
          (m.post_id is not null and not coalesce(p.deleted_at is null and p.status = 'published' and p.published_at <= ${now}, false))
            or (m.tag_id is not null and (t.deleted_at is not null or t.internal)) as hidden
        from menu_item m left join post p on p.id = m.post_id left join tag t on t.id = m.tag_id
        order by m.place, m.position, m.id`),

    knownAddresses: (now) =>
      rows(sql`
        (select path, title from post where deleted_at is null and kind = 'page' order by path limit 200)
        union all
        (select '/' || kind || '/' || slug || '/', name from tag where deleted_at is null and not internal order by lower(name) limit 200)
        union all
        (select path, title from post where deleted_at is null and kind = 'post' and status = 'published' and published_at <= ${now}
          order by published_at desc limit 100)`),

    async pictures(page, perPage) {
      const found = await rows<Picture & { total: number }>(sql`
        select ${pictureColumns}, count(*) over () as total from media m where m.deleted_at is null
        order by m.created_at desc, m.name limit ${perPage} offset ${(page - 1) * perPage}`);
      return { pictures: found, total: found[0]?.total ?? 0 };
    },

    knownPictures: () =>
      rows(sql`
        select name, case when alt = '' then sent_as else alt end as words from media where deleted_at is null
        order by created_at desc, name limit 60`),

    async picture(name) {
      const [found] = await rows<Picture>(
        sql`select ${pictureColumns} from media m where m.name = ${name} and m.deleted_at is null`,
      );
      return found ?? null;
    },
  };
}
