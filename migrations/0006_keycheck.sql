-- +goose Up
-- A known text, sealed with the master key: another key is noticed at start, not
-- when nobody's password is right any more.
CREATE TABLE key_checks (
  key_id     TEXT   NOT NULL PRIMARY KEY,
  sealed     BYTEA  NOT NULL,
  created_at BIGINT NOT NULL
);

-- Purge dates of who is on legal hold move with a jump of the clock, too.
CREATE INDEX users_held ON users (purge_at) WHERE deleted_at IS NOT NULL AND hold_at IS NOT NULL;
