package securityinfo

import (
	"context"
	"encoding/hex"
	"strconv"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/agent"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
)

var (
	addedTexts = texts{
		subject: "securityinfo.mail.added.subject", preview: "securityinfo.mail.method.preview", text: "securityinfo.mail.added.text",
	}
	removedTexts = texts{
		subject: "securityinfo.mail.removed.subject", preview: "securityinfo.mail.method.preview", text: "securityinfo.mail.removed.text",
	}
	numberTexts = texts{
		subject: "securityinfo.mail.number.subject", preview: "securityinfo.mail.method.preview", text: "securityinfo.mail.number.text",
	}
	defaultTexts = texts{
		subject: "securityinfo.mail.default.subject", preview: "securityinfo.mail.method.preview", text: "securityinfo.mail.default.text",
	}
	codesTexts = texts{
		subject: "securityinfo.mail.codes.subject", preview: "securityinfo.mail.method.preview", text: "securityinfo.mail.codes.text",
	}
	spentTexts = texts{
		subject: "securityinfo.mail.spent.subject", preview: "securityinfo.mail.method.preview", text: "securityinfo.mail.spent.text",
	}
)

// tellAltered tells a person how their sign-in methods changed, from where, and
// what to do if that was somebody else. It is never capped.
func (f *Feature) tellAltered(ctx context.Context, tx *db.Tx, who actor.Actor, h holder, what *texts, m accounts.Method) error {
	to, err := accounts.MailAddress(ctx, tx, h.Account)
	if err != nil || to == "" {
		return err
	}
	l := f.Words.Match("", h.Language).For(h.Region, h.Zone)
	from := agent.Of(who.Agent)
	letter := f.letter(l, to, h.Name, *what)
	letter.Facts = append(f.methodFacts(l, tx, h, m),
		mail.Fact{Label: l.T("securityinfo.mail.browser"), Value: known(l, from.Browser)},
		mail.Fact{Label: l.T("securityinfo.mail.system"), Value: known(l, from.System)},
		mail.Fact{Label: l.T("securityinfo.mail.address"), Value: known(l, who.Address)},
	)
	letter.Closing = []string{l.T("securityinfo.mail.method.help")}
	if f.Notices != nil && who.SessionID != "" {
		added := ""
		if what == &addedTexts || what == &codesTexts {
			added = m.ID
		}
		url, err := f.Notices.NoticeLink(ctx, tx, h.Account, who.SessionID, added)
		if err != nil {
			return err
		}
		letter.Button = mail.Button{Text: l.T("securityinfo.mail.method.button"), URL: url}
		letter.Closing = []string{l.T("securityinfo.mail.method.notYou")}
	}
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "method:" + f.IDs.New(), Tenant: h.Tenant, Account: h.Account, Letter: letter})
}

// tellSpent tells that a recovery code was used, and how many are left.
func (f *Feature) tellSpent(ctx context.Context, tx *db.Tx, p accounts.SecondProof) error {
	h, found, err := holderOf(ctx, tx, p.AccountID)
	if err != nil || !found {
		return err
	}
	to, err := accounts.MailAddress(ctx, tx, p.AccountID)
	if err != nil || to == "" {
		return err
	}
	m, _, err := accounts.MethodBy(ctx, tx, p.AccountID, p.Factor.ID)
	if err != nil {
		return err
	}
	l := f.Words.Match("", h.Language).For(h.Region, h.Zone)
	letter := f.letter(l, to, h.Name, spentTexts)
	letter.Facts = append(f.methodFacts(l, tx, h, m), mail.Fact{Label: l.T("securityinfo.mail.left"), Value: strconv.Itoa(m.Left)})
	letter.Closing = []string{l.T("securityinfo.mail.method.help")}
	return f.Outbox.Put(ctx, tx, outbox.Mail{
		Dedupe: "spent:" + p.Factor.ID + ":" + hex.EncodeToString(p.Hash[:8]), Tenant: h.Tenant, Account: h.Account, Letter: letter,
	})
}

func (f *Feature) methodFacts(l *i18n.Locale, tx *db.Tx, h holder, m accounts.Method) []mail.Fact {
	method := l.T(methodKey(m.Type))
	if m.Name != "" {
		method += " · " + mail.Isolate(m.Name)
	}
	return []mail.Fact{
		{Label: l.T("securityinfo.mail.account"), Value: h.Address},
		{Label: l.T("securityinfo.mail.method"), Value: method},
		{Label: l.T("securityinfo.mail.when"), Value: l.DateTime(tx.Now().In(f.Zone))},
	}
}

// methodKey is the message that names a sort of method.
func methodKey(t accounts.MethodType) string { return "securityinfo.type." + string(t) }

func known(l *i18n.Locale, s string) string {
	if s == "" {
		return l.T("securityinfo.mail.unknown")
	}
	return s
}
