-- What the orders of the tests of calls leave behind. Nothing is unique on purpose: an effect that happened
-- twice must be seen.

create table placed (
  id bigint generated always as identity primary key,
  caller text not null,
  sku text not null,
  quantity integer not null
);

create table heard (
  id bigint generated always as identity primary key,
  sender text not null,
  activity_id text not null
);
