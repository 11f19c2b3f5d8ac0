package directory

import (
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// TenantView is an organization with its verified domains.
type TenantView struct {
	Tenant
	Domains []string // the initial one first
}

// Properties are what of it can be changed.
func (v TenantView) Properties() Properties {
	return Properties{Name: v.Name, PrivacyStatement: v.PrivacyStatement, PrivacyContact: v.PrivacyContact, TechnicalContact: v.TechnicalContact}
}

// TenantView reads the organization for the page of its properties.
func (f *Feature) TenantView(ctx context.Context, who actor.Actor, tenantID string) (TenantView, error) {
	if _, err := reading(who, tenantID, ManageProperties); err != nil {
		return TenantView{}, err
	}
	t, found, err := TenantBy(ctx, f.DB, tenantID)
	if err != nil || !found {
		return TenantView{}, first(err, fault.Missing())
	}
	domains, err := Domains(ctx, f.DB, tenantID)
	return TenantView{Tenant: t, Domains: domains}, err
}
