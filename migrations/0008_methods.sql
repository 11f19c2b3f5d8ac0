-- +goose Up
-- Second factors beside the password, and sessions that know of them.
ALTER TABLE methods ADD COLUMN name TEXT NOT NULL DEFAULT '';            -- what the person calls it
ALTER TABLE methods ADD COLUMN sealed BYTEA;                             -- a secret that must be read again
ALTER TABLE methods ADD COLUMN last_step BIGINT NOT NULL DEFAULT 0;      -- authenticator: of the last code taken
ALTER TABLE methods ADD COLUMN used_at BIGINT;
ALTER TABLE methods ADD COLUMN preferred BOOLEAN NOT NULL DEFAULT FALSE; -- the default of the second step
CREATE INDEX methods_account ON methods (account_id, created_at);
CREATE INDEX methods_waiting ON methods (created_at) WHERE state = 'waiting';

CREATE TABLE recovery_codes (
  id         TEXT   NOT NULL PRIMARY KEY,
  method_id  TEXT   NOT NULL REFERENCES methods (id),
  hash       BYTEA  NOT NULL,
  used_at    BIGINT
);
CREATE UNIQUE INDEX recovery_codes_hash ON recovery_codes (method_id, hash);

ALTER TABLE flows ADD COLUMN session_id TEXT;       -- of a proof: the session it is for
ALTER TABLE flows ADD COLUMN password_version BIGINT NOT NULL DEFAULT 0; -- at which the password was found right
ALTER TABLE sessions ADD COLUMN second TEXT NOT NULL DEFAULT '';         -- type of the second factor taken, '' without

ALTER TABLE notices ADD COLUMN method_id TEXT; -- that was added: "this wasn't me" removes it

-- "Stay signed in": thirty days, used or not.
ALTER TABLE sessions ADD COLUMN stays BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE flows ADD COLUMN stays BOOLEAN NOT NULL DEFAULT FALSE;
