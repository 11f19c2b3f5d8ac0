package securityinfo

import (
	"context"
	"slices"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/agent"
	"sojourn/internal/db"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
)

var (
	takenBackTexts = texts{
		subject: "securityinfo.mail.removed.subject", preview: "securityinfo.mail.takenBack.preview",
		text: "securityinfo.mail.takenBack.text", closing: "securityinfo.mail.takenBack.closing",
	}
	revokedTexts = texts{
		subject: "securityinfo.mail.revoked.subject", preview: "securityinfo.mail.takenBack.preview",
		text: "securityinfo.mail.revoked.text", closing: "securityinfo.mail.takenBack.closing",
	}
	reportedTexts = texts{
		subject: "securityinfo.mail.reported.subject", preview: "securityinfo.mail.reported.preview",
		text: "securityinfo.mail.reported.text", closing: "securityinfo.mail.reported.closing",
	}
	reportedDeletedTexts = texts{
		subject: "securityinfo.mail.reported.subject", preview: "securityinfo.mail.reported.deleted.preview",
		text: "securityinfo.mail.reported.deleted.text", closing: "securityinfo.mail.reported.deleted.closing",
	}
)

// takenBackOf are those about a method: nobody signs in with what only helps to get back
// in.
func takenBackOf(m accounts.Method) texts {
	out := takenBackTexts
	if slices.Contains(backTypes, m.Type) {
		out.subject = backRemovedTexts.subject
	}
	return out
}

// tellTakenBack tells a person, wherever they can be reached, that a method was taken
// away as none of theirs. It carries no link: whoever reads it is sent to sign in.
func (f *Feature) tellTakenBack(ctx context.Context, tx *db.Tx, who actor.Actor, h holder, m accounts.Method, what texts, addresses []string) error {
	l := f.Words.Match("", h.Language).For(h.Region, h.Zone)
	from := agent.Of(who.Agent)
	for _, to := range different(addresses...) {
		letter := f.letter(l, to, h.Name, what)
		letter.Facts = append(f.methodFacts(l, tx, h, m),
			mail.Fact{Label: l.T("securityinfo.mail.browser"), Value: known(l, from.Browser)},
			mail.Fact{Label: l.T("securityinfo.mail.system"), Value: known(l, from.System)},
			mail.Fact{Label: l.T("securityinfo.mail.address"), Value: known(l, who.Address)},
		)
		letter.Closing = []string{l.T(what.closing)}
		if err := f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "method:" + f.IDs.New(), Tenant: h.Tenant, Account: h.Account, Letter: letter}); err != nil {
			return err
		}
	}
	return nil
}

// tellReported tells those who can reset what is bound to an organization. there is
// the person as that organization knows them.
func (f *Feature) tellReported(ctx context.Context, tx *db.Tx, there holder) error {
	what := reportedTexts
	if there.Deleted {
		what = reportedDeletedTexts
	}
	seen := map[string]bool{}
	for _, role := range []string{"GlobalAdministrator", "AuthenticationAdministrator"} {
		list, err := officials(ctx, tx, there.Tenant, role, maxOfficials)
		if err != nil {
			return err
		}
		for _, one := range list {
			if seen[one.Account] {
				continue
			}
			seen[one.Account] = true
			if err := f.tellOfficial(ctx, tx, there, one, what, f.resetFactsOf(tx, there)); err != nil {
				return err
			}
		}
	}
	return nil
}
