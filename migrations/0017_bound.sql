-- +goose Up
-- Second factors that an organization wants bound to itself, and sessions that have
-- shown theirs there.
CREATE UNIQUE INDEX methods_bound ON methods (tenant_id, account_id) WHERE state = 'active' AND tenant_id IS NOT NULL;

ALTER TABLE flows ADD COLUMN tenant_id TEXT;                        -- of an entrance: the organization it leads into
ALTER TABLE session_tenants ADD COLUMN second TEXT NOT NULL DEFAULT ''; -- id of the bound method that was shown, '' for none
ALTER TABLE session_tenants ADD COLUMN second_at BIGINT;
