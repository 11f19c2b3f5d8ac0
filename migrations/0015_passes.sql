-- +goose Up
-- Temporary access passes: methods that begin and end by themselves.
ALTER TABLE methods ADD COLUMN starts_at BIGINT;
ALTER TABLE methods ADD COLUMN expires_at BIGINT;
ALTER TABLE methods ADD COLUMN once BOOLEAN NOT NULL DEFAULT FALSE;
CREATE UNIQUE INDEX methods_pass ON methods (account_id) WHERE type = 'pass';
CREATE INDEX methods_expires ON methods (expires_at) WHERE expires_at IS NOT NULL;
