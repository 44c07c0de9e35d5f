-- The bus of one service: its facts, who has still to hear of them, and what was done about them.
-- An activity is never changed; what changes is its deliveries. See platform/bus/README.md.

create table activity (
  id text primary key,
  -- Allocated while the lock of the object is held, so that facts of one object are numbered in the order in
  -- which their transactions commit. It orders; it is never a cursor.
  position bigint generated always as identity unique,
  fact text not null,
  type text not null,
  actor text not null,
  object text not null,
  visibility text not null check (visibility in ('internal', 'public')),
  data jsonb not null,
  -- The service that sent it; null for the service's own.
  sender text,
  published_at timestamptz not null
);
create index activity_object on activity (object, position);

create table delivery (
  activity_id text not null references activity (id) on delete cascade,
  -- 'reaction:<name>' of this service, or 'service:<name>' for another's inbox.
  target text not null,
  -- The activity's, repeated so that the next of an object is found by one index.
  object text not null,
  position bigint not null,
  state text not null default 'pending' check (state in ('pending', 'done', 'dead')),
  due_at timestamptz not null,
  -- Who works on it, and until when that counts.
  holder text,
  held_until timestamptz,
  attempts integer not null default 0,
  -- Why the last attempt failed, for the operator.
  error text,
  settled_at timestamptz,
  primary key (activity_id, target)
);
create index delivery_order on delivery (target, object, position) where state = 'pending';
create index delivery_due on delivery (due_at, position) where state = 'pending';
create index delivery_dead on delivery (settled_at) where state = 'dead';
create index delivery_done on delivery (settled_at) where state = 'done';

-- What was done, written in the transaction of the effect: a fact that arrives again finds its row.
create table processed (
  handler text not null,
  activity_id text not null,
  at timestamptz not null default now(),
  primary key (handler, activity_id)
);
