package securityinfo_test

import (
	"strings"
	"testing"

	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/securityinfo"
	"sojourn/sojourntest"
)

// Each change is told in the person's language, with what it was, from where it
// came and what to do; none holds a secret.
func TestMethodLetters(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		ctx, seed := t.Context(), []byte("12345678901234567890")
		for address, want := range map[string][]string{
			"rik.achterberg@woodgrove.example": {"Uw standaardmethode voor aanmelden is gewijzigd", "Er zijn herstelcodes voor uw account gemaakt", "Er is een herstelcode van uw account gebruikt", "Er is een aanmeldingsmethode van uw account verwijderd"},
			"ann.lee@fabrikam.example":         {"Your default sign-in method was changed", "Recovery codes were made for your account", "A recovery code of your account was used", "A sign-in method was deleted from your account"},
		} {
			who := p.Self(address)
			who.Address, who.Agent = "192.0.2.77", "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
			info := p.App.SecurityInfo
			if err := info.Issue(ctx, actor.OperatorActor(), who.AccountID, "<b>Phone</b>", seed); err != nil {
				t.Fatal(err)
			}
			now, err := info.Info(ctx, who)
			if err != nil {
				t.Fatal(err)
			}
			app := now.Choices()[0].ID
			before := len(p.Mails(address))
			if err := info.Prefer(ctx, who, app); err != nil {
				t.Fatal(err)
			}
			codes, err := info.MakeCodes(ctx, who, "")
			if err != nil {
				t.Fatal(err)
			}
			now, _ = info.Info(ctx, who)
			proof, err := info.Compare(ctx, who.AccountID, now.Codes().ID, "", codes[0])
			if err != nil {
				t.Fatal(err)
			}
			if err := p.App.DB.Tx(ctx, func(tx *db.Tx) error { return info.Spend(ctx, tx, proof) }); err != nil {
				t.Fatal(err)
			}
			if err := info.Remove(ctx, who, app); err != nil {
				t.Fatal(err)
			}
			mails := p.Mails(address)[before:]
			if len(mails) != len(want) {
				t.Fatalf("%d letters to %s, want %d", len(mails), address, len(want))
			}
			secrets := append(codes, securityinfo.KeyOf(seed))
			subjects := ""
			for _, m := range mails {
				subjects += m.Subject + "\n"
				for _, part := range []string{m.Text, m.HTML} {
					if !strings.Contains(part, address) || strings.Contains(part, "<b>Phone") && part == m.HTML || strings.Contains(part, "securityinfo.") {
						t.Errorf("%s: %s", m.Subject, part)
					}
					for _, s := range secrets {
						if strings.Contains(part, s) {
							t.Errorf("%s holds %s", m.Subject, s)
						}
					}
				}
			}
			for _, subject := range want {
				if !strings.Contains(subjects, subject) {
					t.Errorf("no letter %q among %s", subject, subjects)
				}
			}
		}
	})
}
