-- +goose Up
-- Passkeys: one row beside each method of that type.
ALTER TABLE accounts ADD COLUMN passkey_handle BYTEA; -- by which an account's passkeys know it: random, and nobody's id
CREATE UNIQUE INDEX accounts_passkey_handle ON accounts (passkey_handle) WHERE passkey_handle IS NOT NULL;

CREATE TABLE passkeys (
  method_id      TEXT    NOT NULL PRIMARY KEY REFERENCES methods (id),
  account_id     TEXT    NOT NULL REFERENCES accounts (id),
  credential_id  BYTEA   NOT NULL,               -- as its device names it
  record         TEXT    NOT NULL,               -- JSON: the public key and what else it is checked by
  sign_count     BIGINT  NOT NULL,               -- its counter, which only goes forward; 0 where it has none
  portable       BOOLEAN NOT NULL,               -- a security key, to be carried along
  syncable       BOOLEAN NOT NULL,               -- it can be backed up
  backed_up      BOOLEAN NOT NULL                -- and is
);
CREATE UNIQUE INDEX passkeys_credential ON passkeys (credential_id);
CREATE INDEX passkeys_account ON passkeys (account_id);

-- What a passkey was asked: good for one answer, in the browser, flow or session
-- it was made for.
CREATE TABLE ceremonies (
  hash        BYTEA  NOT NULL PRIMARY KEY,       -- of the secret that comes with the answer
  purpose     TEXT   NOT NULL,                   -- add · signin · second · prove
  bound       TEXT   NOT NULL,                   -- the browser, flow or session
  account_id  TEXT   REFERENCES accounts (id),   -- NULL where nobody knows yet who will answer
  data        TEXT   NOT NULL,                   -- JSON: the challenge and what else the answer is held against
  created_at  BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  used_at     BIGINT
);
CREATE INDEX ceremonies_expires ON ceremonies (expires_at);
CREATE INDEX ceremonies_account ON ceremonies (account_id) WHERE account_id IS NOT NULL;
