// The rows of authors and tags of an import. Promise: a thing that came before is found by its source key; else
// one with the same address that is not from the same old site is taken for the same and left as it is; else it is
// added. Called inside the import's transaction by writing.ts.

import { sql, type Transaction } from "kysely";
import type { Counts, StagedAuthor, StagedSite, StagedTag } from "./import/staged-site.ts";
import { freeSlug } from "./post.ts";
import type { Tables } from "./tables.ts";
import { slices } from "./writing-posts.ts";

/** What came of saving: database ids by source key, and what had to be decided. */
export interface SavedTerms {
  readonly ids: ReadonlyMap<string, number>;
  readonly counts: Counts;
  readonly notes: readonly { readonly sourceKey: string; readonly note: string }[];
}

interface KnownTerm {
  readonly id: number;
  readonly kind: string;
  readonly slug: string;
  readonly sourceKey: string | null;
  readonly hash: string | null;
  readonly deleted: boolean;
}

interface Term {
  readonly sourceKey: string;
  readonly hash: string;
  readonly slug: string;
  readonly name: string;
}

export async function saveAuthors(tx: Transaction<Tables>, site: StagedSite): Promise<SavedTerms> {
  const { rows } = await sql<KnownTerm>`
    select id, '' as kind, slug, source_key as "sourceKey", import_hash as hash, deleted_at is not null as deleted
    from author order by id`.execute(tx);
  const plan = planTerms(rows, site.authors, site.keyPrefix, () => "");
  for (const batch of slices(plan.changed)) {
    await sql`
      update author set slug = r.slug, name = r.name, bio = r.bio, website = r.website, image = r.image,
        import_hash = r.hash, updated_at = now()
      from json_to_recordset(${authorRecord(batch)}::json) as r (id bigint, key text, hash text, slug text, name text,
        bio text, website text, image jsonb)
      where author.id = r.id`.execute(tx);
  }
  for (const batch of slices(plan.added)) {
    const added = await sql<{ id: number; key: string }>`
      insert into author (slug, name, bio, website, image, source_key, import_hash)
      select r.slug, r.name, r.bio, r.website, r.image, r.key, r.hash
      from json_to_recordset(${authorRecord(batch)}::json) as r (id bigint, key text, hash text, slug text, name text,
        bio text, website text, image jsonb)
      returning id, source_key as key`.execute(tx);
    for (const { id, key } of added.rows) plan.ids.set(key, id);
  }
  return toSaved(plan);
}

export async function saveTags(tx: Transaction<Tables>, site: StagedSite): Promise<SavedTerms> {
  const { rows } = await sql<KnownTerm>`
    select id, kind, slug, source_key as "sourceKey", import_hash as hash, deleted_at is not null as deleted
    from tag order by id`.execute(tx);
  const plan = planTerms(rows, site.tags, site.keyPrefix, ({ kind }) => kind);
  for (const batch of slices(plan.changed)) {
    await sql`
      update tag set slug = r.slug, name = r.name, description = r.description, image = r.image,
        internal = r.internal, seo = r.seo, import_hash = r.hash, updated_at = now()
      from json_to_recordset(${tagRecord(batch)}::json) as r (id bigint, key text, hash text, kind text, slug text,
        name text, description text, image jsonb, internal boolean, seo jsonb)
      where tag.id = r.id`.execute(tx);
  }
  for (const batch of slices(plan.added)) {
    const added = await sql<{ id: number; key: string }>`
      insert into tag (kind, slug, name, description, image, internal, seo, source_key, import_hash)
      select r.kind, r.slug, r.name, r.description, r.image, r.internal, r.seo, r.key, r.hash
      from json_to_recordset(${tagRecord(batch)}::json) as r (id bigint, key text, hash text, kind text, slug text,
        name text, description text, image jsonb, internal boolean, seo jsonb)
      returning id, source_key as key`.execute(tx);
    for (const { id, key } of added.rows) plan.ids.set(key, id);
  }
  const touched = [...plan.changed, ...plan.added].map(({ term }) => ({
    id: plan.ids.get(term.sourceKey)!,
    parent: term.parentKey === null ? null : (plan.ids.get(term.parentKey) ?? null),
  }));
  for (const batch of slices(touched)) {
    await sql`
      update tag set parent_id = r.parent
      from json_to_recordset(${JSON.stringify(batch)}::json) as r (id bigint, parent bigint)
      where tag.id = r.id and tag.parent_id is distinct from r.parent`.execute(tx);
  }
  return toSaved(plan);
}

