-- +goose Up
-- What was added in a session can be taken back by whoever shows the password as it
-- was then; what is bound to an organization keeps its place until that resets it.
ALTER TABLE notices ADD COLUMN password TEXT NOT NULL DEFAULT '';   -- hash of the person's password as it was then, '' without one and once used
ALTER TABLE notices ADD COLUMN pepper TEXT NOT NULL DEFAULT '';     -- id of the pepper the hash was made with, '' without
ALTER TABLE notices ADD COLUMN version BIGINT NOT NULL DEFAULT 0;   -- of that password
ALTER TABLE notices ADD COLUMN address TEXT NOT NULL DEFAULT '';    -- the mailbox the link went to
ALTER TABLE notices ADD COLUMN removed_at BIGINT;                   -- the method was taken back by this link

CREATE UNIQUE INDEX methods_bound_place ON methods (tenant_id, account_id) WHERE state IN ('active', 'reported') AND tenant_id IS NOT NULL;
