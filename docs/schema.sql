-- The schema after all migrations, as SQLite keeps it. Written by: go test ./internal/db -update

CREATE TABLE accounts (
  id           TEXT   NOT NULL PRIMARY KEY,
  home_user_id TEXT,                           -- the user that owns a work account
  state        TEXT   NOT NULL,                -- active · closing · tombstone
  name         TEXT   NOT NULL,
  language     TEXT   NOT NULL,                -- '' until somebody chose
  created_at   BIGINT NOT NULL
, region TEXT NOT NULL DEFAULT '', zone TEXT NOT NULL DEFAULT '', passkey_handle BYTEA);
CREATE UNIQUE INDEX accounts_home ON accounts (home_user_id);
CREATE UNIQUE INDEX accounts_passkey_handle ON accounts (passkey_handle) WHERE passkey_handle IS NOT NULL;

CREATE TABLE identities (
  id          TEXT   NOT NULL PRIMARY KEY,
  account_id  TEXT   NOT NULL REFERENCES accounts (id),
  type        TEXT   NOT NULL,                 -- upn · mail
  issuer      TEXT   NOT NULL,                 -- the tenant of a principal name; 'mail'
  subject     TEXT   NOT NULL,                 -- folded
  domain      TEXT   NOT NULL,                 -- of the subject
  address     TEXT   NOT NULL,                 -- as the person writes it
  verified_at BIGINT,
  lost_at     BIGINT
);
CREATE UNIQUE INDEX identities_live ON identities (issuer, subject) WHERE lost_at IS NULL;
CREATE INDEX identities_account ON identities (account_id);
CREATE INDEX identities_domain ON identities (domain, issuer) WHERE lost_at IS NULL;

