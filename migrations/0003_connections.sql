-- +goose Up
-- Direct connect: access to what an organization shares, without a user there.
CREATE TABLE connections (
  id         TEXT   NOT NULL PRIMARY KEY,
  tenant_id  TEXT   NOT NULL REFERENCES tenants (id),
  account_id TEXT   NOT NULL REFERENCES accounts (id),
  home_id    TEXT,                               -- the home organization at that time
  first_at   BIGINT NOT NULL,
  last_at    BIGINT NOT NULL,                    -- last used
  ended_at   BIGINT,
  ended_by   TEXT   NOT NULL                     -- kind of actor, '' until ended
);
CREATE UNIQUE INDEX connections_open ON connections (tenant_id, account_id) WHERE ended_at IS NULL;
CREATE INDEX connections_account ON connections (account_id) WHERE ended_at IS NULL;
CREATE INDEX connections_tenant ON connections (tenant_id, last_at, id) WHERE ended_at IS NULL;
CREATE INDEX connections_home ON connections (home_id, last_at, id) WHERE ended_at IS NULL;

-- Organizations whose invitations a person does not want to see.
CREATE TABLE blocks (
  account_id TEXT   NOT NULL REFERENCES accounts (id),
  tenant_id  TEXT   NOT NULL REFERENCES tenants (id),
  at         BIGINT NOT NULL,
  PRIMARY KEY (account_id, tenant_id)
);

-- Announced closing: when everything in the organization is deleted for good.
ALTER TABLE tenants ADD COLUMN purge_at BIGINT;
CREATE INDEX tenants_due ON tenants (purge_at) WHERE purge_at IS NOT NULL;

-- Whom a change of that was told, up to this user id; NULL when nothing is to be told.
ALTER TABLE tenants ADD COLUMN told_to TEXT;
CREATE INDEX tenants_telling ON tenants (id) WHERE told_to IS NOT NULL;
CREATE INDEX users_tenant ON users (tenant_id, id);
