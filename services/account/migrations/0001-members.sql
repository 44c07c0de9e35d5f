-- People. The id is all that other services keep of a person; an erased member keeps the row and the id only.
create table member (
  id uuid primary key,
  -- Lower case, as address.ts writes it; null when erased.
  address text check (address = lower(address) and address <> ''),
  name text not null check (name <> '' and length(name) <= 80),
  role text not null default 'member' check (role in ('member', 'editor', 'admin', 'operator')),
  -- The membership level's name, such as "supporter".
  level text check (level <> ''),
  joined_at timestamptz not null,
  erased_at timestamptz,
  check ((address is null) = (erased_at is not null))
);

create unique index member_address on member (address);

-- One row a provider session. Nothing in it opens anything: ids are hashed, the device's own id is sealed.
create table device (
  -- SHA-256 of the device id.
  id_hash text primary key,
  -- The device id, sealed with a key that is not in the database: facts and logout tokens name it.
  sealed_id bytea not null,
  member_id uuid not null references member,
  -- SHA-256 of the provider session's uid, as oidc_record.uid_hash.
  session_hash text not null unique,
  -- Which browser of this member it is: a keyed hash over both, so that no two members' rows can be compared.
  browser_hash text not null,
  -- Such as "Firefox on Linux"; never the whole header.
  summary text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  ended_at timestamptz
);

create index device_of_member on device (member_id, created_at desc);

-- The clients that a device took part in: who must hear that it ended, and the grant to take back.
create table device_client (
  device text not null references device on delete cascade,
  client text not null,
  grant_hash text not null,
  primary key (device, client)
);

-- What is remembered about who did what: member ids and times; no addresses, no tokens.
create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  action text not null check (action <> ''),
  actor uuid,
  target uuid,
  -- As in the log.
  request_id text,
  -- What changed: {"before": …, "after": …} or {"method": …}.
  detail jsonb not null default '{}'
);

create index audit_of_target on audit_entry (target, id desc);
create index audit_of_actor on audit_entry (actor, id desc);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('rose_ash.erasing', true) = 'yes' then
    return new;
  end if;
  raise exception 'The audit log is only ever added to.' using errcode = 'restrict_violation';
end
$$;

create trigger audit_append_only before update or delete on audit_entry
  for each row execute function refuse_audit_change();
create trigger audit_never_emptied before truncate on audit_entry
  for each statement execute function refuse_audit_change();

-- Takes a person out of the log: that something was done stays, to whom and by whom of theirs does not.
create function erase_from_audit(member uuid) returns void language plpgsql as $$
begin
  perform set_config('rose_ash.erasing', 'yes', true);
  update audit_entry
  set actor = nullif(actor, member), target = nullif(target, member), detail = '{}'
  where actor = member or target = member;
  perform set_config('rose_ash.erasing', 'no', true);
end
$$;
