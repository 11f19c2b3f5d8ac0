-- +goose Up
-- What lists of users are narrowed down by: a page costs the same however many
-- users there are. Each is in the order of its list.
CREATE INDEX users_typed ON users (tenant_id, user_type, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX users_disabled ON users (tenant_id, sort_key, id) WHERE deleted_at IS NULL AND NOT account_enabled;
CREATE INDEX users_pending ON users (tenant_id, sort_key, id) WHERE deleted_at IS NULL AND external_state = 'PendingAcceptance';
CREATE INDEX users_deleted_held ON users (tenant_id, purge_at, id) WHERE deleted_at IS NOT NULL AND hold_at IS NOT NULL;
