-- +goose Up
-- How the portal and its mails write dates and numbers for a person, and on
-- whose clock; '' until they chose.
ALTER TABLE accounts ADD COLUMN region TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN zone TEXT NOT NULL DEFAULT '';

-- Photos of people, made anew from what they sent. The bytes stand last: a page
-- that only asks for the id does not read them.
CREATE TABLE photos (
  account_id TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id),
  id         TEXT   NOT NULL UNIQUE,             -- a new one with each photo
  set_at     BIGINT NOT NULL,
  small      BYTEA  NOT NULL,                    -- JPEG 48 × 48
  large      BYTEA  NOT NULL                     -- JPEG 240 × 240
);
