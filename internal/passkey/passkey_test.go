package passkey_test

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/descope/virtualwebauthn"

	"sojourn/internal/passkey"
)

func party(t *testing.T, base string) *passkey.Party {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	return passkey.For(u, "Sojourn")
}

// Browsers make no passkeys for a number.
func TestFor(t *testing.T) {
	for base, want := range map[string]bool{
		"https://account.example.org": true, "http://localhost:8080": true, "https://account.example.org:8443": true,
		"http://127.0.0.1:8080": false, "http://[::1]:8080": false, "https://192.0.2.7": false,
	} {
		if got := party(t, base) != nil; got != want {
			t.Errorf("%s: %v, want %v", base, got, want)
		}
	}
	if passkey.For(nil, "Sojourn") != nil {
		t.Error("a party without an address")
	}
}

const home = "https://account.example.org"

var here = virtualwebauthn.RelyingParty{ID: "account.example.org", Name: "Sojourn", Origin: home}

// device is an authenticator with one credential, and what the party keeps of it.
type device struct {
	virtualwebauthn.Authenticator
	key   virtualwebauthn.Credential
	owner passkey.Owner
	kept  passkey.Credential
}

func handle() []byte {
	b := make([]byte, passkey.HandleSize)
	rand.Read(b)
	return b
}

// made registers a device.
func made(t *testing.T, p *passkey.Party, portable bool, o virtualwebauthn.AuthenticatorOptions) (*device, error) {
	t.Helper()
	d := &device{
		Authenticator: virtualwebauthn.NewAuthenticatorWithOptions(o), key: newKey(),
		owner: passkey.Owner{Handle: handle(), Name: "noor@contoso.example", Display: "Noor"},
	}
	d.Options.UserHandle = d.owner.Handle
	d.key.Counter = 1
	q, err := p.Create(d.owner, portable)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := virtualwebauthn.ParseAttestationOptions(string(q.Options))
	if err != nil {
		t.Fatal(err)
	}
	answer := virtualwebauthn.CreateAttestationResponse(here, d.Authenticator, d.key, *asked)
	// Password managers report extensions that nobody asked for.
	answer = strings.Replace(answer, `"type":"public-key"`, `"type":"public-key","clientExtensionResults":{"credProps":{"rk":true}}`, 1)
	d.kept, err = p.Created(d.owner, q.Kept, answer)
	d.owner.Keys = []passkey.Credential{d.kept}
	return d, err
}

// answer is what the device says to a question.
func (d *device) answer(t *testing.T, q passkey.Question, at virtualwebauthn.RelyingParty) passkey.Answer {
	t.Helper()
	asked, err := virtualwebauthn.ParseAssertionOptions(string(q.Options))
	if err != nil {
		t.Fatal(err)
	}
	d.key.Counter++
	a, err := passkey.Read(virtualwebauthn.CreateAssertionResponse(at, d.Authenticator, d.key, *asked))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestCreate(t *testing.T) {
	p := party(t, home)
	for name, c := range map[string]struct {
		portable bool
		device   virtualwebauthn.AuthenticatorOptions
		want     error
	}{
		"passkey":                           {},
		"backed up":                         {device: virtualwebauthn.AuthenticatorOptions{BackupEligible: true, BackupState: true}},
		"security key":                      {portable: true},
		"security key without verification": {portable: true, device: virtualwebauthn.AuthenticatorOptions{UserNotVerified: true}},
		"passkey without verification":      {device: virtualwebauthn.AuthenticatorOptions{UserNotVerified: true}, want: passkey.ErrUnverified},
		"nobody was there":                  {device: virtualwebauthn.AuthenticatorOptions{UserNotPresent: true}, want: passkey.ErrWrong},
		"backed up though it cannot be":     {device: virtualwebauthn.AuthenticatorOptions{BackupState: true}, want: passkey.ErrWrong},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := made(t, p, c.portable, c.device)
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Fatalf("%v, want %v", err, c.want)
			}
			if err == nil && (d.kept.Syncable != c.device.BackupEligible || d.kept.BackedUp != c.device.BackupState || d.kept.Count != 1 || len(d.kept.ID) == 0) {
				t.Errorf("kept %+v", d.kept)
			}
		})
	}
}

