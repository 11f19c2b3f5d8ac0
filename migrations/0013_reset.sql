-- +goose Up
-- Methods that help to get back in only, and how somebody does who forgot their password.
ALTER TABLE methods ADD COLUMN address TEXT NOT NULL DEFAULT ''; -- of an email method, as its person writes it
CREATE UNIQUE INDEX methods_back ON methods (account_id, type) WHERE state = 'active' AND type IN ('email', 'questions');

-- A way back in, from the name to the new password. What was proved stands here and
-- nowhere else.
CREATE TABLE resets (
  hash             BYTEA  NOT NULL PRIMARY KEY,     -- of the secret in cookie and form
  browser_id       TEXT   NOT NULL,
  name             TEXT   NOT NULL,                 -- as typed
  account_id       TEXT   REFERENCES accounts (id), -- NULL: nobody has that name
  step             TEXT   NOT NULL,                 -- first · second · password · done
  password_version BIGINT NOT NULL,                 -- at which it began
  way              TEXT   NOT NULL DEFAULT '',      -- for which a code was sent, '' for none
  place            TEXT   NOT NULL DEFAULT '',      -- where the code was to go, as typed
  tries            BIGINT NOT NULL DEFAULT 0,       -- wrong ones: each draws other questions
  proved           TEXT   NOT NULL DEFAULT '',      -- types of method, joined by +
  created_at       BIGINT NOT NULL,
  expires_at       BIGINT NOT NULL,
  used_at          BIGINT
);
CREATE INDEX resets_expiry ON resets (expires_at);
CREATE INDEX resets_account ON resets (account_id);

-- What a person sees of their own account.
CREATE INDEX audit_own ON audit (target, at, id) WHERE act IN ('session.start', 'session.password', 'password.reset');
