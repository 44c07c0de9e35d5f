-- Sessions of one service's visitors. Cookies carry random ids of which only the hash is kept, so what is
-- stolen from here opens nothing.

create table session (
  id_hash text primary key,
  member_id uuid not null,
  -- The member as the account service last told: {name, role, level}.
  member jsonb not null,
  -- The account's device: all sessions of one end together.
  device text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  -- When the account last confirmed the device.
  checked_at timestamptz not null
);
create index session_device on session (device);
create index session_member on session (member_id);
create index session_age on session (seen_at);

-- A sign-in on its way to the account and back: used once, by the browser that began it.
create table sign_in (
  state_hash text primary key,
  browser_hash text not null,
  verifier text not null,
  nonce text not null,
  next text not null,
  silent boolean not null,
  expires_at timestamptz not null
);
create index sign_in_expiry on sign_in (expires_at);

-- Logout tokens that were used, for as long as they could be used again.
create table used_token (
  id text primary key,
  expires_at timestamptz not null
);
