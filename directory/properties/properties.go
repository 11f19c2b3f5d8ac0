package properties

import (
	"cmp"
	"context"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/web"
)

// Feature is the room: its page and what it reads.
type Feature struct {
	DB        *db.DB
	Directory *directory.Feature
}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /manage/{tenant}/properties", web.Manage, f.showProperties)
	t.Handle("POST /manage/{tenant}/properties", web.Manage, f.submitProperties)
	t.Handle("GET /manage/{tenant}/close", web.Manage, f.showClose)
	t.Handle("POST /manage/{tenant}/close", web.Manage, f.submitClose)
	t.Handle("POST /manage/{tenant}/reopen", web.Manage, f.submitReopen)
}

// view is an organization with its verified domains.
type view struct {
	directory.Tenant
	Domains []string // the initial one first
}

// properties are what of it can be changed.
func (v view) properties() directory.Properties {
	return directory.Properties{Name: v.Name, PrivacyStatement: v.PrivacyStatement, PrivacyContact: v.PrivacyContact, TechnicalContact: v.TechnicalContact}
}

// view reads the organization for the page.
func (f *Feature) view(ctx context.Context, who actor.Actor, tenantID string) (view, error) {
	if err := directory.MayRead(who, tenantID, directory.ManageProperties); err != nil {
		return view{}, err
	}
	t, found, err := directory.TenantBy(ctx, f.DB, tenantID)
	if err != nil || !found {
		return view{}, cmp.Or[error](err, fault.Missing())
	}
	domains, err := directory.Domains(ctx, f.DB, tenantID)
	return view{Tenant: t, Domains: domains}, err
}

// held counts the users whom a legal hold keeps, for who may know of holds.
func (f *Feature) held(ctx context.Context, who actor.Actor, tenantID string) (int, error) {
	if directory.MayRead(who, tenantID, directory.ManageHolds) != nil {
		return 0, nil
	}
	return directory.CountHeld(ctx, f.DB, tenantID)
}
