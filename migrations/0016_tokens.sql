-- +goose Up
-- Hardware tokens: what organizations hand out that shows codes by the time. Whether
-- one is in use is told by the method that has it.
CREATE TABLE tokens (
  id           TEXT    NOT NULL PRIMARY KEY,
  tenant_id    TEXT    NOT NULL REFERENCES tenants (id),
  serial_number TEXT   NOT NULL,                  -- as written
  serial_key   BYTEA   NOT NULL,                  -- folded
  sealed       BYTEA   NOT NULL,                  -- the seed
  sha256       BOOLEAN NOT NULL DEFAULT FALSE,    -- its codes are made with SHA-256, not with SHA-1
  period       BIGINT  NOT NULL,                  -- seconds of a code: 30 or 60
  manufacturer TEXT    NOT NULL DEFAULT '',
  model        TEXT    NOT NULL DEFAULT '',
  user_id      TEXT    REFERENCES users (id),     -- whom it waits for
  last_step    BIGINT  NOT NULL DEFAULT 0,        -- of time, of the last code taken
  created_at   BIGINT  NOT NULL
);
CREATE UNIQUE INDEX tokens_serial ON tokens (tenant_id, serial_key);
CREATE INDEX tokens_user ON tokens (user_id) WHERE user_id IS NOT NULL;

ALTER TABLE methods ADD COLUMN token_id TEXT REFERENCES tokens (id);
CREATE INDEX methods_token ON methods (token_id) WHERE token_id IS NOT NULL;
CREATE UNIQUE INDEX methods_token_used ON methods (token_id) WHERE state = 'active' AND token_id IS NOT NULL;
