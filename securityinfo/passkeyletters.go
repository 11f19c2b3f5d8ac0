package securityinfo

import (
	"context"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
)

var copiedTexts = texts{
	subject: "securityinfo.mail.copied.subject", preview: "securityinfo.mail.copied.preview", text: "securityinfo.mail.copied.text",
}

// tellCopied tells the owner of a passkey that its counter went back. It is never
// capped: who can cause it holds the passkey, or a copy of it.
func (f *Feature) tellCopied(ctx context.Context, tx *db.Tx, p accounts.PasskeyProof) error {
	h, found, err := holderOf(ctx, tx, p.AccountID)
	if err != nil || !found {
		return err
	}
	to, err := accounts.MailAddress(ctx, tx, p.AccountID)
	if err != nil || to == "" {
		return err
	}
	m, _, err := accounts.MethodBy(ctx, tx, p.AccountID, p.MethodID)
	if err != nil {
		return err
	}
	l := f.Words.Match("", h.Language).For(h.Region, h.Zone)
	letter := f.letter(l, to, h.Name, copiedTexts)
	letter.Facts = f.methodFacts(l, tx, h, m)
	letter.Button = mail.Button{Text: l.T("securityinfo.mail.copied.button"), URL: f.BaseURL + "/security-info"}
	letter.Closing = []string{l.T("securityinfo.mail.copied.closing")}
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "copied:" + f.IDs.New(), Tenant: h.Tenant, Account: h.Account, Letter: letter})
}
