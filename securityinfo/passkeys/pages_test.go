package passkeys_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"

	"sojourn/sojourntest"
)

func TestPasskeys_addNameAndDelete(t *testing.T) {
	each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(noor)
		page := b.Get("/security-info/add").Has("Passkey", "Security key").Follow("Add Passkey").At("/security-info/passkeys/new").
			Has("Add a passkey", "Your fingerprint, face and PIN stay on the device", "This browser can’t make passkeys")
		d := newDevice(t, virtualwebauthn.AuthenticatorOptions{BackupEligible: true, BackupState: true})
		page.Submit("Create passkey", url.Values{"name": {""}}).Is(http.StatusUnprocessableEntity).Has("There is a problem", "Enter a name")
		page.Submit("Create passkey", url.Values{"name": {"My phone"}}).Is(http.StatusUnprocessableEntity).Has("Nothing came from a passkey")
		sent := d.made(asked(t, page, url.Values{"name": {"My phone"}}))
		page = page.Submit("Create passkey", url.Values{"name": {"My phone"}, "code": {sent}}).At("/security-info/changed").
			Has("It is now your default sign-in method", "Sign out everywhere else", "Make recovery codes")
		page = page.Follow("Back to Security info").Has("My phone", "Backed up", "not used since")
		letter := p.Mails(noor)
		last := letter[len(letter)-1]
		for _, want := range []string{"A sign-in method was added", "Passkey · ", "My phone", "/not-me/"} {
			if !strings.Contains(last.Subject+last.Text, want) {
				t.Errorf("the letter lacks %q: %s", want, last.Text)
			}
		}

		page = page.Follow("Rename Passkey, My phone").Has("Rename passkey")
		page.Submit("Save name", url.Values{"name": {strings.Repeat("x", 61)}}).Is(http.StatusUnprocessableEntity).Has("at most 60")
		page = page.Submit("Save name", url.Values{"name": {"Old phone"}}).At("/security-info").Has("The name is changed", "Old phone")

		page = page.Follow("Delete Passkey, Old phone").Has("Delete this passkey?", "Your device or password manager still has it", "It is your only second step")
		page.Submit("Delete passkey", nil).At("/security-info/changed").Has("The passkey has been deleted", "Sign out everywhere else")
		b.Get("/security-info").Has("There is no second step").HasNot("Old phone")
		if n := count(t, p, `SELECT count(*) FROM passkeys`); n != 0 {
			t.Errorf("%d are left", n)
		}
		d.in(p.Browser()).Is(http.StatusUnprocessableEntity).At("/sign-in/passkey").Has("This passkey can’t be used here")
		for _, act := range []string{"method.add", "method.name", "method.remove"} {
			if n := count(t, p, `SELECT count(*) FROM audit WHERE act = $1 AND result = 'done' AND target IN (SELECT home_user_id FROM accounts WHERE id = $2)`, act, account(t, p, noor)); n != 1 {
				t.Errorf("%d rows of %s", n, act)
			}
		}
	})
}

// A passkey whose person leaves the name as it was suggested is called by what keeps
// it, where that is known, else by where it was made.
func TestPasskeys_suggestedName(t *testing.T) {
	p := start(t)
	b := p.SignIn(noor)
	b.Header = http.Header{"User-Agent": {"Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"}}
	bitwarden := virtualwebauthn.AuthenticatorOptions{}
	for _, test := range []struct{ keeper, lang, typed, want string }{
		{"", "en", "", "Passkey in Firefox on Linux"},
		{"", "nl", "", "Toegangssleutel in Firefox op Linux"},
		{"\xd5\x48\x82\x6e\x79\xb4\xdb\x40\xa3\xd8\x11\x11\x6f\x7e\x83\x49", "en", "", "Bitwarden"},
		{"\xd5\x48\x82\x6e\x79\xb4\xdb\x40\xa3\xd8\x11\x11\x6f\x7e\x83\x49", "en", "Mine", "Mine"},
	} {
		d := newDevice(t, bitwarden)
		copy(d.Aaguid[:], test.keeper)
		page := b.Get("/security-info/passkeys/new?lng=" + test.lang)
		name := nameOn.FindStringSubmatch(page.HTML)[1]
		if test.typed != "" {
			name = test.typed
		}
		sent := d.made(asked(t, page, url.Values{"name": {name}}))
		button := map[string]string{"en": "Create passkey", "nl": "Toegangssleutel maken"}[test.lang]
		page.Submit(button, url.Values{"name": {name}, "code": {sent}}).At("/security-info/changed")
		b.Get("/security-info").Has(test.want)
	}
	b.Get("/security-info/passkeys/key?lng=en").Has("Add a security key").HasNot("Firefox")
}

