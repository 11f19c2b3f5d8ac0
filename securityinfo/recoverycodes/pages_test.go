package recoverycodes_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/sojourntest"
)

const noor = "noor.haddad@contoso.example"

var codeOnPage = regexp.MustCompile(`<li>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})</li>`)

func codesOn(page *sojourntest.Page) (out []string) {
	for _, m := range codeOnPage.FindAllStringSubmatch(page.HTML, -1) {
		out = append(out, m[1])
	}
	return out
}

// withApp signs somebody in and then gives them an authenticator app.
func withApp(t *testing.T, p *sojourntest.Portal) *sojourntest.Browser {
	t.Helper()
	b := p.SignIn(noor)
	if err := p.App.SecurityInfo.Issue(t.Context(), actor.OperatorActor(), p.Self(noor).AccountID, "Phone", []byte("12345678901234567890")); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRecoveryCodes_onceOnly(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := withApp(t, p)
		ask := b.Get("/security-info").Has("None yet").Follow("Make recovery codes Recovery codes").Has("Each works once")
		page := ask.Submit("Make recovery codes", nil).Is(http.StatusOK).Has("10 codes for noor.haddad@contoso.example", "shown this one time")
		codes := codesOn(page)
		if len(codes) != 10 || !strings.Contains(page.Header.Get("Cache-Control"), "no-store") {
			t.Fatalf("%d codes, %s", len(codes), page.Header.Get("Cache-Control"))
		}
		file := page.Submit("Download", nil).Is(http.StatusOK)
		if !strings.HasPrefix(file.Header.Get("Content-Type"), "text/plain") || !strings.Contains(file.Header.Get("Content-Disposition"), `attachment; filename="recovery-codes.txt"`) {
			t.Error(file.Header)
		}
		for _, code := range codes {
			if !strings.Contains(file.HTML, code) {
				t.Errorf("the file lacks %s", code)
			}
		}
		// Neither the address nor the same form shows them again.
		if again := codesOn(b.Get("/security-info/recovery-codes").Has("You still have 10 codes")); len(again) != 0 {
			t.Errorf("a GET shows %v", again)
		}
		twice := ask.Submit("Make recovery codes", nil).Is(http.StatusConflict).Has("These codes have been made already", "Nothing was changed")
		if len(codesOn(twice)) != 0 {
			t.Error("the same form made codes twice")
		}
		b.Get("/security-info").Has("10 of 10 left")

		// New ones replace them.
		fresh := codesOn(b.Get("/security-info").Follow("Make new ones Recovery codes").Submit("Make recovery codes", nil))
		if len(fresh) != 10 || fresh[0] == codes[0] {
			t.Errorf("%v after %v", fresh, codes)
		}
		if n, err := db.Count(t.Context(), p.App.DB, `SELECT count(*) FROM recovery_codes`); err != nil || n != 10 {
			t.Error(n, err)
		}
		b.Get("/security-info").Follow("Delete Recovery codes").Has("10 codes stop working").Submit("Delete", nil).Has("have been deleted")
		b.Get("/security-info/recovery-codes/delete").Is(http.StatusNotFound)
	})
}

func TestRecoveryCodes_low(t *testing.T) {
	p := sojourntest.Start(t)
	b := withApp(t, p)
	b.Get("/security-info/recovery-codes").Submit("Make recovery codes", nil)
	if _, err := p.App.DB.Exec(t.Context(), `
		UPDATE recovery_codes SET used_at = 1 WHERE id NOT IN (SELECT id FROM recovery_codes ORDER BY id LIMIT 2)`); err != nil {
		t.Fatal(err)
	}
	b.Get("/security-info").Has("You have 2 recovery codes left. Make new ones in time.", "2 of 10 left").HasNot("Did you need them because")
}

// The page that gives codes back as a file gives nothing else back, and codes are
// made for nobody without a second step.
func TestRecoveryCodes_refused(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	token := b.Token()
	b.Get("/security-info/recovery-codes").Has("Add one of those first")
	b.Post("/security-info/recovery-codes", token).Is(http.StatusConflict)
	for _, codes := range []string{"", "hello", strings.Repeat("<b>x</b> ", 10), strings.Repeat("0000-0000-0000-0000 ", 11)} {
		form := url.Values{"codes": {codes}}
		for name, values := range token {
			form[name] = values
		}
		b.Post("/security-info/recovery-codes/download", form).Is(http.StatusNotFound)
	}
}
