package securityinfo

import (
	"context"
	"fmt"
	"strconv"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// VerifyFormer compares with a password of an account as it was at a version. Wrong
// ones count for that version over all links, and nowhere else: whoever knows no more
// than a name uses none of them up at the sign-in, and who holds a link none of those
// that the sign-in takes. A password set since does not clear them.
func (f *Feature) VerifyFormer(ctx context.Context, account string, was accounts.Password, password string) error {
	ok, n, err := f.try(ctx, formerName(account, was.Version), formerWords, func() (bool, error) { return f.Hasher.Verify(ctx, password, was) })
	switch {
	case err != nil:
		return fmt.Errorf("verify former password: %w", err)
	case !ok:
		f.warnUnreadable(account, was)
		return wrong(n, formerWords)
	}
	return nil
}

// formerName is where wrong ones of a password as it was at a version count.
func formerName(account string, version int) string {
	return formerPrefix + account + ":" + strconv.Itoa(version)
}

// reported is why a method goes that its person did not add.
const reported = "reported"

// TakeBack takes a method away, in the transaction that proved its person: somebody
// else had added it. One that is bound to an organization is good for nothing any more
// but keeps its place. told are addresses the person had when it was added: they are
// told this too. A method that is not there any more is refused as missing.
func (f *Feature) TakeBack(ctx context.Context, tx *db.Tx, who actor.Actor, accountID, methodID string, told []string) error {
	h, found, err := holderOf(ctx, tx, accountID)
	if err == nil && !found {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	m, found, err := accounts.MethodBy(ctx, tx, accountID, methodID)
	if err != nil {
		return err
	}
	if !found {
		return f.takeBackBound(ctx, tx, who, h, methodID, told)
	}
	all, err := addressesOf(ctx, tx, h)
	if err != nil {
		return err
	}
	gone, err := accounts.Forget(ctx, tx, accountID, methodID)
	if err == nil && !gone {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	if h.Tenant != "" {
		who = who.In(h.Tenant, h.HomeUser)
	}
	entry := audit.Entry{Tenant: h.Tenant, Act: "method.remove", Target: h.target(), Other: m.ID, Reason: reported, Details: audit.Details{"method": string(m.Type)}}
	if err := audit.Record(ctx, tx, who, entry); err != nil {
		return err
	}
	return f.tellTakenBack(ctx, tx, who, h, m, takenBackOf(m), append(all, told...))
}

// takeBackBound tells the organization as well: its administrators alone can make room
// for another. Its log has it, and the home learns nothing of it. That the person has
// left there is no obstacle: who comes back finds the method again.
func (f *Feature) takeBackBound(ctx context.Context, tx *db.Tx, who actor.Actor, h holder, methodID string, told []string) error {
	m, found, err := accounts.BoundBy(ctx, tx, h.Account, methodID)
	if err == nil && found {
		found, err = accounts.ReportBound(ctx, tx, m.Tenant, h.Account, m.ID)
	}
	if err != nil {
		return err
	}
	if !found {
		return fault.Missing()
	}
	there, found, err := guestKnownAs(ctx, tx, m.Tenant, h.Account)
	if err == nil && !found {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	entry := audit.Entry{Tenant: m.Tenant, Act: "method.remove", Target: there.HomeUser, Other: m.ID, Reason: reported, Details: audit.Details{"method": string(m.Type)}}
	if err := audit.Record(ctx, tx, who.In(m.Tenant, there.HomeUser), entry); err != nil {
		return err
	}
	all, err := addressesOf(ctx, tx, h)
	if err != nil {
		return err
	}
	h.Tenant = ""
	if err := f.tellTakenBack(ctx, tx, who, h, m, revokedTexts, append(all, told...)); err != nil {
		return err
	}
	return f.tellReported(ctx, tx, there)
}

// addressesOf are all addresses that an account can be written to.
func addressesOf(ctx context.Context, tx *db.Tx, h holder) ([]string, error) {
	to, err := accounts.MailAddress(ctx, tx, h.Account)
	if err != nil {
		return nil, err
	}
	all := []string{to}
	list, err := accounts.MethodsOf(ctx, tx, h.Account)
	if err != nil {
		return nil, err
	}
	for _, m := range list {
		all = append(all, m.Address)
	}
	own, err := accounts.IdentitiesOf(ctx, tx, h.Account)
	for _, one := range own {
		if h.Tenant == "" && one.Type == accounts.Mailbox {
			all = append(all, one.Address)
		}
	}
	return all, err
}
