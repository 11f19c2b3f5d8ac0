// Package actor says who does a thing. Every verb takes an Actor, every change
// names one, and the zero Actor is refused.
package actor

import (
	"slices"
	"time"
)

// Kind is in what capacity somebody acts.
type Kind string

const (
	Person        Kind = "person"        // on their own account
	Administrator Kind = "administrator" // in one tenant, with the roles held there
	Operator      Kind = "operator"      // at the command line, outside any tenant
	System        Kind = "system"        // the product by itself, e.g. the purge
)

// Actor is who acts. Address and Agent are personal: they go to the erasable
// details of the audit log and nowhere else.
type Actor struct {
	Kind      Kind
	AccountID string
	SessionID string
	BrowserID string
	Name      string    // as shown to those the act concerns
	ProvedAt  time.Time // when the password was last typed in this session

	TenantID string // Administrator: the tenant acted in …
	UserID   string // … as which user …
	Roles    []string

	Address string // network address
	Agent   string // browser's User-Agent
}

// OperatorActor acts from the command line.
func OperatorActor() Actor { return Actor{Kind: Operator, Name: "operator"} }

// SystemActor is the product acting by itself.
func SystemActor() Actor { return Actor{Kind: System, Name: "system"} }

// Valid says whether the actor names somebody.
func (a Actor) Valid() bool {
	switch a.Kind {
	case Person:
		return a.AccountID != ""
	case Administrator:
		return a.AccountID != "" && a.TenantID != "" && a.UserID != ""
	case Operator, System:
		return true
	}
	return false
}

// In is a person acting on their own account within a tenant: there they are
// named by their user, since a tenant never learns an account's id.
func (a Actor) In(tenantID, userID string) Actor {
	a.TenantID, a.UserID = tenantID, userID
	return a
}

// ID is the actor's id as the audit log keeps it: the user where a tenant is
// concerned, else the account.
func (a Actor) ID() string {
	if a.UserID != "" {
		return a.UserID
	}
	return a.AccountID
}

// Holds says whether the actor holds one of the roles in their tenant.
func (a Actor) Holds(roles ...string) bool {
	return slices.ContainsFunc(a.Roles, func(r string) bool { return slices.Contains(roles, r) })
}

// FreshProof is how long a typed password counts as proof (ASVS 7.5.1:
// re-authentication before a sensitive change).
const FreshProof = 5 * time.Minute

// clockSkew: a proof is stamped by the database server's clock and may be checked
// by this process's measure of it.
const clockSkew = 2 * time.Second

// Proved says whether the actor typed their password within FreshProof of now.
func (a Actor) Proved(now time.Time) bool {
	age := now.Sub(a.ProvedAt)
	return !a.ProvedAt.IsZero() && age >= -clockSkew && age <= FreshProof
}

// As is a person acting as administrator of a tenant, from a page of their own
// account. Their roles are read by the verb.
func (a Actor) As(tenantID, userID string) Actor {
	a.Kind, a.TenantID, a.UserID = Administrator, tenantID, userID
	return a
}
