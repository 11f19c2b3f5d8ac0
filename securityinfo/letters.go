package securityinfo

import (
	"context"
	"strconv"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
)

// texts are the message keys of one kind of letter.
type texts struct{ subject, preview, text, closing string }

var (
	changedTexts = texts{
		subject: "securityinfo.mail.changed.subject", preview: "securityinfo.mail.changed.preview", text: "securityinfo.mail.changed.text",
	}
	setTexts = texts{
		subject: "securityinfo.mail.set.subject", preview: "securityinfo.mail.set.preview", text: "securityinfo.mail.set.text",
	}
	firstTexts = texts{
		subject: "securityinfo.mail.first.subject", preview: "securityinfo.mail.first.preview",
		text: "securityinfo.mail.first.text", closing: "securityinfo.mail.first.closing",
	}
	newTexts = texts{
		subject: "securityinfo.mail.new.subject", preview: "securityinfo.mail.new.preview",
		text: "securityinfo.mail.new.text", closing: "securityinfo.mail.new.closing",
	}
)

// tellChanged tells a person that their password was set. Such notices are never
// capped: who changed it need not be who reads this.
func (f *Feature) tellChanged(ctx context.Context, tx *db.Tx, h holder, version int, first bool) error {
	to, err := accounts.MailAddress(ctx, tx, h.Account)
	if err != nil || to == "" {
		return err
	}
	what := changedTexts
	if first {
		what = setTexts
	}
	l := f.Words.Match("", h.Language).For(h.Region, h.Zone)
	help := l.T("securityinfo.mail.changed.help.personal")
	if h.Organization != "" {
		help = l.T("securityinfo.mail.changed.help.work", "org", mail.Isolate(h.Organization))
	}
	letter := f.letter(l, to, h.Name, what)
	letter.Facts = []mail.Fact{
		{Label: l.T("securityinfo.mail.account"), Value: h.Address},
		{Label: l.T("securityinfo.mail.when"), Value: l.DateTime(tx.Now().In(f.Zone))},
	}
	letter.Closing = []string{help}
	return f.Outbox.Put(ctx, tx, outbox.Mail{
		Dedupe: "password:" + h.Account + ":" + strconv.Itoa(version), Tenant: h.Tenant, Account: h.Account, Letter: letter,
	})
}

// mailLink brings a one-time link to its person.
func (f *Feature) mailLink(ctx context.Context, tx *db.Tx, accountID, tenantID, to, language string, link made) error {
	h, found, err := holderOf(ctx, tx, accountID)
	if err != nil || !found {
		return err
	}
	what := newTexts
	if link.first {
		what = firstTexts
	}
	l := f.Words.Match("", language).For(h.Region, h.Zone)
	letter := f.letter(l, to, h.Name, what)
	letter.Facts = []mail.Fact{
		{Label: l.T("securityinfo.mail.account"), Value: h.Address},
		{Label: l.T("securityinfo.mail.until"), Value: l.DateTime(link.expires.In(f.Zone))},
	}
	if h.Organization != "" {
		letter.Facts = append(letter.Facts, mail.Fact{Label: l.T("securityinfo.mail.organization"), Value: h.Organization})
	}
	letter.Button = mail.Button{Text: l.T("securityinfo.mail.button"), URL: link.url}
	letter.Closing = []string{l.T(what.closing)}
	return f.Outbox.Put(ctx, tx, outbox.Mail{
		Dedupe: "link:" + link.id, Tenant: tenantID, Account: accountID, Topic: linkTopic(accountID), ExpiresAt: link.expires, Letter: letter,
	})
}

// letter begins a letter.
func (f *Feature) letter(l *i18n.Locale, to, name string, what texts) mail.Letter {
	return mail.Letter{
		Language: l.Lang(), Dir: l.Dir(), To: to,
		Subject: l.T(what.subject), Title: l.T(what.subject), Preview: l.T(what.preview),
		Intro:  []string{l.T("ui.mail.hello", "name", mail.Isolate(name)), l.T(what.text)},
		Footer: []string{l.T("securityinfo.mail.footer", "address", to)},
	}
}
