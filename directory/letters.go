package directory

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
)

// The letters this room sends. Receipts and notices are never capped; one act,
// one letter.

// letterTo begins a letter to a person in their language; found is false where
// there is nobody or no address.
func (f *Feature) letterTo(ctx context.Context, tx *db.Tx, u User) (l *i18n.Locale, letter mail.Letter, found bool, err error) {
	if u.AccountID == "" {
		return nil, mail.Letter{}, false, nil
	}
	account, found, err := accounts.Get(ctx, tx, u.AccountID)
	if err != nil || !found || account.State != accounts.Active {
		return nil, mail.Letter{}, false, err
	}
	to, err := accounts.MailAddress(ctx, tx, u.AccountID)
	if err != nil || to == "" {
		return nil, mail.Letter{}, false, err
	}
	l = f.Words.Match("", account.Language).For(account.Region, account.Zone)
	letter = mail.Letter{Language: l.Lang(), Dir: l.Dir(), To: to, Intro: []string{l.T("ui.mail.hello", "name", mail.Isolate(account.Name))}}
	letter.Footer = []string{l.T("directory.mail.footer", "address", to)}
	return l, letter, true, nil
}

func (f *Feature) date(l *i18n.Locale, d Departure) string { return l.Date(d.PurgeAt.In(f.Zone)) }

func (f *Feature) tellDeleted(ctx context.Context, tx *db.Tx, t Tenant, u User, d Departure) error {
	l, letter, found, err := f.letterTo(ctx, tx, u)
	if err != nil || !found {
		return err
	}
	home, err := OwnsAccount(ctx, tx, u)
	if err != nil {
		return err
	}
	text := "directory.mail.deleted.text"
	if home {
		text = "directory.mail.deleted.home"
	}
	org := mail.Isolate(t.Name)
	letter.Subject = l.T("directory.mail.deleted.subject", "org", org)
	letter.Title = letter.Subject
	letter.Preview = l.T("directory.mail.deleted.preview", "date", f.date(l, d))
	letter.Intro = append(letter.Intro, l.T(text, "org", org))
	letter.Facts = []mail.Fact{
		{Label: l.T("directory.mail.restorable"), Value: l.T("directory.mail.until", "date", f.date(l, d))},
		{Label: l.T("directory.mail.erased"), Value: l.T("directory.mail.on", "date", f.date(l, d))},
	}
	if contact := t.Contact(); contact != "" {
		letter.Facts = append(letter.Facts, mail.Fact{Label: l.T("directory.mail.contact"), Value: contact})
	}
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "deleted:" + d.ID, Tenant: t.ID, Account: u.AccountID, Letter: letter})
}

// tellRestored says who brought somebody back: an administrator, or they undid
// leaving by themselves.
func (f *Feature) tellRestored(ctx context.Context, tx *db.Tx, a act, u User, d Departure) error {
	t, key := a.tenant, "directory.mail.restored."
	if a.who.Kind == actor.Person {
		key = "directory.mail.undone."
	}
	l, letter, found, err := f.letterTo(ctx, tx, u)
	if err != nil || !found {
		return err
	}
	org := mail.Isolate(t.Name)
	letter.Subject = l.T(key+"subject", "org", org)
	letter.Title = letter.Subject
	letter.Preview = l.T(key + "preview")
	letter.Intro = append(letter.Intro, l.T(key+"text", "org", org))
	letter.Button = mail.Button{Text: l.T("directory.mail.organizations"), URL: f.BaseURL + "/organizations"}
	if u.Type == Guest {
		letter.Closing = []string{l.T(key+"leave", "org", org)}
	}
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "restored:" + d.ID, Tenant: t.ID, Account: u.AccountID, Letter: letter})
}

// tellErased goes out before the account is entombed: afterwards nobody knows
// the address any more.
func (f *Feature) tellErased(ctx context.Context, tx *db.Tx, u User, home bool) error {
	l, letter, found, err := f.letterTo(ctx, tx, u)
	if err != nil || !found {
		return err
	}
	t, found, err := TenantBy(ctx, tx, u.TenantID)
	if err != nil || !found {
		return err
	}
	org := mail.Isolate(t.Name)
	text := "directory.mail.gone.text"
	if home {
		text = "directory.mail.gone.home"
	}
	letter.Subject = l.T("directory.mail.gone.subject", "org", org)
	letter.Title = letter.Subject
	letter.Preview = l.T("directory.mail.gone.preview")
	letter.Intro = append(letter.Intro, l.T(text, "org", org))
	letter.Facts = []mail.Fact{
		{Label: l.T("directory.mail.account"), Value: u.PrincipalName},
		{Label: l.T("directory.mail.erasedOn"), Value: l.Date(tx.Now().In(f.Zone))},
	}
	if home {
		letter.Closing = []string{l.T("directory.mail.gone.receipts")}
	}
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "erased:" + u.ID, Tenant: t.ID, Account: u.AccountID, Letter: letter})
}

