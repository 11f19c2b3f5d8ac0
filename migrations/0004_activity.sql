-- +goose Up
-- Recent activity: the sign-ins of a person.
CREATE INDEX audit_sign_ins ON audit (target, at, id) WHERE act = 'session.start';

-- The audit log of a tenant, narrowed down. Refused tries are few.
CREATE INDEX audit_act ON audit (tenant_id, act, at, id);
CREATE INDEX audit_refused ON audit (tenant_id, at, id) WHERE result = 'refused';

-- Acts that name a person in second place: put into a group, and out of it.
CREATE INDEX audit_other ON audit (other, at) WHERE act IN ('group.add', 'group.remove');

-- The link "This wasn't me" of the mail about a sign-in from a new browser.
CREATE TABLE notices (
  id         TEXT   NOT NULL PRIMARY KEY,
  hash       BYTEA  NOT NULL UNIQUE,
  account_id TEXT   NOT NULL REFERENCES accounts (id),
  session_id TEXT   NOT NULL,                  -- that the sign-in began
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT
);
CREATE INDEX notices_account ON notices (account_id);
CREATE INDEX notices_expiry ON notices (expires_at);
