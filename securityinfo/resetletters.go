package securityinfo

import (
	"cmp"
	"context"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/agent"
	"sojourn/internal/caps"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
	"sojourn/internal/phone"
)

var (
	resetTexts = texts{
		subject: "securityinfo.mail.reset.subject", preview: "securityinfo.mail.changed.preview", text: "securityinfo.mail.reset.text",
	}
	resetWhyTexts = texts{
		subject: "securityinfo.mail.resetWhy.subject", preview: "securityinfo.mail.resetWhy.preview", text: "securityinfo.mail.resetWhy.text",
	}
	resetAdminTexts = texts{
		subject: "securityinfo.mail.resetAdmin.subject", preview: "securityinfo.mail.resetAdmin.preview", text: "securityinfo.mail.resetAdmin.text",
	}
	resetHelpTexts = texts{
		subject: "securityinfo.mail.resetHelp.subject", preview: "securityinfo.mail.resetHelp.preview", text: "securityinfo.mail.resetHelp.text",
	}
)

// tellReset tells that a password was reset: its owner, at every address they are
// known by unless the organization wants the first only, and of an administrator's
// the other administrators. Such notices are never capped.
func (f *Feature) tellReset(ctx context.Context, tx *db.Tx, who actor.Actor, h holder, c claimant, r Reset) error {
	to, err := accounts.MailAddress(ctx, tx, h.Account)
	if err != nil {
		return err
	}
	all := []string{to}
	if c.Asked.Reset.TellOwner || to == "" {
		for _, m := range c.List {
			all = append(all, m.Address)
		}
		for _, one := range c.Own {
			all = append(all, one.Address)
		}
	}
	l := f.Words.Match("", h.Language).For(h.Region, h.Zone)
	for _, to := range different(all...) {
		letter := f.letter(l, to, h.Name, resetTexts)
		letter.Facts = f.resetFacts(l, tx, who, h, r)
		letter.Closing = []string{l.T("securityinfo.mail.reset.second"), f.helpWords(l, h)}
		if err := f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "reset:" + f.IDs.New(), Tenant: h.Tenant, Account: h.Account, Letter: letter}); err != nil {
			return err
		}
	}
	if !c.Asked.Administrator || !c.Asked.Reset.TellAdmins {
		return nil
	}
	return f.tellOfficials(ctx, tx, h, "GlobalAdministrator", resetAdminTexts, f.resetFactsOf(tx, h))
}

// helpWords say whom to ask if that was somebody else.
func (f *Feature) helpWords(l *i18n.Locale, h holder) string {
	if h.Organization != "" {
		return l.T("securityinfo.mail.changed.help.work", "org", mail.Isolate(h.Organization))
	}
	return l.T("securityinfo.mail.changed.help.personal")
}

func (f *Feature) resetFacts(l *i18n.Locale, tx *db.Tx, who actor.Actor, h holder, r Reset) []mail.Fact {
	from := agent.Of(who.Agent)
	facts := []mail.Fact{
		{Label: l.T("securityinfo.mail.account"), Value: h.Address},
		{Label: l.T("securityinfo.mail.when"), Value: l.DateTime(tx.Now().In(f.Zone))},
	}
	for _, t := range r.proved {
		facts = append(facts, mail.Fact{Label: l.T("securityinfo.mail.proved"), Value: l.T(methodKey(t))})
	}
	return append(facts,
		mail.Fact{Label: l.T("securityinfo.mail.browser"), Value: known(l, from.Browser)},
		mail.Fact{Label: l.T("securityinfo.mail.system"), Value: known(l, from.System)},
		mail.Fact{Label: l.T("securityinfo.mail.address"), Value: known(l, who.Address)},
	)
}

// resetFactsOf is what administrators are told of somebody.
func (f *Feature) resetFactsOf(tx *db.Tx, h holder) func(*i18n.Locale) []mail.Fact {
	return func(l *i18n.Locale) []mail.Fact {
		return []mail.Fact{
			{Label: l.T("securityinfo.mail.person"), Value: mail.Isolate(h.Name)},
			{Label: l.T("securityinfo.mail.account"), Value: h.Address},
			{Label: l.T("securityinfo.mail.when"), Value: l.DateTime(tx.Now().In(f.Zone))},
		}
	}
}

const maxOfficials = 20

