-- +goose Up

-- requests: what an organization owes a person, and its clock -----------------

CREATE TABLE requests (
  id           TEXT   NOT NULL PRIMARY KEY,
  tenant_id    TEXT   NOT NULL,                -- who owes the answer
  account_id   TEXT REFERENCES accounts (id),  -- whose; NULL once the user is erased
  user_id      TEXT,                           -- their user there; NULL for direct connect and once erased
  kind         TEXT   NOT NULL,                -- removal · restore · report · data
  state        TEXT   NOT NULL,                -- open · approved · declined · withdrawn · met · lapsed
  text         TEXT   NOT NULL,                -- in the person's words
  opened_at    BIGINT NOT NULL,
  due_at       BIGINT NOT NULL,
  place        BIGINT NOT NULL,                -- in the queue: open ones by due date, then closed ones, the latest first
  extended_at  BIGINT,
  extension    TEXT   NOT NULL,                -- why it takes longer
  closed_at    BIGINT,
  decided_by   TEXT,                           -- user id of the administrator
  answer       TEXT   NOT NULL,
  reminded     BIGINT NOT NULL,                -- how many reminders have gone out
  escalated_at BIGINT,
  receipt_id   TEXT,                           -- of the removal
  address_salt BYTEA  NOT NULL,
  address_hash BYTEA  NOT NULL                 -- of the person's address: proof of compliance that names nobody
);
CREATE UNIQUE INDEX requests_open ON requests (tenant_id, account_id, kind) WHERE state = 'open';
CREATE INDEX requests_person ON requests (account_id, opened_at, id);
CREATE INDEX requests_queue ON requests (tenant_id, place, id);
CREATE INDEX requests_due ON requests (due_at, id) WHERE state = 'open';
CREATE INDEX requests_user ON requests (user_id);

CREATE TABLE request_events (
  id         TEXT   NOT NULL PRIMARY KEY,
  request_id TEXT   NOT NULL REFERENCES requests (id),
  at         BIGINT NOT NULL,
  what       TEXT   NOT NULL,
  actor      TEXT   NOT NULL,                  -- kind of actor
  by_user    TEXT,                             -- the administrator
  text       TEXT   NOT NULL
);
CREATE INDEX request_events_request ON request_events (request_id, at, id);
