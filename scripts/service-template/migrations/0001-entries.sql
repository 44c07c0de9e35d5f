create table entry (
  id int generated always as identity primary key,
  title text not null check (title <> ''),
  added_at timestamptz not null,
  deleted_at timestamptz
);

create index entry_newest on entry (added_at desc, id desc) where deleted_at is null;
