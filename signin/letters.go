package signin

import (
	"context"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/agent"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
)

// tellStrange writes the letter about a sign-in from a new browser, in the
// person's language. What a stranger could have typed is not in it.
func (f *Feature) tellStrange(ctx context.Context, tx *db.Tx, who actor.Actor, to, sessionID, url string) error {
	account, _, err := accounts.Get(ctx, tx, who.AccountID)
	if err != nil {
		return err
	}
	name, err := nameOf(ctx, tx, who.AccountID)
	if err != nil {
		return err
	}
	l := f.Words.Match("", account.Language).For(account.Region, account.Zone)
	from := agent.Of(who.Agent)
	letter := mail.Letter{
		Language: l.Lang(), Dir: l.Dir(), To: to,
		Subject: l.T("signin.mail.subject"), Title: l.T("signin.mail.subject"), Preview: l.T("signin.mail.preview"),
		Intro: []string{l.T("ui.mail.hello", "name", mail.Isolate(account.Name)), l.T("signin.mail.text")},
		Facts: []mail.Fact{
			{Label: l.T("signin.mail.account"), Value: name},
			{Label: l.T("signin.mail.when"), Value: l.DateTime(tx.Now().In(f.Zone))},
			{Label: l.T("signin.mail.browser"), Value: orUnknown(l, from.Browser)},
			{Label: l.T("signin.mail.system"), Value: orUnknown(l, from.System)},
			{Label: l.T("signin.mail.address"), Value: orUnknown(l, who.Address)},
		},
		Button:  mail.Button{Text: l.T("signin.mail.button"), URL: url},
		Closing: []string{l.T("signin.mail.you"), l.T("signin.mail.notYou")},
		Footer:  []string{l.T("signin.mail.footer", "address", to)},
	}
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "sign-in:" + sessionID, Account: who.AccountID, Letter: letter})
}

func orUnknown(l *i18n.Locale, s string) string {
	if s == "" {
		return l.T("signin.mail.unknown")
	}
	return s
}
