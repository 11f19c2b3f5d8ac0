package securityinfo

import (
	"context"

	"sojourn/accounts"
	"sojourn/internal/caps"
	"sojourn/internal/db"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
)

var (
	verifyTexts = texts{
		subject: "securityinfo.mail.verify.subject", preview: "securityinfo.mail.code.preview",
		text: "securityinfo.mail.verify.text", closing: "securityinfo.mail.verify.closing",
	}
	resetCodeTexts = texts{
		subject: "securityinfo.mail.resetCode.subject", preview: "securityinfo.mail.code.preview",
		text: "securityinfo.mail.resetCode.text", closing: "securityinfo.mail.resetCode.closing",
	}
)

// mailed is a code that is to go to a mailbox.
type mailed struct {
	MethodID string // under which it is kept
	Address  string
	MadeFor  string
	Words    *texts
}

// mailCode makes a code and mails it, in the transaction of the act. Where too much
// was mailed there already it sends nothing and says so.
func (f *Feature) mailCode(ctx context.Context, tx *db.Tx, h holder, m mailed) (sent bool, err error) {
	_, within, err := caps.Count(ctx, tx, caps.MailTo(accounts.Fold(m.Address)), caps.MailBy(h.Account))
	if err != nil || !within {
		return false, err
	}
	id, code, err := f.newCode(ctx, tx, h.Account, m.MethodID, m.MadeFor)
	if err != nil {
		return false, err
	}
	l := f.Words.Match("", h.Language).For(h.Region, h.Zone)
	letter := f.letter(l, m.Address, h.Name, *m.Words)
	letter.Facts = []mail.Fact{
		{Label: l.T("securityinfo.mail.code"), Value: code},
		{Label: l.T("securityinfo.mail.account"), Value: h.Address},
		{Label: l.T("securityinfo.mail.until"), Value: l.DateTime(tx.Now().Add(sentLife).In(f.Zone))},
	}
	letter.Closing = []string{l.T(m.Words.closing)}
	return true, f.Outbox.Put(ctx, tx, outbox.Mail{
		Dedupe: "code:" + id, Tenant: h.Tenant, Account: h.Account, ExpiresAt: tx.Now().Add(sentLife), Letter: letter,
	})
}
