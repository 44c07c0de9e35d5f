-- Editing: what posts were before, what is typed and not yet saved, and the pictures that editors sent.

-- Counts every change; an edit that began from an older one overwrites nothing.
alter table post add column version integer not null default 1;
-- When the rest of the site was told that the post is there; null when it has yet to be, or is no longer there.
-- What came in by other ways than the editor counts as told.
alter table post add column announced_at timestamptz default now();

-- A post as it was. Rows are added and never changed, but for the name of somebody who leaves.
create table revision (
  id bigint generated always as identity primary key,
  post_id bigint not null references post (id) on delete cascade,
  -- From 1, in the order in which they were kept.
  number integer not null,
  -- The version of the post that this was; null for a text that never became one.
  version integer,
  kind text not null check (kind in ('saved', 'autosaved', 'restored', 'published')),
  -- The number of the revision that was restored, for kind 'restored'.
  restored_from integer,
  title text not null,
  slug text not null,
  status text not null,
  visibility text not null,
  published_at timestamptz,
  excerpt text,
  html text not null,
  source_format text not null,
  source_text text not null,
  -- [{kind, slug, name}] and [{slug, name}], in order.
  tags jsonb not null,
  authors jsonb not null,
  image jsonb,
  language text,
  -- Who kept it: the account's id, and the name at the time. Null where no editor did: an import, a command.
  author_id uuid,
  author_name text,
  created_at timestamptz not null,
  unique (post_id, number),
  unique (post_id, version)
);
create index revision_author on revision (author_id);

-- What a member has typed and not saved, one text for each post and member. Visitors never see it.
create table working_copy (
  post_id bigint not null references post (id) on delete cascade,
  member_id uuid not null,
  member_name text not null,
  -- The version of the post that the typing began from.
  based_on integer not null,
  -- The fields of the form as they were typed.
  fields jsonb not null,
  updated_at timestamptz not null,
  primary key (post_id, member_id)
);
create index working_copy_member on working_copy (member_id);

-- Pictures that editors sent; the files are in the media store under the same names.
create table media (
  name text primary key,
  -- Empty for a picture that only decorates.
  alt text not null,
  width integer not null,
  height integer not null,
  variants jsonb not null,
  -- The name it had where it came from.
  sent_as text not null,
  uploaded_by uuid,
  uploaded_name text not null,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create index media_uploaded on media (uploaded_by);