var nameOn = regexp.MustCompile(`name="name"[^>]* value="([^"]*)"`)

// A first second step is asked for anew everywhere else, as with every method.
func TestPasskeys_unprovesOthers(t *testing.T) {
	p := start(t)
	b, other := p.SignIn(noor), p.SignIn(noor)
	added(t, b, "key", "Blue key", virtualwebauthn.AuthenticatorOptions{UserNotVerified: true})
	other.Get("/security-info/passkeys/new").At("/prove")
	b.Get("/security-info").Has("Security key", "Blue key", "Only on this key")
}

func TestPasskeys_freshProof(t *testing.T) {
	p := start(t)
	b := p.SignIn(noor)
	token := b.Token()
	d := newDevice(t, virtualwebauthn.AuthenticatorOptions{})
	page := b.Get("/security-info/passkeys/new")
	sent := d.made(asked(t, page, url.Values{"name": {"Late"}}))
	added(t, b, "new", "In time", virtualwebauthn.AuthenticatorOptions{})
	id := strings.TrimSuffix(strings.TrimPrefix(b.Get("/security-info").Link("Rename Passkey, In time"), "/security-info/passkeys/"), "/name")
	p.App.DB.SetShift(6 * time.Minute)
	for _, path := range []string{"/security-info/passkeys/new", "/security-info/passkeys/key", "/security-info/passkeys/" + id + "/name", "/security-info/passkeys/" + id + "/delete"} {
		b.Get(path).At("/prove")
		form := url.Values{"name": {"Late"}, "code": {sent}}
		for name, values := range token {
			form[name] = values
		}
		b.Post(path, form).At("/prove")
		b.Post("/security-info/passkeys/new/ask", form).At("/prove")
	}
	if n := count(t, p, `SELECT count(*) FROM passkeys`); n != 1 {
		t.Errorf("%d passkeys", n)
	}
}

// Another person's passkey, or one that never was, is not there.
func TestPasskeys_foreign(t *testing.T) {
	p := start(t)
	s := p.SignIn(sam)
	added(t, s, "new", "Sam's", virtualwebauthn.AuthenticatorOptions{})
	path := s.Get("/security-info").Link("Rename Passkey, Sam's")
	b := p.SignIn(noor)
	token := b.Token()
	token.Set("name", "Mine")
	var said []string
	for _, path := range []string{path, "/security-info/passkeys/00000000-0000-4000-8000-000000000000/name", strings.Replace(path, "/name", "/delete", 1)} {
		said = append(said, b.Get(path).Is(http.StatusNotFound).Text(), b.Post(path, token).Is(http.StatusNotFound).Text())
	}
	for _, other := range said[1:] {
		if other != said[0] {
			t.Errorf("%q is not %q", other, said[0])
		}
	}
	b.Get("/security-info/passkeys/other").Is(http.StatusNotFound)
	s.Get("/security-info").Has("Sam's")
}

