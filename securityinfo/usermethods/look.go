package usermethods

import (
	"cmp"
	"context"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
	"sojourn/policies"
	"sojourn/securityinfo"
)

// look is what an administrator sees of how a user signs in: of a member's
// methods what they are, never what they hold, and of anybody else's nothing.
type look struct {
	directory.User
	Home       bool // the organization owns the account
	Self       bool // the asker is the user
	WithinRank bool // the asker may grant every role the user has

	MailedTo        string // where letters go, "" for nowhere
	HasPassword     bool
	PasswordChanged time.Time
	Methods         []accounts.Method

	Asked policies.Asked

	Bound accounts.Method // of a guest: what is bound to the organization; the zero Method for none

	History []moment // what the organization's log says of it, the newest first
	Older   bool     // there is more than that
}

// open says whether the methods are the asker's to see and change.
func (l look) open() bool { return l.Home && l.WithinRank && !l.Self }

// reachable says whether what is bound to the organization is the asker's to see.
func (l look) reachable() bool { return !l.Home && l.WithinRank && !l.Self && l.AccountID != "" }

// look reads a live user of the tenant.
func (f *Feature) look(ctx context.Context, who actor.Actor, tenantID, userID string) (look, error) {
	if err := directory.MayRead(who, tenantID, directory.ManageMethods); err != nil {
		return look{}, err
	}
	u, found, err := directory.LiveUser(ctx, f.DB, tenantID, userID)
	if err != nil || !found {
		return look{}, cmp.Or[error](err, fault.Missing())
	}
	roles, err := directory.RolesOf(ctx, f.DB, u.ID)
	if err != nil {
		return look{}, err
	}
	l := look{User: u, Self: isSelf(who, u), WithinRank: directory.MayActOn(directory.RolesHeld(who), roles) == nil}
	if l.Home, err = directory.OwnsAccount(ctx, f.DB, u); err != nil {
		return l, err
	}
	if l.reachable() {
		l.Bound, _, err = accounts.BoundIn(ctx, f.DB, u.TenantID, u.AccountID)
	}
	if err != nil || !l.open() {
		return l, err
	}
	if l.MailedTo, err = accounts.MailAddress(ctx, f.DB, u.AccountID); err != nil {
		return look{}, err
	}
	password, has, err := accounts.PasswordOf(ctx, f.DB, u.AccountID)
	if err != nil {
		return look{}, err
	}
	l.HasPassword, l.PasswordChanged = has, password.ChangedAt
	if l.Methods, err = accounts.MethodsOf(ctx, f.DB, u.AccountID); err != nil {
		return look{}, err
	}
	l.Asked, err = policies.Of(ctx, f.DB, u.AccountID)
	return l, err
}

// ask reads a user for a page that asks whether to go on. It refuses what the verb
// would refuse, and asks the fresh proof that the verb will ask.
func (f *Feature) ask(ctx context.Context, who actor.Actor, tenantID, userID string) (look, error) {
	l, err := f.look(ctx, who, tenantID, userID)
	if err != nil {
		return look{}, err
	}
	if err := mayChange(l.Home, l.Self, l.DisplayName); err != nil {
		return look{}, err
	}
	if !l.WithinRank {
		return look{}, fault.New(fault.Forbidden, "rank_too_low", "directory.refused.rank.title")
	}
	return l, securityinfo.Fresh(who, f.DB.Now())
}

// method is one of the methods; any other is not there.
func (l look) method(methodID string) (accounts.Method, error) {
	for _, m := range l.Methods {
		if m.ID == methodID {
			return m, nil
		}
	}
	return accounts.Method{}, fault.Missing()
}