CREATE TABLE methods (
  id         TEXT   NOT NULL PRIMARY KEY,
  account_id TEXT   NOT NULL REFERENCES accounts (id),
  tenant_id  TEXT,                             -- only a factor an organization wants bound to itself
  type       TEXT   NOT NULL,                  -- password
  secret     TEXT   NOT NULL,
  pepper     TEXT   NOT NULL,                  -- id of the pepper the hash was made with, '' without
  state      TEXT   NOT NULL,                  -- active
  version    BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
, name TEXT NOT NULL DEFAULT '', sealed BYTEA, last_step BIGINT NOT NULL DEFAULT 0, used_at BIGINT, preferred BOOLEAN NOT NULL DEFAULT FALSE, number TEXT NOT NULL DEFAULT '', extension TEXT NOT NULL DEFAULT '', way TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '', starts_at BIGINT, expires_at BIGINT, once BOOLEAN NOT NULL DEFAULT FALSE, token_id TEXT REFERENCES tokens (id));
CREATE UNIQUE INDEX methods_password ON methods (account_id) WHERE type = 'password';
CREATE INDEX methods_account ON methods (account_id, created_at);
CREATE INDEX methods_waiting ON methods (created_at) WHERE state = 'waiting';
CREATE UNIQUE INDEX methods_phone ON methods (account_id, type) WHERE state = 'active' AND type IN ('phone', 'alternate', 'office');
CREATE UNIQUE INDEX methods_back ON methods (account_id, type) WHERE state = 'active' AND type IN ('email', 'questions');
CREATE UNIQUE INDEX methods_pass ON methods (account_id) WHERE type = 'pass';
CREATE INDEX methods_expires ON methods (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX methods_token ON methods (token_id) WHERE token_id IS NOT NULL;
CREATE UNIQUE INDEX methods_token_used ON methods (token_id) WHERE state = 'active' AND token_id IS NOT NULL;
CREATE UNIQUE INDEX methods_bound ON methods (tenant_id, account_id) WHERE state = 'active' AND tenant_id IS NOT NULL;
CREATE UNIQUE INDEX methods_bound_place ON methods (tenant_id, account_id) WHERE state IN ('active', 'reported') AND tenant_id IS NOT NULL;

CREATE TABLE links (
  id         TEXT   NOT NULL PRIMARY KEY,
  hash       BYTEA  NOT NULL UNIQUE,
  purpose    TEXT   NOT NULL,                  -- setup · password · invitation
  account_id TEXT REFERENCES accounts (id),
  tenant_id  TEXT,
  user_id    TEXT,                             -- invitation: the user it was made for
  address    TEXT   NOT NULL,                  -- the mailbox it went to, folded; '' when printed
  language   TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT
);
CREATE INDEX links_account ON links (account_id, purpose) WHERE used_at IS NULL;
CREATE INDEX links_user ON links (user_id) WHERE used_at IS NULL;
CREATE INDEX links_expiry ON links (expires_at);

CREATE TABLE tenants (
  id                TEXT   NOT NULL PRIMARY KEY,
  name              TEXT   NOT NULL,
  name_key          BYTEA  NOT NULL UNIQUE,    -- never given up, not even when closed
  state             TEXT   NOT NULL,           -- active · frozen · closed
  privacy_statement TEXT   NOT NULL,
  privacy_contact   TEXT   NOT NULL,
  technical_contact TEXT   NOT NULL,
  language          TEXT   NOT NULL,
  created_at        BIGINT NOT NULL,
  state_at          BIGINT NOT NULL
, purge_at BIGINT, told_to TEXT);
CREATE INDEX tenants_due ON tenants (purge_at) WHERE purge_at IS NOT NULL;
CREATE INDEX tenants_telling ON tenants (id) WHERE told_to IS NOT NULL;

CREATE TABLE domains (
  name        TEXT    NOT NULL PRIMARY KEY,    -- folded; one tenant at most, for ever
  tenant_id   TEXT    NOT NULL REFERENCES tenants (id),
  initial     BOOLEAN NOT NULL,                -- the one shown beside the name
  verified_at BIGINT
);
CREATE INDEX domains_tenant ON domains (tenant_id);
CREATE UNIQUE INDEX domains_initial ON domains (tenant_id) WHERE initial;

CREATE TABLE settings (
  tenant_id TEXT   NOT NULL REFERENCES tenants (id),
  name      TEXT   NOT NULL,
  value     TEXT   NOT NULL,
  set_at    BIGINT NOT NULL,
  set_by    TEXT   NOT NULL,                   -- user id, or the kind of actor
  PRIMARY KEY (tenant_id, name)
);

CREATE TABLE users (
  id                  TEXT    NOT NULL PRIMARY KEY,
  tenant_id           TEXT    NOT NULL REFERENCES tenants (id),
  account_id          TEXT REFERENCES accounts (id), -- NULL until redeemed
  display_name        TEXT    NOT NULL,
  sort_key            BYTEA   NOT NULL,
  user_type           TEXT    NOT NULL,        -- member · guest
  creation_type       TEXT    NOT NULL,        -- '' · Invitation
  principal_name      TEXT    NOT NULL,
  principal_key       TEXT    NOT NULL,
  mail                TEXT    NOT NULL,
  account_enabled     BOOLEAN NOT NULL,
  enabled_at          BIGINT,                  -- when account_enabled last changed
  external_state      TEXT    NOT NULL,        -- '' · PendingAcceptance · Accepted
  external_state_at   BIGINT,
  invited_issuer      TEXT,                    -- who may accept: the identity invited
  invited_subject     TEXT,
  invited_by          TEXT,                    -- user id
  created_at          BIGINT  NOT NULL,
  last_used_at        BIGINT,
  home_ended_at       BIGINT,                  -- the account's home user is gone for good
  hold_at             BIGINT,                  -- legal hold: the purge waits
  hold_reason         TEXT    NOT NULL,
  deleted_at          BIGINT,
  deleted_kind        TEXT    NOT NULL,        -- '' · left · administrator · operator
  purge_at            BIGINT
);
CREATE UNIQUE INDEX users_account ON users (tenant_id, account_id) WHERE deleted_at IS NULL AND account_id IS NOT NULL;
CREATE UNIQUE INDEX users_principal ON users (tenant_id, principal_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX users_invited ON users (tenant_id, invited_issuer, invited_subject) WHERE deleted_at IS NULL AND invited_issuer IS NOT NULL;
CREATE INDEX users_person ON users (account_id, tenant_id);
CREATE INDEX users_invitation ON users (invited_issuer, invited_subject) WHERE account_id IS NULL AND deleted_at IS NULL;
CREATE INDEX users_waiting ON users (external_state_at, id) WHERE account_id IS NULL AND deleted_at IS NULL;
CREATE INDEX users_listed ON users (tenant_id, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX users_deleted ON users (tenant_id, purge_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX users_due ON users (purge_at, id) WHERE deleted_at IS NOT NULL AND hold_at IS NULL;
CREATE INDEX users_tenant ON users (tenant_id, id);
CREATE INDEX users_held ON users (purge_at) WHERE deleted_at IS NOT NULL AND hold_at IS NOT NULL;
CREATE INDEX users_typed ON users (tenant_id, user_type, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX users_disabled ON users (tenant_id, sort_key, id) WHERE deleted_at IS NULL AND NOT account_enabled;
CREATE INDEX users_pending ON users (tenant_id, sort_key, id) WHERE deleted_at IS NULL AND external_state = 'PendingAcceptance';
CREATE INDEX users_deleted_held ON users (tenant_id, purge_at, id) WHERE deleted_at IS NOT NULL AND hold_at IS NOT NULL;

CREATE VIEW live_users AS
  SELECT id, tenant_id, account_id, display_name, sort_key, user_type, creation_type, principal_name, principal_key, mail,
         account_enabled, enabled_at, external_state, external_state_at, invited_issuer, invited_subject, invited_by,
         created_at, last_used_at, home_ended_at, hold_at, hold_reason
    FROM users WHERE deleted_at IS NULL;

CREATE TABLE user_words (
  tenant_id TEXT  NOT NULL,
  word      BYTEA NOT NULL,
  user_id   TEXT  NOT NULL REFERENCES users (id),
  PRIMARY KEY (tenant_id, word, user_id)
);
CREATE INDEX user_words_user ON user_words (user_id);

CREATE TABLE groups (
  id          TEXT   NOT NULL PRIMARY KEY,
  tenant_id   TEXT   NOT NULL REFERENCES tenants (id),
  name        TEXT   NOT NULL,
  sort_key    BYTEA  NOT NULL,
  description TEXT   NOT NULL,
  created_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX groups_name ON groups (tenant_id, sort_key);

CREATE TABLE members (
  tenant_id TEXT   NOT NULL,
  group_id  TEXT   NOT NULL REFERENCES groups (id),
  user_id   TEXT   NOT NULL REFERENCES users (id),
  added_at  BIGINT NOT NULL,
  PRIMARY KEY (group_id, user_id)
);
CREATE INDEX members_user ON members (user_id);

CREATE TABLE roles (
  tenant_id  TEXT   NOT NULL,
  user_id    TEXT   NOT NULL REFERENCES users (id),
  role       TEXT   NOT NULL,
  granted_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, role)
);
CREATE INDEX roles_tenant ON roles (tenant_id, role);

CREATE TABLE departures (
  id          TEXT   NOT NULL PRIMARY KEY,
  tenant_id   TEXT   NOT NULL,
  user_id     TEXT   NOT NULL REFERENCES users (id),
  at          BIGINT NOT NULL,
  kind        TEXT   NOT NULL,                 -- left · administrator · operator
  by_user     TEXT,                            -- who, where it was an administrator
  purge_at    BIGINT NOT NULL,
  had         TEXT   NOT NULL,                 -- JSON: groups (id, name) and roles at that moment
  restored_at BIGINT,
  restored_by TEXT,
  result      TEXT   NOT NULL                  -- JSON: what came back and what could not, '' until restored
);
CREATE INDEX departures_user ON departures (user_id, at);

CREATE TABLE tombstones (
  user_id   TEXT   NOT NULL PRIMARY KEY,
  tenant_id TEXT   NOT NULL,
  at        BIGINT NOT NULL,
  actor     TEXT   NOT NULL,                   -- kind of actor
  actor_id  TEXT   NOT NULL,
  reason    TEXT   NOT NULL                    -- purge · administrator · operator · declined
);

CREATE TABLE receipts (
  id             TEXT   NOT NULL PRIMARY KEY,
  account_id     TEXT   NOT NULL REFERENCES accounts (id),
  tenant_id      TEXT   NOT NULL,
  user_id        TEXT   NOT NULL,
  number         TEXT   NOT NULL UNIQUE,       -- for a person to read out
  organization   TEXT   NOT NULL,              -- its last known name
  principal_name TEXT   NOT NULL,
  invited_by     TEXT   NOT NULL,
  since          BIGINT NOT NULL,
  had            TEXT   NOT NULL,              -- JSON, as in departures
  contact        TEXT   NOT NULL,
  left_at        BIGINT NOT NULL,
  purge_at       BIGINT NOT NULL,
  state          TEXT   NOT NULL,              -- left · restored · erased
  state_at       BIGINT NOT NULL
);
CREATE INDEX receipts_account ON receipts (account_id, left_at);
CREATE INDEX receipts_user ON receipts (user_id) WHERE state = 'left';

CREATE TABLE browsers (
  id           TEXT   NOT NULL PRIMARY KEY,
  hash         BYTEA  NOT NULL UNIQUE,         -- of the cookie
  session_id   TEXT,                           -- the current one
  created_at   BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL
);

CREATE TABLE sessions (
  id             TEXT   NOT NULL PRIMARY KEY,
  browser_id     TEXT   NOT NULL REFERENCES browsers (id),
  account_id     TEXT   NOT NULL REFERENCES accounts (id),
  created_at     BIGINT NOT NULL,
  last_seen_at   BIGINT NOT NULL,
  expires_at     BIGINT NOT NULL,              -- absolute
  proved_at      BIGINT NOT NULL,              -- the password was typed
  managed_at     BIGINT,                       -- last use of an admin centre
  ended_at       BIGINT,
  end_reason     TEXT   NOT NULL
, second TEXT NOT NULL DEFAULT '', stays BOOLEAN NOT NULL DEFAULT FALSE, registers TEXT NOT NULL DEFAULT '', resume TEXT NOT NULL DEFAULT '', idle BIGINT NOT NULL DEFAULT 28800000000);
CREATE INDEX sessions_account ON sessions (account_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_browser ON sessions (browser_id, account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE session_tenants (
  session_id TEXT   NOT NULL REFERENCES sessions (id),
  tenant_id  TEXT   NOT NULL,
  user_id    TEXT   NOT NULL,
  entered_at BIGINT NOT NULL, second TEXT NOT NULL DEFAULT '', second_at BIGINT,
  PRIMARY KEY (session_id, tenant_id)
);
CREATE INDEX session_tenants_user ON session_tenants (user_id);

CREATE TABLE flows (
  hash       BYTEA  NOT NULL PRIMARY KEY,      -- of the id in the form
  browser_id TEXT   NOT NULL,
  purpose    TEXT   NOT NULL,                  -- signin
  step       TEXT   NOT NULL,
  name       TEXT   NOT NULL,
  account_id TEXT,
  return_url TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT
, session_id TEXT, password_version BIGINT NOT NULL DEFAULT 0, stays BOOLEAN NOT NULL DEFAULT FALSE, tenant_id TEXT);
CREATE INDEX flows_expiry ON flows (expires_at);

CREATE TABLE counters (
  name       TEXT   NOT NULL PRIMARY KEY,
  count      BIGINT NOT NULL,
  first_at   BIGINT NOT NULL,
  last_at    BIGINT NOT NULL
);
CREATE INDEX counters_age ON counters (last_at);

CREATE TABLE audit (
  id         TEXT   NOT NULL PRIMARY KEY,
  tenant_id  TEXT,
  at         BIGINT NOT NULL,
  actor      TEXT   NOT NULL,                  -- kind of actor
  actor_id   TEXT   NOT NULL,
  act        TEXT   NOT NULL,
  target     TEXT   NOT NULL,                  -- id of what was acted on
  other      TEXT   NOT NULL,                  -- a second id: the group, the session …
  result     TEXT   NOT NULL,                  -- done · refused
  reason     TEXT   NOT NULL,                  -- reason code
  commitment BYTEA                             -- SHA-256 of salt and details
);
CREATE INDEX audit_tenant ON audit (tenant_id, at, id);
CREATE INDEX audit_target ON audit (target, at);
CREATE INDEX audit_actor ON audit (actor_id, at);
CREATE INDEX audit_sign_ins ON audit (target, at, id) WHERE act = 'session.start';
CREATE INDEX audit_act ON audit (tenant_id, act, at, id);
CREATE INDEX audit_refused ON audit (tenant_id, at, id) WHERE result = 'refused';
CREATE INDEX audit_other ON audit (other, at) WHERE act IN ('group.add', 'group.remove');
CREATE INDEX audit_own ON audit (target, at, id) WHERE act IN ('session.start', 'session.password', 'password.reset');

CREATE TABLE audit_details (
  audit_id TEXT  NOT NULL REFERENCES audit (id),
  subject  TEXT  NOT NULL,                     -- whose erasure takes this row along
  salt     BYTEA NOT NULL,
  data     TEXT  NOT NULL,                     -- JSON
  PRIMARY KEY (audit_id, subject)
);
CREATE INDEX audit_details_subject ON audit_details (subject);

CREATE TABLE outbox (
  id          TEXT   NOT NULL PRIMARY KEY,
  channel     TEXT   NOT NULL,                 -- mail
  dedupe_key  TEXT   NOT NULL UNIQUE,
  tenant_id   TEXT,
  account_id  TEXT,
  payload     BYTEA,                           -- sealed; wiped when sent
  created_at  BIGINT NOT NULL,
  attempts    BIGINT NOT NULL,
  next_at     BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  sent_at     BIGINT,
  dead_at     BIGINT,
  last_error  TEXT   NOT NULL
, expires_at BIGINT, again_at BIGINT, topic TEXT, discarded_at BIGINT);
CREATE INDEX outbox_due ON outbox (next_at, id) WHERE sent_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_channel_due ON outbox (channel, next_at, id) WHERE sent_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_topic ON outbox (topic) WHERE sent_at IS NULL AND topic IS NOT NULL;
CREATE INDEX outbox_account ON outbox (account_id) WHERE sent_at IS NULL AND account_id IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (tenant_id, dead_at, id) WHERE dead_at IS NOT NULL AND discarded_at IS NULL;
CREATE INDEX outbox_given_up ON outbox (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX outbox_overdue ON outbox (expires_at) WHERE sent_at IS NULL AND dead_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX outbox_gone ON outbox (sent_at) WHERE sent_at IS NOT NULL;

CREATE TABLE beats (
  name         TEXT   NOT NULL PRIMARY KEY,    -- purge
  at           BIGINT NOT NULL,                -- the last beat
  steady_since BIGINT NOT NULL                 -- since when beats came without a jump
);

CREATE TABLE leases (
  name  TEXT   NOT NULL PRIMARY KEY,
  owner TEXT   NOT NULL,
  until BIGINT NOT NULL
);

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

CREATE TABLE connections (
  id         TEXT   NOT NULL PRIMARY KEY,
  tenant_id  TEXT   NOT NULL REFERENCES tenants (id),
  account_id TEXT   NOT NULL REFERENCES accounts (id),
  home_id    TEXT,                               -- the home organization at that time
  first_at   BIGINT NOT NULL,
  last_at    BIGINT NOT NULL,                    -- last used
  ended_at   BIGINT,
  ended_by   TEXT   NOT NULL                     -- kind of actor, '' until ended
);
CREATE UNIQUE INDEX connections_open ON connections (tenant_id, account_id) WHERE ended_at IS NULL;
CREATE INDEX connections_account ON connections (account_id) WHERE ended_at IS NULL;
CREATE INDEX connections_tenant ON connections (tenant_id, last_at, id) WHERE ended_at IS NULL;
CREATE INDEX connections_home ON connections (home_id, last_at, id) WHERE ended_at IS NULL;

CREATE TABLE blocks (
  account_id TEXT   NOT NULL REFERENCES accounts (id),
  tenant_id  TEXT   NOT NULL REFERENCES tenants (id),
  at         BIGINT NOT NULL,
  PRIMARY KEY (account_id, tenant_id)
);

CREATE TABLE notices (
  id         TEXT   NOT NULL PRIMARY KEY,
  hash       BYTEA  NOT NULL UNIQUE,
  account_id TEXT   NOT NULL REFERENCES accounts (id),
  session_id TEXT   NOT NULL,                  -- that the sign-in began
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT
, method_id TEXT, password TEXT NOT NULL DEFAULT '', pepper TEXT NOT NULL DEFAULT '', version BIGINT NOT NULL DEFAULT 0, address TEXT NOT NULL DEFAULT '', removed_at BIGINT);
CREATE INDEX notices_account ON notices (account_id);
CREATE INDEX notices_expiry ON notices (expires_at);

CREATE TABLE photos (
  account_id TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id),
  id         TEXT   NOT NULL UNIQUE,             -- a new one with each photo
  set_at     BIGINT NOT NULL,
  small      BYTEA  NOT NULL,                    -- JPEG 48 × 48
  large      BYTEA  NOT NULL                     -- JPEG 240 × 240
);

CREATE TABLE key_checks (
  key_id     TEXT   NOT NULL PRIMARY KEY,
  sealed     BYTEA  NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
  id         TEXT   NOT NULL PRIMARY KEY,
  method_id  TEXT   NOT NULL REFERENCES methods (id),
  hash       BYTEA  NOT NULL,
  used_at    BIGINT
);
CREATE UNIQUE INDEX recovery_codes_hash ON recovery_codes (method_id, hash);

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

CREATE TABLE registrations (
  account_id   TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id),
  skipped      BIGINT NOT NULL DEFAULT 0,     -- times, of the campaign
  quiet_until  BIGINT,                         -- they are not asked before
  confirmed_at BIGINT                          -- that their methods are still right
);

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
