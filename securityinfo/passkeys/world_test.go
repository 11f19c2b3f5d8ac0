package passkeys_test

import (
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/descope/virtualwebauthn"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/passkey"
	"sojourn/sojourntest"
)

const (
	noor = "noor.haddad@contoso.example"
	sam  = "sam.rivera@contoso.example"
)

// here is where the portal of a test is reached, as far as passkeys know.
var here = virtualwebauthn.RelyingParty{ID: "portal.example", Name: "Sojourn", Origin: "https://portal.example"}

// each runs a test against a portal that can have passkeys.
func each(t *testing.T, test func(t *testing.T, p *sojourntest.Portal)) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) { test(t, withKeys(t, p)) })
}

func start(t *testing.T) *sojourntest.Portal { return withKeys(t, sojourntest.Start(t)) }

func withKeys(t *testing.T, p *sojourntest.Portal) *sojourntest.Portal {
	t.Helper()
	base, err := url.Parse(here.Origin)
	if err != nil {
		t.Fatal(err)
	}
	p.App.SecurityInfo.Keys = passkey.For(base, "Sojourn")
	return p
}

// device is a passkey or security key in somebody's hand.
type device struct {
	t *testing.T
	virtualwebauthn.Authenticator
	key virtualwebauthn.Credential
	at  virtualwebauthn.RelyingParty // whom it believes to talk to
}

func newDevice(t *testing.T, o virtualwebauthn.AuthenticatorOptions) *device {
	return &device{t: t, Authenticator: virtualwebauthn.NewAuthenticatorWithOptions(o), key: newKey(), at: here}
}

// question is what the portal sends to a script.
type question struct {
	Ceremony  string          `json:"ceremony"`
	PublicKey json.RawMessage `json:"publicKey"`
}

var (
	keyForm = regexp.MustCompile(`(?s)<form[^>]* data-key="([^"]*)".*?</form>`)
	hidden  = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
)

// fields are those of the page's form for passkeys, and where its script asks.
func fields(t *testing.T, page *sojourntest.Page) (ask string, v url.Values) {
	t.Helper()
	form := keyForm.FindStringSubmatch(page.HTML)
	if form == nil {
		t.Fatalf("%s has no form for passkeys: %s", page.Path, page.Text())
	}
	v = url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(form[0], -1) {
		v.Set(m[1], html.UnescapeString(m[2]))
	}
	return form[1], v
}

// asked is what the script of a page gets.
func asked(t *testing.T, page *sojourntest.Page, extra url.Values) question {
	t.Helper()
	path, v := fields(t, page)
	for name, values := range extra {
		v[name] = values
	}
	answer := page.Browser.Post(path, v).Is(http.StatusOK)
	if got := answer.Header.Get("Content-Type"); got != "application/json" || !strings.Contains(answer.Header.Get("Cache-Control"), "no-store") {
		t.Fatalf("%s: %s, %s", path, got, answer.Header.Get("Cache-Control"))
	}
	var q question
	if err := json.Unmarshal([]byte(answer.HTML), &q); err != nil || q.Ceremony == "" {
		t.Fatal(answer.HTML, err)
	}
	return q
}

// made is the answer of the device to a question for a new passkey.
func (d *device) made(q question) string {
	d.t.Helper()
	o, err := virtualwebauthn.ParseAttestationOptions(string(q.PublicKey))
	if err != nil {
		d.t.Fatal(err)
	}
	d.Options.UserHandle = []byte(o.UserID)
	return q.Ceremony + "." + virtualwebauthn.CreateAttestationResponse(d.at, d.Authenticator, d.key, *o)
}

// answer is what it says to any other question.
func (d *device) answer(q question) string {
	d.t.Helper()
	o, err := virtualwebauthn.ParseAssertionOptions(string(q.PublicKey))
	if err != nil {
		d.t.Fatal(err)
	}
	d.key.Counter++
	return q.Ceremony + "." + virtualwebauthn.CreateAssertionResponse(d.at, d.Authenticator, d.key, *o)
}

func code(sent string) url.Values { return url.Values{"code": {sent}} }

// added is a device that somebody who is signed in has added.
func added(t *testing.T, b *sojourntest.Browser, kind, name string, o virtualwebauthn.AuthenticatorOptions) *device {
	t.Helper()
	d := newDevice(t, o)
	page := b.Get("/security-info/passkeys/" + kind).Is(http.StatusOK)
	sent := d.made(asked(t, page, url.Values{"name": {name}}))
	page.Submit(makes[kind], url.Values{"name": {name}, "code": {sent}}).At("/security-info/changed")
	return d
}

var makes = map[string]string{"new": "Create passkey", "key": "Use security key"}

// in signs somebody in with a passkey, and nothing else.
func (d *device) in(b *sojourntest.Browser) *sojourntest.Page {
	d.t.Helper()
	page := b.Get("/sign-in")
	return page.Submit("Sign in with a passkey", code(d.answer(asked(d.t, page, nil))))
}

func count(t *testing.T, p *sojourntest.Portal, text string, args ...any) int {
	t.Helper()
	n, err := db.Count(t.Context(), p.App.DB, text, args...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func exec(t *testing.T, p *sojourntest.Portal, text string, args ...any) {
	t.Helper()
	if _, err := p.App.DB.Exec(t.Context(), text, args...); err != nil {
		t.Fatal(err)
	}
}

func account(t *testing.T, p *sojourntest.Portal, name string) string {
	t.Helper()
	a, found, err := accounts.ByName(t.Context(), p.App.DB, name)
	if err != nil || !found {
		t.Fatal(name, err)
	}
	return a.ID
}

// refusals counts the rows of an act that was refused.
func refusals(t *testing.T, p *sojourntest.Portal, act, reason string) int {
	t.Helper()
	return count(t, p, `SELECT count(*) FROM audit WHERE act = $1 AND result = 'refused' AND reason = $2`, act, reason)
}

// newKey draws a key whose coordinates have all their octets: the library writes
// shorter ones short.
func newKey() virtualwebauthn.Credential {
	for {
		c := virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
		if len(c.Key.AttestationData()) == 77 {
			return c
		}
	}
}