interface TermPlan<Wanted extends Term> {
  readonly ids: Map<string, number>;
  readonly added: { id: number; slug: string; term: Wanted }[];
  readonly changed: { id: number; slug: string; term: Wanted }[];
  unchanged: number;
  readonly notes: { sourceKey: string; note: string }[];
}

function planTerms<Wanted extends Term>(
  rows: readonly KnownTerm[],
  wanted: readonly Wanted[],
  keyPrefix: string,
  kindOf: (term: Wanted) => string,
): TermPlan<Wanted> {
  const plan: TermPlan<Wanted> = { ids: new Map(), added: [], changed: [], unchanged: 0, notes: [] };
  const byKey = new Map(
    rows.flatMap((row) => (row.sourceKey === null ? [] : [[row.sourceKey, row] as const])),
  );
  // Who has an address: a row, or (0) something that this import adds.
  const owners = new Map(
    rows.filter((row) => !row.deleted).map((row) => [`${row.kind} ${row.slug}`, row.id]),
  );
  const fromElsewhere = new Set(
    rows.filter(({ sourceKey }) => !sourceKey?.startsWith(keyPrefix)).map(({ id }) => id),
  );
  for (const term of wanted) {
    const kind = kindOf(term);
    const known = byKey.get(term.sourceKey);
    if (known && (known.hash === term.hash || known.deleted)) {
      plan.ids.set(term.sourceKey, known.id);
      plan.unchanged += 1;
      continue;
    }
    const owner = owners.get(`${kind} ${term.slug}`);
    if (!known && owner !== undefined && fromElsewhere.has(owner)) {
      plan.ids.set(term.sourceKey, owner);
      plan.unchanged += 1;
      continue;
    }
    const mine = (candidate: string) => {
      const other = owners.get(`${kind} ${candidate}`);
      return other === undefined || other === known?.id;
    };
    const slug = freeSlug(term.slug, (candidate) => !mine(candidate));
    if (slug !== term.slug && slug !== known?.slug) {
      plan.notes.push({
        sourceKey: term.sourceKey,
        note: `“${term.name}” is at “${slug}”: “${term.slug}” was taken.`,
      });
    }
    owners.set(`${kind} ${slug}`, known?.id ?? 0);
    if (known) plan.ids.set(term.sourceKey, known.id);
    (known ? plan.changed : plan.added).push({ id: known?.id ?? 0, slug, term });
  }
  return plan;
}

function toSaved<Wanted extends Term>(plan: TermPlan<Wanted>): SavedTerms {
  const counts = { added: plan.added.length, changed: plan.changed.length, unchanged: plan.unchanged };
  return { ids: plan.ids, counts, notes: plan.notes };
}

function authorRecord(batch: readonly { id: number; slug: string; term: StagedAuthor }[]): string {
  return JSON.stringify(
    batch.map(({ id, slug, term }) => {
      const { sourceKey: key, hash, name, bio, website, image } = term;
      return { id, key, hash, slug, name, bio, website, image };
    }),
  );
}

function tagRecord(batch: readonly { id: number; slug: string; term: StagedTag }[]): string {
  return JSON.stringify(
    batch.map(({ id, slug, term }) => {
      const { sourceKey: key, hash, kind, name, description, image, internal, seo } = term;
      return { id, key, hash, kind, slug, name, description, image, internal, seo };
    }),
  );
}
