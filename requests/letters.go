package requests

import (
	"context"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
)

// The letters of this room. They say what happened, by when an answer is due and
// where to read on; what people wrote stays on the pages.

// tellOpened goes to those who may decide, or to the contact where nobody can.
func (f *Feature) tellOpened(ctx context.Context, tx *db.Tx, m matter, r Request) error {
	return f.tellOfficials(ctx, tx, m, r, "opened", "opened")
}

// tellOfficials writes to administrators; without any, to the organization's
// contact.
func (f *Feature) tellOfficials(ctx context.Context, tx *db.Tx, m matter, r Request, what, key string) error {
	for _, o := range m.officials {
		account, found, err := accounts.Get(ctx, tx, o.AccountID)
		if err != nil {
			return err
		}
		to, err := accounts.MailAddress(ctx, tx, o.AccountID)
		if err != nil {
			return err
		}
		if !found || to == "" {
			continue
		}
		l := f.Words.Match("", account.Language, m.tenant.Language).For(account.Region, account.Zone)
		letter := f.letter(l, r, "desk."+what, to, l.T("ui.mail.hello", "name", mail.Isolate(account.Name)))
		letter.Button = mail.Button{Text: l.T("requests.mail.desk.button"), URL: f.BaseURL + "/manage/" + r.TenantID + "/requests/" + r.ID}
		if err := f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "request:" + r.ID + ":" + key + ":" + o.UserID, Tenant: r.TenantID, Account: o.AccountID, Letter: letter}); err != nil {
			return err
		}
	}
	if contact := m.tenant.Contact(); len(m.officials) == 0 && contact != "" {
		return f.tellContact(ctx, tx, m, r, contact, what, key)
	}
	return nil
}

// tellContact writes to a mailbox that need not have an account here: it is told
// who can open the request, and gets no link into the admin centre.
func (f *Feature) tellContact(ctx context.Context, tx *db.Tx, m matter, r Request, to, what, key string) error {
	l := f.Words.Match("", m.tenant.Language)
	letter := f.letter(l, r, "desk."+what, to, l.T("requests.mail.desk.hello"))
	letter.Closing = []string{l.T("requests.mail.desk.contact", "org", mail.Isolate(m.tenant.Name))}
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "request:" + r.ID + ":" + key + ":contact", Tenant: r.TenantID, Letter: letter})
}

// tellDecided goes to the person. Where removing or restoring was granted, the
// letter of that act, a receipt or a welcome back, is the answer.
func (f *Feature) tellDecided(ctx context.Context, tx *db.Tx, r Request) error {
	if r.State == Approved && (r.Kind == Removal || r.Kind == Restore) {
		return nil
	}
	_, err := f.tellPerson(ctx, tx, r, string(r.State), "decided")
	return err
}

func (f *Feature) tellExtended(ctx context.Context, tx *db.Tx, r Request) error {
	_, err := f.tellPerson(ctx, tx, r, "extended", "extended")
	return err
}

// tellLate says that the time for an answer is over, and where to turn.
func (f *Feature) tellLate(ctx context.Context, tx *db.Tx, r Request, contact string) (bool, error) {
	return f.tellPerson(ctx, tx, r, "late", "overdue", func(l *i18n.Locale, letter *mail.Letter) {
		if contact != "" {
			letter.Facts = append(letter.Facts, mail.Fact{Label: l.T("requests.mail.contact"), Value: contact})
			letter.Closing = append(letter.Closing, l.T("requests.mail.person.late.contact", "org", mail.Isolate(r.Organization)))
		}
		letter.Closing = append(letter.Closing, l.T("requests.mail.person.late.authority"))
	})
}

// tellPerson gives false where there is nobody to write to.
func (f *Feature) tellPerson(ctx context.Context, tx *db.Tx, r Request, what, key string, more ...func(*i18n.Locale, *mail.Letter)) (bool, error) {
	account, found, err := accounts.Get(ctx, tx, r.AccountID)
	if err != nil || !found || account.State != accounts.Active {
		return false, err
	}
	to, err := accounts.MailAddress(ctx, tx, r.AccountID)
	if err != nil || to == "" {
		return false, err
	}
	l := f.Words.Match("", account.Language).For(account.Region, account.Zone)
	letter := f.letter(l, r, "person."+what, to, l.T("ui.mail.hello", "name", mail.Isolate(account.Name)))
	letter.Button = mail.Button{Text: l.T("requests.mail.person.button"), URL: f.BaseURL + "/requests/" + r.ID}
	for _, add := range more {
		add(l, &letter)
	}
	return true, f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "request:" + r.ID + ":" + key, Tenant: r.TenantID, Account: r.AccountID, Letter: letter})
}

// letter is what all of them have in common.
func (f *Feature) letter(l *i18n.Locale, r Request, what, to, hello string) mail.Letter {
	org, due := mail.Isolate(r.Organization), l.Date(r.DueAt.In(f.Zone))
	subject := l.T("requests.mail."+what+".subject", "org", org)
	letter := mail.Letter{
		Language: l.Lang(), Dir: l.Dir(), To: to, Subject: subject, Title: subject, Preview: l.T("requests.mail."+what+".preview", "date", due),
		Intro:  []string{hello, l.T("requests.mail."+what+".text", "org", org, "date", due)},
		Facts:  []mail.Fact{{Label: l.T("requests.mail.kind"), Value: l.T("requests.kind." + string(r.Kind))}, {Label: l.T("requests.mail.opened"), Value: l.Date(r.OpenedAt.In(f.Zone))}},
		Footer: []string{l.T("requests.mail.footer", "address", to)},
	}
	if r.State == Open {
		letter.Facts = append(letter.Facts, mail.Fact{Label: l.T("requests.mail.due"), Value: due})
	}
	return letter
}
