-- +goose Up
-- Messages beside mail, such that are of no use after a while, and what becomes of
-- those that could not be delivered.
ALTER TABLE outbox ADD COLUMN expires_at BIGINT;   -- of no use from then on: a code
ALTER TABLE outbox ADD COLUMN again_at BIGINT;     -- when an administrator had it tried again
ALTER TABLE outbox ADD COLUMN topic TEXT;          -- what there is one message of: a newer one takes its place
ALTER TABLE outbox ADD COLUMN discarded_at BIGINT; -- given up, and looked at
CREATE INDEX outbox_channel_due ON outbox (channel, next_at, id) WHERE sent_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_topic ON outbox (topic) WHERE sent_at IS NULL AND topic IS NOT NULL;
CREATE INDEX outbox_account ON outbox (account_id) WHERE sent_at IS NULL AND account_id IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (tenant_id, dead_at, id) WHERE dead_at IS NOT NULL AND discarded_at IS NULL;
CREATE INDEX outbox_given_up ON outbox (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX outbox_overdue ON outbox (expires_at) WHERE sent_at IS NULL AND dead_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX outbox_gone ON outbox (sent_at) WHERE sent_at IS NOT NULL;
