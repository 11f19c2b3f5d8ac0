package register_test

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

const (
	sam  = "sam.rivera@contoso.example"
	noor = "noor.haddad@contoso.example"
)

var keyOnPage = regexp.MustCompile(`<code dir="ltr"><span class="nw">([A-Z2-7 ]+)</span> <span class="nw">([A-Z2-7 ]+)</span></code>`)

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

// asks lets an organization ask something.
func asks(t *testing.T, p *sojourntest.Portal, domain, part, value string) {
	t.Helper()
	_, err := p.App.DB.Exec(t.Context(), `
		INSERT INTO settings (tenant_id, name, value, set_at, set_by) VALUES ($1, $2, $3, 1, 'operator')
		ON CONFLICT (tenant_id, name) DO UPDATE SET value = $3`, p.Tenant(domain).ID, "policy."+part, value)
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, p *sojourntest.Portal, text string, args ...any) int {
	t.Helper()
	n, err := db.Count(t.Context(), p.App.DB, text, args...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRegister_required(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		asks(t, p, "contoso.example", "second", `{"members":{"who":"all"}}`)
		b := p.SignIn(sam)
		page := b.Get("/organizations").At("/register").Has("Keep your account secure", "requires two-step verification", "Authenticator app").HasNot("Skip for now", "Lost a device")
		before := b.Token()

		// Nothing else is open, by whatever way it is asked for.
		for _, path := range []string{"/", "/organizations", "/organizations/receipts", "/requests", "/activity", "/settings", "/password", "/security-info", "/security-info/recovery-codes", "/security-info/default", "/help", "/manage/contoso.example", "/manage/contoso.example/users"} {
			b.Get(path).At("/register")
		}
		for _, path := range []string{"/settings/name", "/password", "/security-info/default", "/security-info/recovery-codes", "/organizations/leave", "/requests", "/activity/end-others", "/manage/contoso.example/users/new"} {
			b.Post(path, before).At("/register")
		}
		if n := count(t, p, `SELECT count(*) FROM session_tenants`); n != 0 {
			t.Errorf("entered %d organizations before", n)
		}
		if n := count(t, p, `SELECT count(*) FROM sessions WHERE registers = 'must'`); n != 1 {
			t.Errorf("%d sessions must register, want 1", n)
		}
		b.Post("/register/skip", before).Is(http.StatusForbidden)
		b.Post("/register/confirm", before).Is(http.StatusForbidden)
		b.Post("/sign-in/registered", before).At("/register").Has("Keep your account secure")

		page = page.Follow("Next").Has("Get an app")
		page = page.Submit("Next", nil).At("/security-info/authenticator/scan")
		page = page.Submit("Confirm", url.Values{"code": {scanned(t, p, page)}}).At("/register").Has("Success", "Authenticator app", "Default")
		b.Get("/organizations").At("/register").Has("Success")
		page.Submit("Done", nil).At("/")
		b.Get("/organizations").At("/organizations")
		if n := count(t, p, `SELECT count(*) FROM sessions WHERE registers = '' AND second = 'authenticator'`); n == 0 {
			t.Error("what was set up does not count as the session's second step")
		}
		if n := count(t, p, `SELECT count(*) FROM audit WHERE act = 'session.register' AND result = 'done'`); n != 1 {
			t.Errorf("%d audit rows, want 1", n)
		}

		// The last one stays for as long as it is required.
		b.Get("/security-info").Has("add another method before you delete this one")
		id, err := db.One(t.Context(), p.App.DB, db.Text, `SELECT MAX(id) FROM methods WHERE type = 'authenticator' AND account_id = $1`, p.Self(sam).AccountID)
		if err != nil {
			t.Fatal(err)
		}
		b.Post("/security-info/authenticator/"+id+"/delete", b.Token()).Is(http.StatusConflict).Has("Add another method first")
		asks(t, p, "contoso.example", "second", `{"members":{"who":"none"}}`)
		b.Get("/security-info").HasNot("add another method before you delete this one")
	})
}

// A session that stood before goes on until it ends; a page asked for comes after.
func TestRegister_comesBack(t *testing.T) {
	p := sojourntest.Start(t)
	old := p.SignIn(sam)
	asks(t, p, "contoso.example", "second", `{"administrators":true}`)
	old.Get("/organizations").At("/organizations")
	old.Get("/manage/contoso.example").Is(http.StatusForbidden).Has("requires two-step verification", "Add sign-in method")
	b := p.SignIn(sam)
	b.Get("/").At("/register")
	asks(t, p, "fabrikam.example", "second", `{"administrators":true}`)
	other := p.SignIn("lena.fischer@fabrikam.example")
	other.Get("/").At("/") // no administrator
}

func TestRegister_campaign(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		asks(t, p, "contoso.example", "campaign", `{"for":{"who":"all"},"snooze":2,"times":2}`)
		day := 24 * time.Hour
		page := p.SignIn(sam).Get("/register").Has("stronger method", "You can skip this 2 more times")
		page.Submit("Skip for now", nil).At("/")
		p.SignIn(sam).Get("/register").At("/security-info") // asleep

		p.App.DB.SetShift(2*day + time.Minute)
		b := p.SignIn(sam)
		b.Get("/organizations").At("/organizations") // asked, not held up
		b.Get("/register").Has("You can skip this 1 more time").Submit("Skip for now", nil).At("/")

		p.App.DB.SetShift(2 * (2*day + time.Minute))
		b = p.SignIn(sam)
		b.Get("/organizations").At("/register").HasNot("Skip for now")
	})
}