// tellClosing says that an organization closes, or that it goes on. Who leaves
// of their own will need not wait for the end.
func (f *Feature) tellClosing(ctx context.Context, tx *db.Tx, t Tenant, u User) error {
	l, letter, found, err := f.letterTo(ctx, tx, u)
	if err != nil || !found {
		return err
	}
	home, err := OwnsAccount(ctx, tx, u)
	if err != nil {
		return err
	}
	what := "stopped"
	if !t.PurgeAt.IsZero() {
		what = "closing"
	}
	org, text := mail.Isolate(t.Name), "directory.mail."+what+".text"
	if home && what == "closing" {
		text = "directory.mail.closing.home"
	}
	date := l.Date(t.PurgeAt.In(f.Zone))
	letter.Subject = l.T("directory.mail."+what+".subject", "org", org)
	letter.Title = letter.Subject
	letter.Preview = l.T("directory.mail."+what+".preview", "date", date)
	letter.Intro = append(letter.Intro, l.T(text, "org", org, "date", date))
	letter.Button = mail.Button{Text: l.T("directory.mail.organizations"), URL: f.BaseURL + "/organizations"}
	if contact := t.Contact(); contact != "" {
		letter.Facts = append(letter.Facts, mail.Fact{Label: l.T("directory.mail.contact"), Value: contact})
	}
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: closingLetter(what, u, t.StateAt), Tenant: t.ID, Account: u.AccountID, Letter: letter})
}

// closingLetter names a letter to somebody: that of a closing, or of its end, at a time.
func closingLetter(what string, u User, at time.Time) string {
	return fmt.Sprintf("%s:%s:%d", what, u.ID, at.UnixMicro())
}

// tellReaddressed goes to the old address and the new one: where letters and new
// password links go is part of how somebody signs in.
func (f *Feature) tellReaddressed(ctx context.Context, tx *db.Tx, t Tenant, u User, was, now string) error {
	account, found, err := accounts.Get(ctx, tx, u.AccountID)
	if err != nil || !found {
		return err
	}
	l, act := f.Words.Match("", cmp.Or(account.Language, t.Language)).For(account.Region, account.Zone), f.IDs.New()
	org := mail.Isolate(t.Name)
	for _, to := range []string{was, now} {
		if to == "" {
			continue
		}
		letter := mail.Letter{
			Language: l.Lang(), Dir: l.Dir(), To: to,
			Subject: l.T("directory.mail.readdressed.subject", "org", org), Title: l.T("directory.mail.readdressed.subject", "org", org),
			Preview: l.T("directory.mail.readdressed.preview"),
			Intro:   []string{l.T("ui.mail.hello", "name", mail.Isolate(account.Name)), l.T("directory.mail.readdressed.text", "org", org)},
			Facts: []mail.Fact{
				{Label: l.T("directory.mail.account"), Value: u.PrincipalName},
				{Label: l.T("directory.mail.readdressed.new"), Value: cmp.Or(now, "–")},
			},
			Closing: []string{l.T("directory.mail.readdressed.ask", "org", org)},
			Footer:  []string{l.T("directory.mail.footer", "address", to)},
		}
		if err := f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "readdressed:" + act + ":" + to, Tenant: t.ID, Account: u.AccountID, Letter: letter}); err != nil {
			return err
		}
	}
	return nil
}

// tellClaimed goes to a mailbox whose domain an organization has verified: the
// organization speaks for its names from now on.
func (f *Feature) tellClaimed(ctx context.Context, tx *db.Tx, t Tenant, name accounts.Identity) error {
	account, found, err := accounts.Get(ctx, tx, name.AccountID)
	if err != nil || !found {
		return err
	}
	l := f.Words.Match("", account.Language).For(account.Region, account.Zone)
	org := mail.Isolate(t.Name)
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "claimed:" + name.ID, Account: name.AccountID, Letter: mail.Letter{
		Language: l.Lang(), Dir: l.Dir(), To: name.Address,
		Subject: l.T("directory.mail.claimed.subject", "address", name.Address),
		Title:   l.T("directory.mail.claimed.subject", "address", name.Address),
		Preview: l.T("directory.mail.claimed.preview", "org", org),
		Intro: []string{
			l.T("ui.mail.hello", "name", mail.Isolate(account.Name)),
			l.T("directory.mail.claimed.text", "org", org, "domain", t.Domain, "address", name.Address),
		},
		Closing: []string{l.T("directory.mail.claimed.ask", "org", org)},
		Footer:  []string{l.T("directory.mail.footer", "address", name.Address)},
	}})
}

// Contact is whom people turn to: the privacy contact, else the technical one;
// "" where there is neither.
func (t Tenant) Contact() string {
	if t.PrivacyContact != "" {
		return t.PrivacyContact
	}
	return t.TechnicalContact
}

// tellSuccessor tells who has become the only administrator of an organization, and
// by whom: nobody asked them.
func (f *Feature) tellSuccessor(ctx context.Context, tx *db.Tx, a act, u User) error {
	l, letter, found, err := f.letterTo(ctx, tx, u)
	if err != nil || !found {
		return err
	}
	org := mail.Isolate(a.tenant.Name)
	letter.Subject = l.T("directory.mail.successor.subject", "org", org)
	letter.Title = letter.Subject
	letter.Preview = l.T("directory.mail.successor.preview")
	letter.Intro = append(letter.Intro, l.T("directory.mail.successor.text", "org", org, "name", mail.Isolate(a.who.Name)))
	letter.Button = mail.Button{Text: l.T("directory.mail.successor.button"), URL: f.BaseURL + "/manage/" + a.tenant.ID}
	letter.Closing = []string{l.T("directory.mail.successor.help")}
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "successor:" + u.ID + ":" + a.who.UserID, Tenant: a.tenant.ID, Account: u.AccountID, Letter: letter})
}