// Ten, and no more; one of them stays where there is no password.
func TestPasskeys_limits(t *testing.T) {
	p := start(t)
	b := p.SignIn(noor)
	for i := range 10 {
		added(t, b, []string{"new", "key"}[i%2], "No. "+string(rune('A'+i)), virtualwebauthn.AuthenticatorOptions{})
	}
	b.Get("/security-info/passkeys/new").Has("the most there can be")
	b.Get("/security-info/add").Has("the most there can be")
	token := b.Token()
	token.Set("name", "One more")
	b.Post("/security-info/passkeys/new/ask", token).Is(http.StatusConflict)

	exec(t, p, `DELETE FROM methods WHERE type = 'password' AND account_id = $1`, account(t, p, noor))
	b.Get("/security-info").HasNot("Password Changed")
	for i := range 9 {
		kind := []string{"Passkey", "Security key"}[i%2]
		b.Get("/security-info").Follow("Delete "+kind+", No. "+string(rune('A'+i))).Submit("Delete "+strings.ToLower(kind), nil)
	}
	b.Get("/security-info").Follow("Delete Security key, No. J").Has("the only way into your account")
	path := strings.Replace(b.Get("/security-info").Link("Rename Security key, No. J"), "/name", "/delete", 1)
	b.Post(path, b.Token()).Is(http.StatusConflict)
	if n := count(t, p, `SELECT count(*) FROM passkeys`); n != 1 {
		t.Errorf("%d passkeys", n)
	}
}

// What a browser sends that is no new passkey is refused, and written down.
func TestPasskeys_refusedWhenAdded(t *testing.T) {
	each(t, func(t *testing.T, p *sojourntest.Portal) {
		b, other := p.SignIn(noor), p.SignIn(noor)
		sams := added(t, p.SignIn(sam), "new", "Sam's", virtualwebauthn.AuthenticatorOptions{})
		page := b.Get("/security-info/passkeys/new")
		name := url.Values{"name": {"Mine"}}
		try := func(page *sojourntest.Page, sent, want, reason string) {
			t.Helper()
			before := refusals(t, p, "method.add", reason)
			answer := page.Submit("Create passkey", url.Values{"name": {"Mine"}, "code": {sent}}).Has(want)
			if answer.Status < 400 || answer.Status >= 500 || refusals(t, p, "method.add", reason) != before+1 {
				t.Errorf("%s: %d, %d rows more", reason, answer.Status, refusals(t, p, "method.add", reason)-before)
			}
		}
		wrong := newDevice(t, virtualwebauthn.AuthenticatorOptions{})
		wrong.at.Origin = "https://portal.example.evil.example"
		try(page, wrong.made(asked(t, page, name)), "is no passkey for this portal", "passkey_wrong")
		wrong.at = here
		wrong.at.ID = "example"
		try(page, wrong.made(asked(t, page, name)), "is no passkey for this portal", "passkey_wrong")
		lax := newDevice(t, virtualwebauthn.AuthenticatorOptions{UserNotVerified: true})
		try(page, lax.made(asked(t, page, name)), "did not check that it is you", "passkey_unverified")

		good := newDevice(t, virtualwebauthn.AuthenticatorOptions{})
		q := asked(t, page, name)
		try(other.Get("/security-info/passkeys/new"), good.made(q), "took too long", "passkey_over") // another session's
		sent := good.made(q)
		late := asked(t, page, name)
		page.Submit("Create passkey", url.Values{"name": {"Mine"}, "code": {sent}}).At("/security-info/changed")
		try(page, sent, "took too long", "passkey_over")                                                 // replayed
		try(page, asked(t, page, name).Ceremony+".{}", "is no passkey for this portal", "passkey_wrong") // nothing
		try(page, good.made(asked(t, page, name)), "has been added already", "passkey_known")
		sams.Options.UserHandle = nil
		try(page, sams.made(asked(t, page, name)), "has been added already", "passkey_known")
		p.App.DB.SetShift(4*time.Minute + 59*time.Second)
		p.App.DB.SetShift(5*time.Minute + time.Second)
		exec(t, p, `UPDATE sessions SET proved_at = $1`, p.App.DB.Now().UnixMicro())
		try(page, newDevice(t, virtualwebauthn.AuthenticatorOptions{}).made(late), "took too long", "passkey_over")
		if n := count(t, p, `SELECT count(*) FROM passkeys`); n != 2 {
			t.Errorf("%d passkeys", n)
		}
	})
}

// A portal that is reached by a number has none, and offers none.
func TestPasskeys_none(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	b.Get("/security-info/add").HasNot("Passkey", "Security key")
	b.Get("/security-info/passkeys/new").Is(http.StatusNotFound)
	b.Post("/security-info/passkeys/new/ask", b.Token()).Is(http.StatusNotFound)
	p.Browser().Get("/sign-in").HasNot("passkey")
}
