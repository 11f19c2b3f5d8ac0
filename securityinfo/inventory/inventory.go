package inventory

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
	"sojourn/internal/web"
	"sojourn/securityinfo"
)

// Feature is the room: its verbs and its pages.
type Feature struct {
	DB    *db.DB
	IDs   id.Source
	Seals Seals
}

// Seals seals the seeds of tokens.
type Seals interface {
	SealToken(tenantID, tokenID string, seed []byte) []byte
}

// right is what it takes to read the inventory and to change it.
const right = directory.ManageMethods

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /manage/{tenant}/hardware-tokens", web.Manage, f.showList)
	t.Handle("GET /manage/{tenant}/hardware-tokens/upload", web.Manage, f.showUpload)
	t.Add(web.Route{Pattern: "POST /manage/{tenant}/hardware-tokens/upload", Access: web.Manage, Upload: maxFile + 64<<10, Handler: f.submitUpload})
	t.Handle("GET /manage/{tenant}/hardware-tokens/{token}/assign", web.Manage, f.showAssign)
	t.Handle("POST /manage/{tenant}/hardware-tokens/{token}/assign", web.Manage, f.submitAssign)
	t.Handle("POST /manage/{tenant}/hardware-tokens/{token}/unassign", web.Manage, f.submitUnassign)
	t.Handle("GET /manage/{tenant}/hardware-tokens/{token}/delete", web.Manage, f.showDelete)
	t.Handle("POST /manage/{tenant}/hardware-tokens/{token}/delete", web.Manage, f.submitDelete)
}

// Restored is asked of every room when a deleted user comes back: there is nothing to
// do here.
func (f *Feature) Restored(context.Context, *db.Tx, string) error { return nil }

// Erased has no token wait any more for people who are erased. What they used is free
// again with their account.
func (f *Feature) Erased(ctx context.Context, tx *db.Tx, userIDs []string) error {
	return accounts.FreeTokensOf(ctx, tx, userIDs)
}

// do is the way of every verb: the actor is held against the right, asked for a fresh
// proof, and what was done is recorded.
func (f *Feature) do(ctx context.Context, who actor.Actor, entry audit.Entry, verb func(tx *db.Tx, t directory.Tenant) ([]audit.Entry, error)) error {
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		t, err := directory.Admit(ctx, tx, who, entry.Tenant, right)
		if err != nil {
			return err
		}
		if who.Kind == actor.Administrator {
			if err := securityinfo.Fresh(who, tx.Now()); err != nil {
				return err
			}
		}
		rows, err := verb(tx, t)
		if err != nil {
			return err
		}
		return audit.RecordAll(ctx, tx, who, rows)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("%s: %w", entry.Act, err))
	}
	return nil
}

// free is a token of a tenant that nobody uses, and that waits for nobody above the rank
// of the administrator; any other is not there, or refused.
func free(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID, tokenID string) (accounts.Token, error) {
	t, found, err := accounts.TokenBy(ctx, tx, tenantID, tokenID)
	switch {
	case err != nil:
		return t, err
	case !found:
		return t, fault.Missing()
	}
	if err := mayChange(t); err != nil || t.Assigned == "" {
		return t, err
	}
	return t, directory.AdmitOver(ctx, tx, who, tenantID, t.Assigned, right)
}
