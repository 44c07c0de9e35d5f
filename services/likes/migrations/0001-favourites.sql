-- Who likes what, and how many like each thing.

create table favourite (
  -- The account's id of the person.
  member_id uuid not null,
  -- A reference, such as "blog/post/12". Collated "C" so that pages of a list continue the same on every server.
  object text collate "C" not null,
  liked_at timestamptz not null,
  primary key (member_id, object)
);

create index favourite_newest on favourite (member_id, liked_at desc, object desc);

-- The rows of `favourite` per thing, kept in the transaction that writes them. A count of rows would be right as
-- well, but of two people who like a thing at once each would count without the other and both be told "1": here
-- the second waits for the first, so the counts in the facts are exact and in order, and reading one is one row.
create table tally (
  object text collate "C" primary key,
  count int not null check (count >= 0)
);
