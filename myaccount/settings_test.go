package myaccount_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

func TestSettings(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(noor)
		form := b.Get("/").Follow("Change settings").At("/settings").Has("Language & Region", "Time zone", "Contoso Ltd manages this.", noor)
		form.Submit("Save", url.Values{"language": {"tlh"}, "region": {"XX"}, "zone": {"Mars/Base"}}).Is(http.StatusUnprocessableEntity).
			Has("Choose a language from the list", "Choose a region from the list", "Choose a time zone from the list")
		saved := form.Submit("Save", url.Values{"language": {"nl"}, "region": {"US"}, "zone": {"Asia/Tokyo"}}).Is(200).At("/settings")
		saved.Has("Instellingen", "Uw instellingen zijn opgeslagen.", "(Asia/Tokyo)", "Contoso Ltd beheert dit.")
		if text := saved.Text(); !strings.Contains(text, "AM") && !strings.Contains(text, "PM") {
			t.Error("the clock is not the region's")
		}
		// The choice is the account's: it holds in any browser. A forced language wins.
		elsewhere := p.Browser()
		elsewhere.SignIn(noor, sojourntest.Password)
		elsewhere.Get("/settings").Has("Instellingen", "(Asia/Tokyo)")
		elsewhere.Get("/settings?lng=en").Has("Settings", "(Asia/Tokyo)")
		account, _, err := accounts.Get(context.Background(), p.App.DB, p.User(noor, "contoso.example").AccountID)
		if err != nil || account.Language != "nl" || account.Region != "US" || account.Zone != "Asia/Tokyo" {
			t.Errorf("kept: %+v, %v", account, err)
		}
		if n, err := db.Count(context.Background(), p.App.DB, `SELECT count(*) FROM audit WHERE act = 'account.settings' AND target = $1`, account.ID); err != nil || n != 1 {
			t.Errorf("%d rows, want 1 (%v)", n, err)
		}
	})
}

// Mails follow the settings: language, region and clock.
func TestSettings_mails(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	b.Get("/settings").Submit("Save", url.Values{"language": {"en"}, "region": {"ISO"}, "zone": {"Pacific/Auckland"}}).Is(200)
	b.Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil).Is(200)
	mails := p.Mails(noor)
	day := p.App.DB.Now().Format("2006-01")
	if last := mails[len(mails)-1].Text; !strings.Contains(last, "(Pacific/Auckland)") || !strings.Contains(last, day) {
		t.Errorf("the receipt is not on her clock:\n%s", last)
	}
}

// Who has no home names themselves; their hosts know them by the name they had.
func TestSettings_name(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(mirjam)
		form := b.Get("/settings?lng=en").Has("No organization manages your account").HasNot("manages this.")
		form.Submit("Save name", url.Values{"name": {""}}).Is(http.StatusUnprocessableEntity)
		form.Submit("Save name", url.Values{"name": {"Mirjam van Dijk"}}).Is(200).Has("Your name has been changed.", "Mirjam van Dijk")
		if name := p.User(mirjam, "fabrikam.example").DisplayName; name != "Mirjam de Vries" {
			t.Errorf("her host calls her %s", name)
		}
		work := p.SignIn(noor)
		values := work.Token()
		values.Set("name", "Noor the Great")
		work.Post("/settings/name", values).Is(http.StatusForbidden)
		if err := p.App.MyAccount.Rename(context.Background(), p.Self(noor), "Noor the Great"); !fault.Is(err, "managed_by_home") {
			t.Errorf("renamed: %v", err)
		}
		refused := func(reason string) (int, error) {
			return db.Count(context.Background(), p.App.DB, `
				SELECT count(*) FROM audit WHERE act = 'account.rename' AND target = $1 AND result = 'refused' AND reason = $2 AND tenant_id IS NULL`, p.Self(noor).AccountID, reason)
		}
		if n, err := refused("managed_by_home"); err != nil || n != 2 {
			t.Errorf("%d rows of the refused tries, want 2 (%v)", n, err)
		}
		// What is only typed wrong is no try at something forbidden.
		if n, err := db.Count(context.Background(), p.App.DB, `SELECT count(*) FROM audit WHERE act = 'account.rename' AND reason = 'name_missing'`); err != nil || n != 0 {
			t.Errorf("%d rows of a name left out (%v)", n, err)
		}
	})
}
