-- Newsletters that members choose here; nothing sends them yet.
create table newsletter (
  slug text primary key check (slug ~ '^[a-z][a-z0-9-]{0,39}$'),
  name text not null check (name <> ''),
  description text not null
);

insert into newsletter (slug, name, description)
values ('news', 'News', 'What is new here: events, posts and plans, now and then.');

-- One row for a member and a newsletter they ever joined; joining again begins anew.
create table subscription (
  member_id uuid not null references member,
  slug text not null references newsletter,
  since timestamptz not null,
  ended_at timestamptz,
  primary key (member_id, slug)
);

-- Set when a member asked to be erased: from then on they are signed out and cannot come back in.
alter table member add column leaving_at timestamptz;

-- The list that admins look people up in.
create index member_by_name on member (lower(name), id) where erased_at is null;

-- Erasures under way and done. One a member; the id is also the address of the page that shows how far it is.
create table erasure (
  id uuid primary key,
  member_id uuid not null unique references member,
  requested_at timestamptz not null,
  finished_at timestamptz
);

-- What every service that was installed then has to do. The account itself comes last.
create table erasure_step (
  erasure_id uuid not null references erasure,
  service text not null check (service <> ''),
  state text not null default 'waiting' check (state in ('waiting', 'done')),
  -- What had to be kept and why, in sentences for the person.
  kept jsonb not null default '[]',
  done_at timestamptz,
  primary key (erasure_id, service),
  check ((state = 'done') = (done_at is not null))
);
