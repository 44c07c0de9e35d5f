// What editors write of pictures: what they show in words, who sent them, and that they are put away. The files
// stay in the media store, for what was published shows them.

import type { StoredImage } from "@rose-ash/platform/media";
import type { Database } from "@rose-ash/platform/store";
import { sql } from "kysely";
import type { Editor } from "./desk-post.ts";
import type { Tables } from "./tables.ts";

export interface MediaWriting {
  /** Keeps a picture that was stored; one that is there already gets the new words. */
  keepPicture(
    image: StoredImage,
    words: { alt: string; sentAs: string },
    editor: Editor,
    now: Date,
  ): Promise<void>;
  describePicture(name: string, alt: string): Promise<boolean>;
  /** Takes a picture from the list. */
  deletePicture(name: string, now: Date): Promise<boolean>;
}

export function createMediaWriting({ query }: Database<Tables>): MediaWriting {
  return {
    async keepPicture({ name, width, height, variants }, { alt, sentAs }, editor, now) {
      await sql`
        insert into media (name, alt, width, height, variants, sent_as, uploaded_by, uploaded_name, created_at)
        values (${name}, ${alt}, ${width}, ${height}, ${JSON.stringify(variants)}::jsonb, ${sentAs}, ${editor.id}::uuid,
          ${editor.name}, ${now})
        on conflict (name) do update set alt = excluded.alt, sent_as = excluded.sent_as, deleted_at = null,
          uploaded_by = excluded.uploaded_by, uploaded_name = excluded.uploaded_name, created_at = excluded.created_at`.execute(
        query,
      );
    },

    async describePicture(name, alt) {
      const { rows } = await sql`
        update media set alt = ${alt} where name = ${name} and deleted_at is null returning name`.execute(
        query,
      );
      return rows.length > 0;
    },

    async deletePicture(name, now) {
      const { rows } = await sql`
        update media set deleted_at = ${now} where name = ${name} and deleted_at is null returning name`.execute(
        query,
      );
      return rows.length > 0;
    },
  };
}
