-- What the OpenID Connect server keeps: sessions, grants, codes, tokens, sign-ins under way. Ids are SHA-256
-- hashes and contents are sealed with a key that is not in the database: a stolen copy opens nothing.
create table oidc_record (
  -- The library's model: "Session", "AuthorizationCode" …
  kind text not null,
  id_hash text not null,
  sealed bytea not null,
  -- The grant it belongs to, where it does.
  grant_hash text,
  -- The provider session it belongs to or is.
  uid_hash text,
  consumed_at timestamptz,
  expires_at timestamptz not null,
  primary key (kind, id_hash)
);

create index oidc_record_grant on oidc_record (grant_hash) where grant_hash is not null;
create index oidc_record_session on oidc_record (uid_hash) where uid_hash is not null;
create index oidc_record_expiry on oidc_record (expires_at);