// Whoever has skipped it for the last time is left alone for as long as before, and then
// asked without a skip: in words that do not wish for what they require.
func TestRegister_lastSkip(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		asks(t, p, "contoso.example", "campaign", `{"for":{"who":"all"},"snooze":1,"times":1}`)
		b := p.SignIn(sam)
		asleep := b.Token()
		b.Get("/register").Has("would like you to", "You can skip this 1 more time").HasNot("requires").Submit("Skip for now", nil).At("/")
		p.SignIn(sam).Get("/organizations").At("/organizations")
		p.App.DB.SetShift(23 * time.Hour)
		b.Post("/register/skip", asleep) // puts nothing off: nothing is asked
		b = p.SignIn(sam)
		b.Get("/organizations").At("/organizations")
		p.App.DB.SetShift(24*time.Hour + time.Minute)
		b = p.SignIn(sam)
		b.Get("/organizations").At("/register").Has("Contoso Ltd requires a stronger method").HasNot("Skip for now", "would like you to")
		b.Post("/register/skip", b.Token()).Is(http.StatusForbidden)
		b.Get("/register?lng=nl").Has("Contoso Ltd vereist een sterkere methode").HasNot("wil graag", "Nu overslaan")
		// The way back leads to where one came from.
		b.Get("/security-info/authenticator?lng=en").Follow("Keep your account secure").At("/register")
	})
}

// What reaches the goal with the fewest methods comes first; what takes one more says so.
func TestRegister_dear(t *testing.T) {
	p := sojourntest.Start(t)
	const dear = "Getting back into your account then takes one more method"
	asks(t, p, "fabrikam.example", "reset", `{"for":{"who":"all"},"number":1,"methods":["authenticator","phone","email"],"register":true,"reconfirm":180}`)
	b := p.SignIn("lena.fischer@fabrikam.example")
	b.Get("/register").Has("We suggest: Email").HasNot(dear)
	b.Get("/register/methods").Has("Authenticator app An app on your phone shows a six-digit code. Any authenticator app will do. It also becomes your second step at sign-in", dear)
	asks(t, p, "fabrikam.example", "reset", `{"for":{"who":"all"},"number":1,"methods":["authenticator","phone"],"register":true,"reconfirm":180}`)
	b.Get("/register").Has("We suggest: Authenticator app", dear)
	asks(t, p, "fabrikam.example", "reset", `{"for":{"who":"all"},"number":2,"methods":["authenticator","phone","email"],"register":true,"reconfirm":180}`)
	b.Get("/register").Has("We suggest: Authenticator app").HasNot(dear)
}

func TestRegister_reset(t *testing.T) {
	p := sojourntest.Start(t)
	asks(t, p, "contoso.example", "reset", `{"for":{"who":"all"},"number":1,"methods":["authenticator","phone","email"],"register":true,"reconfirm":180}`)
	b := p.SignIn(noor)
	page := b.Get("/register").Has("if you forget your password", "Skip for now")
	methods := page.Follow("I want to set up a different method").Has("Which method do you want to set up?", "Email")
	if strings.Contains(methods.Text(), "Security questions") {
		t.Error("a method is offered that does not count")
	}
}

// Others' guests are asked by the organization they want to enter, not at their own
// sign-in, and leaving is never in the way.
func TestRegister_guests(t *testing.T) {
	p := sojourntest.Start(t)
	asks(t, p, "fabrikam.example", "second", `{"guests":true,"trustHome":true}`)
	b := p.SignIn(noor)
	b.Get("/organizations").At("/organizations")
	b.Get("/?tenantId=fabrikam.example").Is(http.StatusOK)
}

// A session that was begun with the password alone, and parked, is not opened by what
// its account's owner sets up elsewhere.
func TestRegister_parked(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		asks(t, p, "contoso.example", "second", `{"members":{"who":"all"}}`)
		thief, owner := p.SignIn(sam), p.SignIn(sam)
		parked := thief.Token()
		page := owner.Get("/security-info/authenticator").Submit("Next", nil)
		page = page.Submit("Confirm", url.Values{"code": {scanned(t, p, page)}}).At("/register")
		if got := thief.Post("/sign-in/registered", parked); !strings.HasPrefix(got.Path, "/sign-in") {
			t.Errorf("the parked session goes on: %s", got.Path)
		}
		if got := thief.Get("/organizations"); !strings.HasPrefix(got.Path, "/sign-in") {
			t.Errorf("the parked session is open: %s", got.Path)
		}
		page.Submit("Done", nil).At("/")
	})
}

// The page after a change says what is missing, and what is asked for at the next
// sign-in.
func TestChanged_asks(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	b.Get("/security-info/changed").Has("Your account has no second step", "Whoever knows your password").HasNot("The next time you sign in", "It asks you for one")
	asks(t, p, "contoso.example", "campaign", `{"for":{"who":"all"},"times":0,"snooze":1}`)
	b.Get("/security-info/changed").Has("Contoso Ltd would like you to have an app, a key or a passkey. It asks you for one the next time you sign in.")
	asks(t, p, "contoso.example", "second", `{"members":{"who":"all"}}`)
	b.Get("/security-info/changed").Has("Contoso Ltd requires two-step verification. The next time you sign in you have to set a method up").
		Follow("Add sign-in method").At("/security-info/add")
	asks(t, p, "contoso.example", "reset", `{"for":{"who":"all"},"number":2,"methods":["email","phone","authenticator"],"toRegister":5,"toAnswer":3}`)
	b.Get("/security-info/changed").Has("If you forget your password", "that takes 2 more methods")
}
