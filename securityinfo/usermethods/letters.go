package usermethods

import (
	"context"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
)

// texts are the message keys of one kind of letter.
type texts struct {
	subject, preview, administrator, operator, next string

	old string // what the second of two methods is called, where the first takes its place
}

var (
	removedTexts = texts{
		subject: "securityinfo.usermethods.mail.removed.subject", preview: "securityinfo.usermethods.mail.removed.preview",
		administrator: "securityinfo.usermethods.mail.removed.administrator", operator: "securityinfo.usermethods.mail.removed.operator",
		next: "securityinfo.usermethods.mail.removed.next",
	}
	resetTexts = texts{
		subject: "securityinfo.usermethods.mail.reset.subject", preview: "securityinfo.usermethods.mail.reset.preview",
		administrator: "securityinfo.usermethods.mail.reset.administrator", operator: "securityinfo.usermethods.mail.reset.operator",
		next: "securityinfo.usermethods.mail.reset.next",
	}
	boundTexts = texts{
		subject: "securityinfo.usermethods.mail.bound.subject", preview: "securityinfo.usermethods.mail.bound.preview",
		administrator: "securityinfo.usermethods.mail.bound.administrator", operator: "securityinfo.usermethods.mail.bound.operator",
		next: "securityinfo.usermethods.mail.bound.next",
	}
	passTexts = texts{
		subject: "securityinfo.usermethods.mail.pass.subject", preview: "securityinfo.usermethods.mail.pass.preview",
		administrator: "securityinfo.usermethods.mail.pass.administrator", operator: "securityinfo.usermethods.mail.pass.operator",
		next: "securityinfo.usermethods.mail.pass.next",
	}
	givenTexts = texts{
		subject: "securityinfo.usermethods.mail.given.subject", preview: "securityinfo.usermethods.mail.given.preview",
		administrator: "securityinfo.usermethods.mail.given.administrator", operator: "securityinfo.usermethods.mail.given.operator",
		next: "securityinfo.usermethods.mail.given.next",
	}
	replacedTexts = texts{
		subject: "securityinfo.usermethods.mail.replaced.subject", preview: "securityinfo.usermethods.mail.replaced.preview",
		administrator: "securityinfo.usermethods.mail.replaced.administrator", operator: "securityinfo.usermethods.mail.replaced.operator",
		next: "securityinfo.usermethods.mail.given.next", old: "securityinfo.usermethods.mail.replaced.old",
	}
	endedTexts = texts{
		subject: "securityinfo.usermethods.mail.ended.subject", preview: "securityinfo.usermethods.mail.ended.preview",
		administrator: "securityinfo.usermethods.mail.ended.administrator", operator: "securityinfo.usermethods.mail.ended.operator",
		next: "securityinfo.usermethods.mail.ended.next",
	}
)

// tell writes to a person what somebody else did to the ways they sign in. It is
// never capped; where there is no address, nobody is written to.
func (f *Feature) tell(ctx context.Context, tx *db.Tx, who actor.Actor, p person, what *texts, gone []accounts.Method) error {
	to, err := accounts.MailAddress(ctx, tx, p.ID)
	if err != nil || to == "" {
		return err
	}
	return f.tellAt(ctx, tx, who, p, to, what, gone)
}

func (f *Feature) tellAt(ctx context.Context, tx *db.Tx, who actor.Actor, p person, to string, what *texts, gone []accounts.Method) error {
	l := f.Words.Match("", p.Language, p.home.Language).For(p.Region, p.Zone)
	text := l.T(what.administrator, "org", mail.Isolate(p.home.Name))
	if who.Kind == actor.Operator {
		text = l.T(what.operator)
	}
	letter := mail.Letter{
		Language: l.Lang(), Dir: l.Dir(), To: to,
		Subject: l.T(what.subject), Title: l.T(what.subject), Preview: l.T(what.preview),
		Intro:   []string{l.T("ui.mail.hello", "name", mail.Isolate(p.Name)), text},
		Facts:   f.facts(l, tx, p, what, gone),
		Button:  mail.Button{Text: l.T("securityinfo.usermethods.mail.button"), URL: f.BaseURL + "/security-info"},
		Closing: []string{l.T(what.next), l.T("securityinfo.usermethods.mail.unexpected")},
		Footer:  []string{l.T("securityinfo.mail.footer", "address", to)},
	}
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "usermethods:" + f.IDs.New(), Tenant: p.home.ID, Account: p.ID, Letter: letter})
}

func (f *Feature) facts(l *i18n.Locale, tx *db.Tx, p person, what *texts, gone []accounts.Method) []mail.Fact {
	var out []mail.Fact
	for i, m := range gone {
		label := "securityinfo.usermethods.mail.method"
		if i > 0 && what.old != "" {
			label = what.old
		}
		method := l.T(titleKey(m))
		if m.Name != "" {
			method += " · " + mail.Isolate(m.Name)
		}
		out = append(out, mail.Fact{Label: l.T(label), Value: method})
	}
	out = append(out, mail.Fact{Label: l.T("securityinfo.mail.when"), Value: l.DateTime(tx.Now().In(f.Zone))})
	if contact := p.home.Contact(); contact != "" {
		out = append(out, mail.Fact{Label: l.T("directory.mail.contact"), Value: contact})
	}
	return out
}

// methodKey is the message that names a sort of method.
func methodKey(t accounts.MethodType) string { return "securityinfo.type." + string(t) }

// titleKey names a method: of the passkeys, those that are security keys.
func titleKey(m accounts.Method) string {
	if m.Portable {
		return "securityinfo.type.securitykey"
	}
	return methodKey(m.Type)
}
