package authenticator_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/securityinfo"
	"sojourn/sojourntest"
)

const noor = "noor.haddad@contoso.example"

var (
	keyOnPage = regexp.MustCompile(`<code dir="ltr"><span class="nw">([A-Z2-7 ]+)</span> <span class="nw">([A-Z2-7 ]+)</span></code>`)
	uriOnPage = regexp.MustCompile(`href="(otpauth://[^"]+)"`)
)

// scanned types the key of the page into an app and gives what the app shows.
func scanned(t *testing.T, p *sojourntest.Portal, page *sojourntest.Page) string {
	t.Helper()
	m := keyOnPage.FindStringSubmatch(page.HTML)
	if m == nil {
		t.Fatalf("no key on %s", page.Text())
	}
	seed, err := securityinfo.SeedOf(m[1] + " " + m[2])
	if err != nil {
		t.Fatal(err)
	}
	code, _, err := securityinfo.CodeNow(seed, p.App.DB.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestAuthenticator_addAndDelete(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(noor)
		page := b.Get("/").Follow("Security info").Has("Default sign-in method", "There is no second step", "Password Changed on", "Lost a device?")
		page = page.Follow("Add sign-in method").Has("Authenticator app", "Add one of those first")
		page = page.Follow("Add Authenticator app").Has("Get an app")
		page = page.Submit("Next", nil).At("/security-info/authenticator/scan").Has("Scan the code with your app", "Contoso Ltd: noor.haddad@contoso.example")
		if !strings.Contains(page.HTML, `<svg class="qr"`) || !uriOnPage.MatchString(page.HTML) || !strings.Contains(page.Header.Get("Cache-Control"), "no-store") {
			t.Error("there is no code to scan, or the page can be stored")
		}
		code := scanned(t, p, page)
		wrong := page.Submit("Confirm", url.Values{"code": {"12345"}, "name": {"My phone"}}).Is(http.StatusUnprocessableEntity).Has("There is a problem", "has six digits")
		if !strings.Contains(wrong.HTML, `value="My phone"`) || strings.Contains(wrong.HTML, `value="12345"`) {
			t.Error("the name is lost, or the code is not")
		}
		page = wrong.Submit("Confirm", url.Values{"code": {code[:3] + " " + code[3:]}, "name": {"My phone"}}).At("/security-info/changed").
			Has("It is now your default sign-in method", "Make recovery codes", "Sign out everywhere else")
		b.Get("/security-info/authenticator/scan").Is(http.StatusGone).Has("This set-up is over", "Nothing was changed")
		page = page.Follow("Back to Security info").Has("Default sign-in method Authenticator app My phone", "None yet")
		if page.Link("Change Default sign-in method") != "" {
			t.Error("there is a choice of one")
		}
		letter := p.Mails(noor)
		last := letter[len(letter)-1]
		for _, want := range []string{"A sign-in method was added", "My phone", "/not-me/", "Network address"} {
			if !strings.Contains(last.Subject+last.Text, want) {
				t.Errorf("the letter lacks %q: %s", want, last.Text)
			}
		}

		page = page.Follow("Rename Authenticator app, My phone").Has("Rename authenticator app")
		page = page.Submit("Save name", url.Values{"name": {strings.Repeat("x", 61)}}).Is(http.StatusUnprocessableEntity).Has("at most 60")
		page = page.Submit("Save name", url.Values{"name": {"Old phone"}}).At("/security-info").Has("The name is changed", "Old phone").HasNot("My phone")

		// The last one: what is lost is said before.
		page = page.Follow("Delete Authenticator app, Old phone").Has("Delete this authenticator app?", "It is your only second step", "This can’t be undone")
		page.Submit("Delete", nil).At("/security-info/changed").Has("has been deleted", "Sign out everywhere else", "Your account has no second step", "Whoever knows your password").
			Follow("Add sign-in method").At("/security-info/add")
		b.Get("/security-info").Has("There is no second step")
		if n, err := db.Count(t.Context(), p.App.DB, `SELECT count(*) FROM methods WHERE type = 'authenticator' AND name = 'Old phone'`); err != nil || n != 0 {
			t.Error(n, err)
		}
	})
}

