-- Edges: `child` is in `parent` as `type`, at `position`. A row with deleted_at is history; attaching the same
-- again is a new row.

create table edge (
  id bigint generated always as identity primary key,
  -- References, such as "blog/post/12".
  parent text not null,
  child text not null check (child <> parent),
  type text not null,
  -- From 0 without gaps among the living edges of one parent and type.
  position int not null check (position >= 0),
  label text,
  attached_at timestamptz not null,
  deleted_at timestamptz
);

-- Once per parent, child and type. Two of the longest references are more than one index row holds (2704 bytes),
-- so the second stands in it as its digest.
create unique index edge_once on edge (type, parent, md5(child)) where deleted_at is null;
create index edge_down on edge (parent, type, position) where deleted_at is null;
create index edge_up on edge (child, type) where deleted_at is null;
