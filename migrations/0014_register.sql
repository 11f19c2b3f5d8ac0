-- +goose Up
-- What people are asked to set up when they sign in, and how long they stay.
ALTER TABLE sessions ADD COLUMN registers TEXT NOT NULL DEFAULT '';            -- must · ask · '': nothing is to be set up
ALTER TABLE sessions ADD COLUMN resume TEXT NOT NULL DEFAULT '';               -- where they go on then
ALTER TABLE sessions ADD COLUMN idle BIGINT NOT NULL DEFAULT 28800000000;      -- microseconds without use after which it ends

-- What somebody answered when they were asked.
CREATE TABLE registrations (
  account_id   TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id),
  skipped      BIGINT NOT NULL DEFAULT 0,     -- times, of the campaign
  quiet_until  BIGINT,                         -- they are not asked before
  confirmed_at BIGINT                          -- that their methods are still right
);