// The options name what the portal is, and no more of the owner than they may know.
func TestCreate_options(t *testing.T) {
	p := party(t, home)
	d, err := made(t, p, false, virtualwebauthn.AuthenticatorOptions{})
	if err != nil {
		t.Fatal(err)
	}
	q, err := p.Create(d.owner, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"id":"account.example.org"`, `"security-key"`, `"cross-platform"`, `"excludeCredentials"`, `"userVerification":"preferred"`} {
		if !strings.Contains(string(q.Options), want) {
			t.Errorf("%s is not in %s", want, q.Options)
		}
	}
	q, err = p.Create(d.owner, false)
	if err != nil || !strings.Contains(string(q.Options), `"residentKey":"required"`) || strings.Contains(string(q.Options), "authenticatorAttachment") {
		t.Error(string(q.Options), err)
	}
	if q, err = p.Anybody(); err != nil || strings.Contains(string(q.Options), "allowCredentials") || !strings.Contains(string(q.Options), `"userVerification":"required"`) {
		t.Error(string(q.Options), err)
	}
}

// An algorithm that was not asked for makes no passkey.
func TestCreate_algorithm(t *testing.T) {
	p := party(t, home)
	d := &device{Authenticator: virtualwebauthn.NewAuthenticator(), key: newKey(), owner: passkey.Owner{Handle: handle(), Name: "a", Display: "a"}}
	q, err := p.Create(d.owner, false)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := virtualwebauthn.ParseAttestationOptions(string(q.Options))
	if err != nil {
		t.Fatal(err)
	}
	kept := strings.ReplaceAll(q.Kept, `{"type":"public-key","alg":-7}`, `{"type":"public-key","alg":-8}`)
	if kept == q.Kept {
		t.Fatalf("ES256 is not asked for: %s", kept)
	}
	if _, err := p.Created(d.owner, kept, virtualwebauthn.CreateAttestationResponse(here, d.Authenticator, d.key, *asked)); !errors.Is(err, passkey.ErrWrong) {
		t.Error(err)
	}
}

func TestCheck(t *testing.T) {
	p := party(t, home)
	elsewhere, otherName := here, here
	elsewhere.Origin = "https://account.example.org.evil.example"
	otherName.ID = "example.org"
	for name, c := range map[string]struct {
		device virtualwebauthn.AuthenticatorOptions
		change func(d *device)
		at     virtualwebauthn.RelyingParty
		known  bool // the owner's passkeys are asked, not whichever there is
		lax    bool // a security key that need not verify
		want   error
	}{
		"right":                      {at: here},
		"right, of the owner":        {at: here, known: true},
		"wrong origin":               {at: elsewhere, want: passkey.ErrWrong},
		"another relying party":      {at: otherName, want: passkey.ErrWrong},
		"other user's handle":        {at: here, change: func(d *device) { d.Options.UserHandle = handle() }, want: passkey.ErrWrong},
		"no handle":                  {at: here, change: func(d *device) { d.Options.UserHandle = nil }, want: passkey.ErrWrong},
		"no handle, of the owner":    {at: here, known: true, change: func(d *device) { d.Options.UserHandle = nil }},
		"another key":                {at: here, change: func(d *device) { d.key.Key = newKey().Key }, want: passkey.ErrWrong},
		"another credential":         {at: here, known: true, change: func(d *device) { d.key.ID = []byte("somebody else's") }, want: passkey.ErrWrong},
		"not verified":               {at: here, change: func(d *device) { d.Options.UserNotVerified = true }, want: passkey.ErrUnverified},
		"not verified, wrong origin": {at: elsewhere, change: func(d *device) { d.Options.UserNotVerified = true }, want: passkey.ErrWrong},
		"need not be verified":       {at: here, known: true, lax: true, change: func(d *device) { d.Options.UserNotVerified = true }},
		"nobody there":               {at: here, change: func(d *device) { d.Options.UserNotPresent = true }, want: passkey.ErrWrong},
		"counter the same":           {at: here, change: func(d *device) { d.key.Counter = 0 }, want: passkey.ErrCopied},
		"can be backed up now":       {at: here, change: func(d *device) { d.Options.BackupEligible = true }, want: passkey.ErrMoved},
		"moved, wrong origin":        {at: elsewhere, change: func(d *device) { d.Options.BackupEligible = true }, want: passkey.ErrWrong},
		"backed up meanwhile":        {device: virtualwebauthn.AuthenticatorOptions{BackupEligible: true}, at: here, change: func(d *device) { d.Options.BackupState = true }},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := made(t, p, c.lax, c.device)
			if err != nil {
				t.Fatal(err)
			}
			q, err := p.Anybody()
			if c.known {
				q, err = p.Ask(d.owner, !c.lax)
			}
			if err != nil {
				t.Fatal(err)
			}
			if c.change != nil {
				c.change(d)
			}
			a := d.answer(t, q, c.at)
			got, err := p.Check(d.owner, q.Kept, a)
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Fatalf("%v, want %v", err, c.want)
			}
			if err != nil {
				return
			}
			if got.Verified == d.Options.UserNotVerified || got.Count != 2 || got.BackedUp != d.Options.BackupState {
				t.Errorf("%+v", got)
			}
			other, err := p.Anybody()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.Check(d.owner, other.Kept, a); !errors.Is(err, passkey.ErrWrong) {
				t.Errorf("an answer to another question: %v", err)
			}
		})
	}
}

// Whatever is asked comes back whole.
func TestQuestion_whole(t *testing.T) {
	p := party(t, home)
	q, err := p.Create(passkey.Owner{Handle: handle(), Name: "a", Display: "b"}, true)
	if err != nil {
		t.Fatal(err)
	}
	var kept struct {
		Challenge, RpID, UserVerification string
		User_id                           []byte
		CredParams                        []any
	}
	if err := json.Unmarshal([]byte(q.Kept), &kept); err != nil {
		t.Fatal(err)
	}
	if len(kept.Challenge) < 43 || kept.RpID != here.ID || len(kept.User_id) != passkey.HandleSize || len(kept.CredParams) == 0 || kept.UserVerification != "preferred" {
		t.Errorf("%+v", kept)
	}
}

// A passkey that nobody has is never right, and is looked at all the same.
func TestNobody(t *testing.T) {
	p := party(t, home)
	d, err := made(t, p, false, virtualwebauthn.AuthenticatorOptions{})
	if err != nil {
		t.Fatal(err)
	}
	q, err := p.Anybody()
	if err != nil {
		t.Fatal(err)
	}
	a := d.answer(t, q, here)
	nobody := passkey.Nobody(a)
	if len(nobody.Keys) != 1 {
		t.Fatal("there is nothing to look at")
	}
	_, err = p.Check(nobody, q.Kept, a)
	if !errors.Is(err, passkey.ErrWrong) || !strings.Contains(err.Error(), "signature") {
		t.Error(err)
	}
}

func TestRead(t *testing.T) {
	for _, answer := range []string{"", "{}", "null", "[]", `{"id":"a"}`, strings.Repeat("x", 100<<10), `{"id":"YQ","rawId":"YQ","type":"public-key","response":{}}`} {
		if _, err := passkey.Read(answer); err == nil {
			t.Errorf("%.40q is read", answer)
		}
	}
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