// tellOfficials writes to those who have a role at somebody's home, but for themself,
// each in their own language.
func (f *Feature) tellOfficials(ctx context.Context, tx *db.Tx, about holder, role string, what texts, facts func(*i18n.Locale) []mail.Fact) error {
	list, err := officials(ctx, tx, about.Tenant, role, maxOfficials)
	if err != nil {
		return err
	}
	for _, one := range list {
		if err := f.tellOfficial(ctx, tx, about, one, what, facts); err != nil {
			return err
		}
	}
	return nil
}

func (f *Feature) tellOfficial(ctx context.Context, tx *db.Tx, about holder, one official, what texts, facts func(*i18n.Locale) []mail.Fact) error {
	if one.Account == about.Account {
		return nil
	}
	h, found, err := holderOf(ctx, tx, one.Account)
	if err != nil {
		return err
	}
	to, err := accounts.MailAddress(ctx, tx, one.Account)
	if err != nil || !found || to == "" {
		return err
	}
	l := f.Words.Match("", h.Language).For(h.Region, h.Zone)
	letter := f.letter(l, to, h.Name, what)
	letter.Facts = facts(l)
	if !about.Deleted { // who has no page
		letter.Button = mail.Button{Text: l.T("securityinfo.mail.resetHelp.button"), URL: f.BaseURL + "/manage/" + about.Tenant + "/users/" + about.HomeUser}
	}
	letter.Closing = []string{l.T(cmp.Or(what.closing, "securityinfo.mail.resetHelp.closing"))}
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "reset-admin:" + f.IDs.New(), Tenant: about.Tenant, Account: one.Account, Letter: letter})
}

// tellWhy says at a place of its owner's why the account does not get back in by
// itself, and whom to ask. It counts as a code would.
func (f *Feature) tellWhy(ctx context.Context, tx *db.Tx, h holder, c claimant, w ResetWay, m accounts.Method, why string) error {
	l := f.Words.Match("", h.Language).For(h.Region, h.Zone)
	reason, help := l.T("securityinfo.reset.why."+why), f.askWords(l, h, c)
	if w == ByEmail {
		_, within, err := caps.Count(ctx, tx, caps.MailTo(accounts.Fold(m.Address)))
		if err != nil || !within {
			return err
		}
		letter := f.letter(l, m.Address, h.Name, resetWhyTexts)
		letter.Intro = append(letter.Intro, reason)
		letter.Facts = []mail.Fact{{Label: l.T("securityinfo.mail.account"), Value: h.Address}}
		letter.Closing = []string{help, l.T("securityinfo.mail.resetWhy.closing")}
		return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "reset-why:" + f.IDs.New(), Tenant: h.Tenant, Account: h.Account, Letter: letter})
	}
	n, err := phone.Of(m.Number)
	if err != nil || f.reach().takes(m.Type, n, w.phone()) != nil {
		return err
	}
	_, within, err := caps.Count(ctx, tx, f.PhoneCaps.All(m.Number, h.Tenant)...)
	if err != nil || !within {
		return err
	}
	words := l.T("securityinfo.reset.why.text", "reason", reason, "help", help)
	if w.phone() == accounts.ByCall {
		return f.Outbox.PutCall(ctx, tx, outbox.Call{
			Dedupe: "reset-why:" + f.IDs.New(), Tenant: h.Tenant, Account: h.Account, To: m.Number, Extension: m.Extension, Spoken: words, Language: l.Lang(), ExpiresAt: tx.Now().Add(sentLife),
		})
	}
	return f.Outbox.PutText(ctx, tx, outbox.Text{
		Dedupe: "reset-why:" + f.IDs.New(), Tenant: h.Tenant, Account: h.Account, To: m.Number, Text: words, Language: l.Lang(), ExpiresAt: tx.Now().Add(sentLife),
	})
}

// askWords say whom to ask.
func (f *Feature) askWords(l *i18n.Locale, h holder, c claimant) string {
	switch {
	case h.Organization == "":
		return l.T("securityinfo.reset.ask.personal")
	case c.Asked.Reset.Helpdesk != "":
		return l.T("securityinfo.reset.ask.helpdesk", "org", mail.Isolate(h.Organization), "helpdesk", c.Asked.Reset.Helpdesk)
	}
	return l.T("securityinfo.reset.ask.work", "org", mail.Isolate(h.Organization))
}
