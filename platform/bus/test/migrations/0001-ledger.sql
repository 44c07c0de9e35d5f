-- What the tests of the bus change and what its reactions leave behind. Nothing is unique on purpose: an effect
-- that happened twice must be seen.

create table counter (
  object text primary key,
  n integer not null
);

create table entry (
  id bigint generated always as identity primary key,
  handler text not null,
  object text not null,
  n integer not null
);
