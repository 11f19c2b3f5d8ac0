package securityinfo

import (
	"context"
	"encoding/hex"
	"slices"
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
	backAddedTexts = texts{
		subject: "securityinfo.mail.backAdded.subject", preview: "securityinfo.mail.method.preview", text: "securityinfo.mail.backAdded.text",
	}
	backRemovedTexts = texts{
		subject: "securityinfo.mail.backRemoved.subject", preview: "securityinfo.mail.method.preview", text: "securityinfo.mail.backRemoved.text",
	}
	numberTexts = texts{
		subject: "securityinfo.mail.number.subject", preview: "securityinfo.mail.method.preview", text: "securityinfo.mail.number.text",
	}
	addressTexts = texts{
		subject: "securityinfo.mail.address.subject", preview: "securityinfo.mail.method.preview", text: "securityinfo.mail.address.text",
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
// what to do if that was somebody else: wherever they can be reached, before and
// after. It is never capped.
func (f *Feature) tellAltered(ctx context.Context, tx *db.Tx, who actor.Actor, h holder, a alteration, m accounts.Method) error {
	to, err := accounts.MailAddress(ctx, tx, h.Account)
	if err != nil {
		return err
	}
	for _, one := range different(to, a.Old, m.Address) {
		if err := f.tellAlteredAt(ctx, tx, who, h, a, m, one); err != nil {
			return err
		}
	}
	return nil
}

func (f *Feature) tellAlteredAt(ctx context.Context, tx *db.Tx, who actor.Actor, h holder, a alteration, m accounts.Method, to string) error {
	l := f.Words.Match("", h.Language).For(h.Region, h.Zone)
	from := agent.Of(who.Agent)
	letter := f.letter(l, to, h.Name, *a.wordsFor(m))
	letter.Facts = append(f.methodFacts(l, tx, h, m),
		mail.Fact{Label: l.T("securityinfo.mail.browser"), Value: known(l, from.Browser)},
		mail.Fact{Label: l.T("securityinfo.mail.system"), Value: known(l, from.System)},
		mail.Fact{Label: l.T("securityinfo.mail.address"), Value: known(l, who.Address)},
	)
	letter.Closing = []string{l.T("securityinfo.mail.method.help")}
	if a.leaves(m, to) {
		letter.Intro = append(letter.Intro, l.T("securityinfo.mail.address.old", "address", mail.Isolate(to)))
	}
	isNew := a.Entry.Act != "method.remove" && to == m.Address // whose it is says nothing of what was before
	if f.Notices != nil && who.SessionID != "" && !isNew {
		added := a.added(m)
		url, err := f.Notices.NoticeLink(ctx, tx, h.Account, who.SessionID, added, to)
		if err != nil {
			return err
		}
		letter.Button = mail.Button{Text: l.T("securityinfo.mail.method.button"), URL: url}
		letter.Closing = []string{l.T(notYouKey(added))}
	}
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "method:" + f.IDs.New(), Tenant: h.Tenant, Account: h.Account, Letter: letter})
}

// leaves says whether an address is the one that was in use until now: what takes its
// place is named masked only, so that must be said.
func (a alteration) leaves(m accounts.Method, to string) bool {
	return a.Words == &addressTexts && accounts.Fold(to) == accounts.Fold(a.Old) && accounts.Fold(to) != accounts.Fold(m.Address)
}

// wordsFor are those of the letter: nobody signs in with what only helps to get back in.
func (a alteration) wordsFor(m accounts.Method) *texts {
	switch back := slices.Contains(backTypes, m.Type); {
	case back && a.Words == &addedTexts:
		return &backAddedTexts
	case back && a.Words == &removedTexts:
		return &backRemovedTexts
	}
	return a.Words
}

// added is the id of a method that was not there before the alteration, which somebody
// else may have put there; "" for none. What takes the place of another is new too.
func (a alteration) added(m accounts.Method) string {
	switch a.Entry.Act {
	case "method.add", "method.change", "recovery.make":
		return m.ID
	}
	return ""
}

// notYouKey says what the link of a letter does.
func notYouKey(added string) string {
	if added != "" {
		return "securityinfo.mail.method.notYou.added"
	}
	return "securityinfo.mail.method.notYou"
}

// different are the addresses among some, each once.
func different(addresses ...string) (out []string) {
	seen := map[string]bool{"": true}
	for _, one := range addresses {
		if !seen[accounts.Fold(one)] {
			seen[accounts.Fold(one)] = true
			out = append(out, one)
		}
	}
	return out
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
	method := l.T(titleKey(m))
	if m.Organization != "" {
		method = l.T("securityinfo.bound.of", "org", mail.Isolate(m.Organization))
	}
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

// titleKey names a method: of the passkeys, those that are security keys.
func titleKey(m accounts.Method) string {
	if m.Portable {
		return "securityinfo.type.securitykey"
	}
	return methodKey(m.Type)
}

func known(l *i18n.Locale, s string) string {
	if s == "" {
		return l.T("securityinfo.mail.unknown")
	}
	return s
}
