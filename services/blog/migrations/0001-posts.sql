-- Posts and what hangs on them. A row with deleted_at is gone for visitors and editors alike; addresses are
-- unique among the living only, so a slug can be used again.

create table author (
  id bigint generated always as identity primary key,
  slug text not null,
  name text not null,
  bio text,
  website text,
  -- {name, width, height, alt, caption, variants: [{name, width}]}: a stored image, here and below.
  image jsonb,
  -- Where it was imported from, such as "ghost https://old.example.org author 17".
  source_key text unique,
  import_hash text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index author_slug on author (slug) where deleted_at is null;

create table tag (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('tag', 'category')),
  slug text not null,
  name text not null,
  description text,
  parent_id bigint references tag (id),
  image jsonb,
  -- Internal tags organise; visitors never see them.
  internal boolean not null default false,
  seo jsonb not null default '{}',
  source_key text unique,
  import_hash text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index tag_address on tag (kind, slug) where deleted_at is null;

create table post (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('post', 'page')),
  slug text not null,
  -- The whole address: "/slug/", or "/parent/slug/" for a page below another.
  path text not null,
  parent_id bigint references post (id),
  title text not null,
  -- Visible is: published, and published_at has passed. "Scheduled" needs no state of its own.
  status text not null check (status in ('draft', 'published', 'private')),
  visibility text not null default 'public' check (visibility in ('public', 'members', 'paid', 'password')),
  password_hash text,
  pinned boolean not null default false,
  -- Written by hand, plain text; public even when the body is not.
  excerpt text,
  -- The first words of the body, plain text; as public as the body is.
  summary text not null default '',
  html text not null default '',
  -- The part before the members-only mark, which everybody may read.
  preview_html text,
  -- The version of the rules that cleaned the HTML.
  clean_rules text not null,
  -- The document as it came in; never served.
  source_format text not null,
  source_text text not null,
  image jsonb,
  language text,
  seo jsonb not null default '{}',
  -- What search may know: title and excerpt always, the body only when it is public.
  search tsvector not null default ''::tsvector,
  published_at timestamptz,
  source_key text unique,
  import_hash text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  check (status <> 'published' or published_at is not null),
  check (visibility <> 'password' or password_hash is not null)
);
create unique index post_path on post (path) where deleted_at is null;
create index post_front on post (pinned desc, published_at desc, id desc) where deleted_at is null and status = 'published' and kind = 'post';
create index post_time on post (published_at, id) where deleted_at is null and status = 'published' and kind = 'post';
create index post_parent on post (parent_id);
create index post_search on post using gin (search);

create table post_author (
  post_id bigint not null references post (id) on delete cascade,
  author_id bigint not null references author (id),
  position integer not null,
  primary key (post_id, author_id)
);
create index post_author_author on post_author (author_id);

create table post_tag (
  post_id bigint not null references post (id) on delete cascade,
  tag_id bigint not null references tag (id),
  position integer not null,
  primary key (post_id, tag_id)
);
create index post_tag_tag on post_tag (tag_id);

-- Addresses at which a post was reachable before, with the query where it mattered ("/?p=12").
create table old_address (
  address text primary key,
  post_id bigint not null references post (id) on delete cascade
);

-- Addresses that lead elsewhere. In a pattern "*" is any run of characters, ":segment" a run without "/",
-- ":digits" a run of digits; the target may use them as $1, $2 …
create table redirect (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('path', 'pattern')),
  source text not null,
  target text not null,
  status integer not null check (status in (301, 302)),
  ignore_case boolean not null default false,
  unique (kind, source)
);

create table menu_item (
  id bigint generated always as identity primary key,
  place text not null check (place in ('primary', 'secondary')),
  parent_id bigint references menu_item (id) on delete cascade,
  position integer not null,
  label text not null,
  -- Exactly one of these says where it leads.
  url text,
  post_id bigint references post (id) on delete cascade,
  tag_id bigint references tag (id) on delete cascade,
  check (num_nonnulls(url, post_id, tag_id) = 1)
);
create index menu_item_place on menu_item (place, parent_id, position);
