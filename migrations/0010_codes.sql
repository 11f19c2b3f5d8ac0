-- +goose Up
-- Telephones as second factors, and the codes that are sent to them.
ALTER TABLE methods ADD COLUMN number TEXT NOT NULL DEFAULT '';    -- of a telephone, E.164
ALTER TABLE methods ADD COLUMN extension TEXT NOT NULL DEFAULT ''; -- digits to dial once somebody answers
ALTER TABLE methods ADD COLUMN way TEXT NOT NULL DEFAULT '';       -- of a telephone: text or call, as its person chose
CREATE UNIQUE INDEX methods_phone ON methods (account_id, type) WHERE state = 'active' AND type IN ('phone', 'alternate', 'office');

-- The newest code of each method, never plain. Its tries are counted in counters,
-- which a new one does not touch.
CREATE TABLE sent_codes (
  method_id   TEXT   NOT NULL PRIMARY KEY,
  account_id  TEXT   NOT NULL REFERENCES accounts (id),
  id          TEXT   NOT NULL,            -- another one each time
  mac         BYTEA  NOT NULL,            -- of the code, its method and what it was sent for
  sent_at     BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  used_at     BIGINT
);
CREATE INDEX sent_codes_account ON sent_codes (account_id);
CREATE INDEX sent_codes_expires ON sent_codes (expires_at);
