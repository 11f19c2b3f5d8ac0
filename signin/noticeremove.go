package signin

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// Taking takes back what somebody else added to an account.
type Taking interface {
	// VerifyFormer compares with a password as it was; wrong ones count over all links.
	VerifyFormer(ctx context.Context, accountID string, was accounts.Password, password string) error
	// TakeBack takes the method away and tells of it, told among others.
	TakeBack(ctx context.Context, tx *db.Tx, who actor.Actor, accountID, methodID string, told []string) error
}

// RemoveByLink takes away the method that a notice is about. The link proves the
// mailbox; beside it the password is asked for as it was when the method was added, so
// that who reads the mailbox undoes no second step. A wrong one uses nothing up.
// Whatever is open of the account ends, once more.
func (f *Feature) RemoveByLink(ctx context.Context, who actor.Actor, token, password string) error {
	n, err := f.Notice(ctx, token)
	if err != nil {
		return err
	}
	if !n.Removable() || !n.Provable {
		return noticeOver()
	}
	if password == "" {
		return fault.New(fault.Invalid, "password_missing", "signin.password.missing")
	}
	if err := f.compareFormer(ctx, who, n, password); err != nil {
		return f.refuseRemoval(ctx, who, n, err)
	}
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		b, found, err := burnRemoval(ctx, tx, id.Hash(token))
		if err == nil && !found {
			err = noticeOver()
		}
		if err != nil {
			return err
		}
		if _, err := f.endDisowned(ctx, tx, who, b); err != nil {
			return err
		}
		told, err := forgetNoted(ctx, tx, b.account, b.method)
		if err != nil {
			return err
		}
		err = f.Taking.TakeBack(ctx, tx, reader(who, b.account), b.account, b.method, told)
		if fault.Is(err, "not_found") { // it went another way meanwhile
			err = noticeOver()
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("remove by link: %w", err)
	}
	return nil
}

// compareFormer asks whether a password is right, if the source of the request has not
// had too many tries.
func (f *Feature) compareFormer(ctx context.Context, who actor.Actor, n Notice, password string) error {
	try, err := f.Tries.Enter(who.Address)
	if err != nil {
		return err
	}
	defer func() { try.Done(fault.Is(err, "wrong_password")) }()
	err = f.Taking.VerifyFormer(ctx, n.Account, n.was, password)
	return err
}

// refuseRemoval audits a wrong password where its owner, or the organization that the
// method is bound to, can see it.
func (f *Feature) refuseRemoval(ctx context.Context, who actor.Actor, n Notice, err error) error {
	wrong, ok := fault.Of(err)
	if !ok || wrong.Kind != fault.Invalid {
		return err
	}
	s, readErr := standingOf(ctx, f.DB, n.Account)
	if readErr != nil {
		return fmt.Errorf("remove by link: %w", readErr)
	}
	entry := audit.Entry{Tenant: s.HomeTenant, Act: "method.remove", Target: s.target(), Other: n.method}
	if n.Method.Tenant != "" {
		entry.Tenant = n.Method.Tenant
		if entry.Target, readErr = anyUserIn(ctx, f.DB, n.Method.Tenant, n.Account); readErr != nil {
			return fmt.Errorf("remove by link: %w", readErr)
		}
	}
	nobody := actor.SystemActor() // whoever typed it has shown no more than a letter
	nobody.Address, nobody.Agent = who.Address, who.Agent
	return auditWrong(ctx, f.DB, nobody, entry, err, wrong)
}