// Every page that shows a secret or asks for a change wants a fresh proof, and
// every button too.
func TestAuthenticator_freshProof(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	token := b.Token()
	scan := b.Get("/security-info/authenticator").Submit("Next", nil)
	code := scanned(t, p, scan)
	p.App.DB.SetShift(6 * time.Minute)
	for _, path := range []string{"/security-info/authenticator", "/security-info/authenticator/scan", "/security-info/default", "/security-info/recovery-codes"} {
		b.Get(path).At("/prove").Has("Confirm that it is you")
	}
	for path, form := range map[string]url.Values{
		"/security-info/authenticator":      {},
		"/security-info/authenticator/scan": {"code": {code}},
		"/security-info/default":            {"method": {"x"}},
		"/security-info/recovery-codes":     {},
	} {
		for name, values := range token {
			form[name] = values
		}
		b.Post(path, form).At("/prove")
	}
	b.Get("/security-info").Has("There is no second step")
}

// Another person's method, or one that never was, is not there.
func TestAuthenticator_foreign(t *testing.T) {
	p := sojourntest.Start(t)
	id, err := db.One(t.Context(), p.App.DB, db.Text, `SELECT MIN(id) FROM methods WHERE type = 'authenticator'`)
	if err != nil || id == "" {
		t.Fatal("nobody has one", err)
	}
	b := p.SignIn(noor)
	token := b.Token()
	var said []string
	for _, method := range []string{id, "00000000-0000-4000-8000-000000000000", "scan"} {
		path := "/security-info/authenticator/" + method + "/delete"
		said = append(said, b.Get(path).Is(http.StatusNotFound).Text(), b.Post(path, token).Is(http.StatusNotFound).Text())
	}
	for _, text := range said {
		if text != said[0] {
			t.Errorf("%q and %q differ", text, said[0])
		}
	}
}

func TestAuthenticator_chooseDefault(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	for _, name := range []string{"Phone", ""} {
		page := b.Get("/security-info/authenticator").Submit("Next", nil)
		page.Submit("Confirm", url.Values{"code": {scanned(t, p, page)}, "name": {name}}).At("/security-info/changed")
	}
	page := b.Get("/security-info").Follow("Change Default sign-in method").Has("Ask me first for", "Phone", "Added on")
	id, err := db.One(t.Context(), p.App.DB, db.Text, `SELECT id FROM methods WHERE type = 'authenticator' AND name = '' AND account_id = $1`, p.Self(noor).AccountID)
	if err != nil {
		t.Fatal(err)
	}
	page.Submit("Confirm", url.Values{"method": {"nonsense"}}).Is(http.StatusConflict).Has("Choose one of your methods")
	page.Submit("Confirm", url.Values{"method": {id}}).At("/security-info/changed").Has("has been changed")
	b.Get("/security-info").Has("Default sign-in method Authenticator app").Follow("Delete Authenticator app 1").
		Has("Your default sign-in method will be another authenticator app: Phone")
}

// Whoever has the portal withheld still has what protects their account.
func TestAuthenticator_withheld(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn("emil.graf@lucerne.example")
	page := b.Get("/security-info").Has("Default sign-in method")
	if page.Link("Security info") == "" {
		t.Error("there is no way to it")
	}
}

// The way round: an app that was added is asked for at the next sign-in, and a
// code that was taken is not taken again.
func TestAuthenticator_signIn(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		page := p.SignIn(noor).Get("/security-info/authenticator").Submit("Next", nil)
		first := scanned(t, p, page)
		m := keyOnPage.FindStringSubmatch(page.HTML)
		seed, err := securityinfo.SeedOf(m[1] + m[2])
		if err != nil {
			t.Fatal(err)
		}
		page.Submit("Confirm", url.Values{"code": {first}}).At("/security-info/changed")

		asked := p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {noor}}).
			Submit("Sign in", url.Values{"password": {sojourntest.Password}}).Has("Code from your authenticator app")
		asked.Submit("Verify", url.Values{"code": {first}}).Has("That code has been used already")
		p.App.DB.SetShift(p.App.DB.Shift() + time.Minute)
		code, _, err := securityinfo.CodeNow(seed, p.App.DB.Now())
		if err != nil {
			t.Fatal(err)
		}
		asked.Submit("Verify", url.Values{"code": {code}}).Is(http.StatusOK).At("/").Has("Noor Haddad", "you confirm that it is you with a second method")
	})
}
