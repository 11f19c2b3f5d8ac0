package guests

import (
	"context"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/caps"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
)

// write sends the letter of an invitation with a new link. Past a limit, and to
// who has blocked the organization, nothing is sent; the answer is the same.
func (f *Feature) write(ctx context.Context, tx *db.Tx, who actor.Actor, u directory.User, language, message string) error {
	t, found, err := directory.TenantBy(ctx, tx, u.TenantID)
	if err != nil || !found {
		return missing(err)
	}
	to := mailbox(u)
	full, within, err := caps.Count(ctx, tx, limits(who, t.ID, to)...)
	if err != nil {
		return err
	}
	if !within {
		f.Log.Warn("an invitation's letter is held back", "tenant", t.ID, "user", u.ID, "most", full.Most)
		return nil
	}
	unwanted, err := blockedFor(ctx, tx, u.InvitedIssuer, u.InvitedSubject, t.ID)
	if err != nil || unwanted {
		return err
	}
	region, zone, err := customsOf(ctx, tx, u.InvitedIssuer, u.InvitedSubject)
	if err != nil {
		return err
	}
	words := f.Words.Match("", language, t.Language).For(region, zone)
	url, err := f.Links.InvitationLink(ctx, tx, u.ID, t.ID, to, words.Lang())
	if err != nil {
		return err
	}
	inviter, err := nameOf(ctx, tx, who)
	if err != nil {
		return err
	}
	letter := f.letter(words, t, inviter, to, message)
	letter.Facts = append(letter.Facts, mail.Fact{Label: words.T("guests.mail.until"), Value: words.Date(tx.Now().Add(linkLife).In(f.Zone))})
	letter.Button = mail.Button{Text: words.T("guests.mail.button"), URL: url}
	return f.Outbox.Put(ctx, tx, outbox.Mail{
		Dedupe: "invitation:" + u.ID + ":" + f.IDs.New(), Tenant: t.ID, Topic: outbox.Invitation(u.ID), ExpiresAt: tx.Now().Add(linkLife), Letter: letter,
	})
}

// mailbox is where the letter goes: the address that was invited, whatever the
// directory says of the user's mail since.
func mailbox(u directory.User) string {
	if accounts.Fold(u.Mail) == u.InvitedSubject {
		return u.Mail
	}
	return u.InvitedSubject
}

// nameOf is what an inviter is called in the organization; the operator has no
// name there.
func nameOf(ctx context.Context, tx *db.Tx, who actor.Actor) (string, error) {
	if who.Kind != actor.Administrator {
		return "", nil
	}
	u, _, err := directory.LiveUser(ctx, tx, who.TenantID, who.UserID)
	return u.DisplayName, err
}

// letter says who invites whom to what. The reader is not called by name: the
// one in the directory is what the inviter typed.
func (f *Feature) letter(l *i18n.Locale, t directory.Tenant, inviter, to, message string) mail.Letter {
	org := mail.Isolate(t.Name)
	subject, text := l.T("guests.mail.subject", "org", org), l.T("guests.mail.text", "org", org)
	if inviter != "" {
		subject = l.T("guests.mail.by.subject", "who", mail.Isolate(inviter), "org", org)
		text = l.T("guests.mail.by.text", "who", mail.Isolate(inviter), "org", org)
	}
	letter := mail.Letter{
		Language: l.Lang(), Dir: l.Dir(), To: to, Subject: subject, Title: subject, Preview: l.T("guests.mail.preview"),
		Intro:   []string{l.T("guests.mail.hello"), text},
		Facts:   []mail.Fact{{Label: l.T("guests.mail.organization"), Value: t.Name}, {Label: l.T("guests.mail.domain"), Value: t.Domain}},
		Closing: []string{l.T("guests.mail.how"), l.T("guests.mail.unknown", "org", org)},
		Footer:  []string{l.T("guests.mail.footer", "address", to)},
	}
	if inviter != "" {
		letter.Facts = append(letter.Facts, mail.Fact{Label: l.T("guests.mail.by"), Value: inviter})
	}
	if message != "" {
		letter.Facts = append(letter.Facts, mail.Fact{Label: l.T("guests.mail.message"), Value: message})
	}
	return letter
}
