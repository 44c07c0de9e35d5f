-- Letters: a link and a code to sign in with, both derived from the row's id and a secret, so only hashes are here.
create table sign_in_letter (
  id uuid primary key,
  token_hash text not null unique,
  -- Keyed with a secret: a code is short enough to be guessed from a plain hash.
  code_hash text not null,
  address text not null,
  -- The page of the sign-in it belongs to: one-way from the interaction and the browser that began it.
  -- Null for a letter of the first operator, which may be opened anywhere.
  page text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Wrong codes so far.
  attempts int not null default 0 check (attempts between 0 and 5),
  -- A newer letter for the same address has taken its place.
  superseded_at timestamptz,
  spent_at timestamptz,
  -- Spent by the sign-in that it belongs to, in that one's browser; not by its link somewhere else.
  spent_here boolean not null default false
);

create index letter_of_address on sign_in_letter (address) where superseded_at is null;
create index letter_of_page on sign_in_letter (page, created_at desc);
create index letter_expiry on sign_in_letter (expires_at);

-- How often something was tried in a window of time. Subjects are keyed hashes.
create table rate_window (
  scope text not null,
  subject text not null,
  starts_at timestamptz not null,
  count int not null,
  primary key (scope, subject, starts_at)
);

create index rate_window_age on rate_window (starts_at);

-- The one-time way to the first operator's account.
create table operator_link (
  id uuid primary key,
  token_hash text not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Who claimed it: proven by a letter before it counts.
  claimed_address text,
  claimed_name text,
  used_at timestamptz
);

create table passkey (
  -- The credential's id, base64url, as the authenticator made it.
  id text primary key,
  member_id uuid not null references member on delete cascade,
  -- COSE.
  public_key bytea not null,
  counter bigint not null check (counter >= 0),
  transports text[] not null,
  -- Whether it is kept in sync between devices: such keys count nothing.
  synced boolean not null,
  name text not null check (name <> ''),
  created_at timestamptz not null,
  last_used_at timestamptz
);

create index passkey_of_member on passkey (member_id);

-- Challenges on their way; taking one deletes it.
create table passkey_challenge (
  challenge_hash text primary key,
  purpose text not null check (purpose in ('register', 'sign-in')),
  -- Whom it was given to: a member and a session, or the page of a sign-in.
  subject text not null,
  expires_at timestamptz not null
);

create index passkey_challenge_expiry on passkey_challenge (expires_at);
