package activity

import (
	"context"
	"fmt"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// batch is how many lines of a download are in memory at a time.
const batch = 200

// Download gives the audit log of a tenant to write, in batches, the newest
// lines first; the first batch comes even when it is empty. That somebody took a
// copy is a line of the log itself, written before anything is given.
func (f *Feature) Download(ctx context.Context, who actor.Actor, tenantID string, filter Filter, write func(lines []Line, whole bool) error) error {
	entry := audit.Entry{Tenant: tenantID, Act: "audit.download", Target: tenantID, Other: filter.User}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		if _, err := directory.Admit(ctx, tx, who, tenantID, directory.ReadAudit); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("download audit log: %w", err))
	}
	from, whole := newest, whole(who)
	for first := true; ; first = false {
		lines, err := f.lines(ctx, tenantID, filter, whole, from, batch)
		if err != nil {
			return fmt.Errorf("download audit log: %w", err)
		}
		if len(lines) == 0 && !first {
			return nil
		}
		if err := write(lines, whole); err != nil || len(lines) < batch {
			return err
		}
		last := lines[len(lines)-1]
		from = point{last.At.UnixMicro(), last.ID}
	}
}
