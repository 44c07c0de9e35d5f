-- What the server of internal calls remembers: nonces for as long as a signature lives, and actions that were
-- done, with their answers, so that an order that comes again is answered and not repeated.

create table call_nonce (
  caller text not null,
  nonce text not null,
  expires_at timestamptz not null,
  primary key (caller, nonce)
);
create index call_nonce_expiry on call_nonce (expires_at);

create table done_action (
  caller text not null,
  idempotency_key text not null,
  action text not null,
  -- SHA-256 (hex) of the payload as received: the same key with another payload is a mistake of the caller.
  payload_hash text not null,
  answer jsonb,
  at timestamptz not null default now(),
  primary key (caller, idempotency_key)
);
create index done_action_age on done_action (at);
