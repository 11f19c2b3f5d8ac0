package passkeys_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

// begun counts the sessions that somebody began with a passkey.
const begun = `
	SELECT count(*) FROM sessions s JOIN audit a ON a.other = s.id AND a.act = 'session.start' AND a.result = 'done'
	 WHERE s.second = 'passkey' AND s.account_id = $1 AND s.created_at > (SELECT MIN(m.created_at) FROM methods m WHERE m.type = 'passkey' AND m.account_id = $1)`

// A passkey is a name, a password and a second step.
func TestEnter(t *testing.T) {
	each(t, func(t *testing.T, p *sojourntest.Portal) {
		d := added(t, p.SignIn(noor), "new", "Phone", virtualwebauthn.AuthenticatorOptions{BackupEligible: true})
		d.Options.BackupState = true
		b := p.Browser()
		page := b.Get("/sign-in?returnUrl=/organizations").Has("Sign in with a passkey")
		if !strings.Contains(page.HTML, `autocomplete="username webauthn"`) || !strings.Contains(page.HTML, "data-auto") {
			t.Error("the name is not offered with passkeys")
		}
		q := asked(t, page, nil)
		if strings.Contains(string(q.PublicKey), "allowCredentials") {
			t.Errorf("the page tells of passkeys: %s", q.PublicKey)
		}
		page.Submit("Sign in with a passkey", code(d.answer(q))).At("/organizations").Is(http.StatusOK)
		if n := count(t, p, begun, account(t, p, noor)); n != 1 {
			t.Errorf("%d sessions", n)
		}
		if n := count(t, p, `SELECT count(*) FROM passkeys WHERE backed_up AND sign_count = 1`); n != 1 {
			t.Error("the passkey is not kept as it is now")
		}
		b.Get("/security-info").Has("Backed up", "last used")
		b.Get("/activity").Has("Passkey")

		// From the page of the password too, whatever name was typed.
		page = p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {sam}}).Has("Use a passkey instead")
		page.Submit("Use a passkey instead", code(d.answer(asked(t, page, nil)))).At("/").Has("Noor")
	})
}

// Who asked to stay signed in reads what became of that, as with a password.
func TestEnter_stays(t *testing.T) {
	p := start(t)
	d := added(t, p.SignIn(noor), "new", "Phone", virtualwebauthn.AuthenticatorOptions{})
	in := func() *sojourntest.Page {
		page := p.Browser().Get("/sign-in")
		form := code(d.answer(asked(t, page, nil)))
		form.Set("stay", "1")
		return page.Submit("Sign in with a passkey", form).At("/")
	}
	const stays, not = "You stay signed in in this browser for 30 days.", "does not let anybody stay signed in"
	in().Has(stays)
	d.in(p.Browser()).HasNot(stays, not)
	byWord := func() *sojourntest.Page {
		page := p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {sam}})
		return page.Submit("Sign in", url.Values{"password": {sojourntest.Password}, "stay": {"1"}}).At("/")
	}
	byWord().Has(stays)
	exec(t, p, `INSERT INTO settings (tenant_id, name, value, set_at, set_by) VALUES ($1, 'policy.sessions', '{"lasts":86400000000000,"idle":28800000000000,"stay":0}', 1, 'operator')`, p.Tenant("contoso.example").ID)
	in().Has(not).HasNot(stays)
	byWord().Has(not)
}

// Nothing of an answer can be taken elsewhere, or be left out. What is refused says
// the same to everybody but who holds the passkey.
func TestEnter_refused(t *testing.T) {
	each(t, func(t *testing.T, p *sojourntest.Portal) {
		d := added(t, p.SignIn(noor), "new", "Phone", virtualwebauthn.AuthenticatorOptions{})
		other := added(t, p.SignIn(sam), "new", "Sam's", virtualwebauthn.AuthenticatorOptions{})
		b := p.Browser()
		page := b.Get("/sign-in")
		const wrong, over = "This passkey can’t be used here", "That took too long"
		try := func(sent, want, reason string, rows int) {
			t.Helper()
			before := refusals(t, p, "session.start", reason)
			answer := page.Submit("Sign in with a passkey", code(sent)).Is(http.StatusUnprocessableEntity).Has(want)
			if more := refusals(t, p, "session.start", reason) - before; more != rows || !strings.Contains(answer.HTML, "<title>Error:") {
				t.Errorf("%s: %d rows more, want %d", reason, more, rows)
			}
			b.Get("/organizations").At("/sign-in")
		}
		ask := func() question { t.Helper(); return asked(t, page, nil) }
		handle := d.Options.UserHandle

		d.at.Origin = "https://evil.example"
		try(d.answer(ask()), wrong, "passkey_wrong", 1)
		d.at = here
		d.at.ID = "evil.example"
		try(d.answer(ask()), wrong, "passkey_wrong", 1)
		d.at = here
		d.Options.UserHandle = other.Options.UserHandle
		try(d.answer(ask()), wrong, "passkey_wrong", 1)
		d.Options.UserHandle = nil
		try(d.answer(ask()), wrong, "passkey_wrong", 1)
		d.Options.UserHandle = handle
		d.Options.UserNotVerified = true
		try(d.answer(ask()), "did not check that it is you", "passkey_unverified", 1)
		d.Options.UserNotVerified = false
		d.Options.BackupEligible = true
		try(d.answer(ask()), "says something else about backups", "passkey_moved", 1)
		d.Options.BackupEligible = false
		stranger := newDevice(t, virtualwebauthn.AuthenticatorOptions{UserHandle: handle})
		try(stranger.answer(ask()), wrong, "passkey_wrong", 0) // no account is known
		try(ask().Ceremony+".{}", wrong, "passkey_wrong", 0)
		try("x", over, "passkey_over", 0)
		try("", "Nothing came from a passkey", "passkey_missing", 0)
		forged := d.answer(ask())
		try(strings.Replace(forged, `"signature":"`, `"signature":"AAAA`, 1), wrong, "passkey_wrong", 1)
		try(forged, over, "passkey_over", 0) // the question was used up

		q := ask()
		elsewhere := p.Browser()
		elsewhere.Get("/sign-in").Submit("Sign in with a passkey", code(d.answer(q))).Has(over) // another browser's
		p.App.DB.SetShift(5*time.Minute + time.Second)
		try(d.answer(q), over, "passkey_over", 0)
		p.App.DB.SetShift(0)
		sent := d.answer(ask())
		page.Submit("Sign in with a passkey", code(sent)).At("/").Has("Noor")
		elsewhere.Get("/sign-in").Submit("Sign in with a passkey", code(sent)).Has(over)
	})
}

// A counter that goes back is refused, written down, and told the owner.
func TestEnter_copied(t *testing.T) {
	each(t, func(t *testing.T, p *sojourntest.Portal) {
		d := added(t, p.SignIn(noor), "new", "Phone", virtualwebauthn.AuthenticatorOptions{})
		d.key.Counter = 10
		d.in(p.Browser()).At("/")
		for _, counter := range []uint32{3, 10} {
			before := len(p.Mails(noor))
			d.key.Counter = counter
			d.in(p.Browser()).Is(http.StatusUnprocessableEntity).Has("may have been copied")
			letters := p.Mails(noor)
			if len(letters) != before+1 || !strings.Contains(letters[len(letters)-1].Subject, "may have been copied") || !strings.Contains(letters[len(letters)-1].Text, "Phone") {
				t.Errorf("%d letters more", len(letters)-before)
			}
		}
		if n := refusals(t, p, "session.start", "passkey_copied"); n != 2 {
			t.Errorf("%d rows", n)
		}
		d.key.Counter = 11
		d.in(p.Browser()).At("/")
	})
}

// The gate is asked as with a password: who is disabled, or whose organization does
// not allow it, does not get in.
func TestEnter_gate(t *testing.T) {
	p := start(t)
	d := added(t, p.SignIn(noor), "new", "Phone", virtualwebauthn.AuthenticatorOptions{})
	exec(t, p, `UPDATE users SET account_enabled = FALSE WHERE id IN (SELECT home_user_id FROM accounts WHERE id = $1)`, account(t, p, noor))
	d.in(p.Browser()).Is(http.StatusForbidden)
	if n := refusals(t, p, "session.start", "account_disabled"); n != 1 {
		t.Errorf("%d rows", n)
	}
	exec(t, p, `UPDATE users SET account_enabled = TRUE`)
	d.in(p.Browser()).At("/")

	exec(t, p, `INSERT INTO settings (tenant_id, name, value, set_at, set_by) VALUES ($1, 'policy.methods', '{"passkey":{"who":"none"}}', 1, '')`, p.Tenant("contoso.example").ID)
	d.in(p.Browser()).Is(http.StatusUnprocessableEntity).Has("does not allow signing in with a passkey")
	b := p.Browser()
	page := b.Get("/sign-in").Submit("Next", url.Values{"name": {noor}}).Submit("Sign in", url.Values{"password": {sojourntest.Password}}).At("/sign-in/second")
	page.Submit("Use passkey or security key", code(d.answer(asked(t, page, nil)))).Is(http.StatusOK) // a rule opens no way around the step
	b.Get("/security-info/passkeys/new").Is(http.StatusForbidden)
	b.Get("/security-info/add").HasNot("Passkey")
}

// A passkey still gets in where the password is refused altogether, or is none.
func TestEnter_lockedOut(t *testing.T) {
	p := start(t)
	d := added(t, p.SignIn(noor), "new", "Phone", virtualwebauthn.AuthenticatorOptions{})
	wrong := url.Values{"password": {"not the right one"}}
	page := p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {noor}})
	for range 6 {
		page = page.Submit("Sign in", wrong)
	}
	page.Submit("Sign in", url.Values{"password": {sojourntest.Password}}).Is(http.StatusTooManyRequests)
	d.in(p.Browser()).At("/").Has("Noor")

	exec(t, p, `DELETE FROM methods WHERE type = 'password' AND account_id = $1`, account(t, p, noor))
	b := p.Browser()
	d.in(b).At("/").Has("Noor")
	p.App.DB.SetShift(6 * time.Minute)
	prove := b.Get("/security-info/passkeys/new").At("/prove").Has("for your passkey again").HasNot("Show password")
	prove.Submit("Use a passkey", code(d.answer(asked(t, prove, nil)))).At("/security-info/passkeys/new")
}

// After a password a passkey is the second step, and a security key that verifies
// nobody is too.
func TestSecond(t *testing.T) {
	each(t, func(t *testing.T, p *sojourntest.Portal) {
		owner := p.SignIn(noor)
		d := added(t, owner, "key", "Blue key", virtualwebauthn.AuthenticatorOptions{UserNotVerified: true})
		spare := added(t, owner, "key", "Spare", virtualwebauthn.AuthenticatorOptions{UserNotVerified: true})
		sams := added(t, p.SignIn(sam), "key", "Sam's", virtualwebauthn.AuthenticatorOptions{})
		d.in(p.Browser()).Is(http.StatusUnprocessableEntity).Has("good as a second step only")
		step := func() *sojourntest.Page {
			return p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {noor}}).Submit("Sign in", url.Values{"password": {sojourntest.Password}}).
				At("/sign-in/second").Has("A passkey or security key needs JavaScript")
		}
		const button = "Use passkey or security key"
		page := step()
		page.Submit(button, nil).Is(http.StatusUnprocessableEntity).Has("Nothing came from a passkey")
		q := asked(t, page, nil)
		if n := strings.Count(string(q.PublicKey), `"type":"public-key"`); n != 2 {
			t.Errorf("%d passkeys are asked: %s", n, q.PublicKey)
		}
		page.Submit(button, code(sams.answer(q))).Is(http.StatusUnprocessableEntity).Has("can’t be used here")
		if n := refusals(t, p, "session.start", "passkey_wrong"); n != 1 {
			t.Errorf("%d rows", n)
		}
		another := step()
		another.Submit(button, code(d.answer(asked(t, page, nil)))).Has("That took too long") // another flow's
		sent := d.answer(asked(t, page, nil))
		page.Browser.Get("/sign-in").Submit("Sign in with a passkey", code(sent)).Has("That took too long") // another purpose's
		page.Submit(button, code(sent)).At("/").Has("Noor")
		another.Submit(button, code(spare.answer(asked(t, another, nil)))).At("/")
		if n := count(t, p, begun, account(t, p, noor)); n != 2 {
			t.Errorf("%d sessions", n)
		}
		if n := count(t, p, `SELECT count(*) FROM audit_details WHERE data LIKE '%password+passkey%'`); n < 2 {
			t.Error("the log does not say with what")
		}
	})
}

// A passkey alone is a whole fresh proof, for its own session.
func TestProve(t *testing.T) {
	each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(noor)
		d := added(t, b, "new", "Phone", virtualwebauthn.AuthenticatorOptions{})
		other := p.Browser()
		d.in(other)
		p.App.DB.SetShift(6 * time.Minute)
		page := b.Get("/security-info/default").At("/prove").Has("for your password or a passkey")
		q := asked(t, page, nil)
		d.Options.UserNotVerified = true
		page.Submit("Use a passkey", code(d.answer(q))).Is(http.StatusUnprocessableEntity).Has("did not check that it is you")
		d.Options.UserNotVerified = false
		q = asked(t, page, nil)
		sent := d.answer(q)
		other.Get("/security-info/default").At("/prove").Submit("Use a passkey", code(sent)).Has("That took too long")
		page.Submit("Use a passkey", code(sent)).At("/security-info/default")
		if n := refusals(t, p, "session.prove", "passkey_unverified") + refusals(t, p, "session.prove", "passkey_over"); n != 2 {
			t.Errorf("%d rows", n)
		}
	})
}

// An answer works once, however often it is sent at the same time.
func TestEnter_once(t *testing.T) {
	each(t, func(t *testing.T, p *sojourntest.Portal) {
		d := added(t, p.SignIn(noor), "new", "Phone", virtualwebauthn.AuthenticatorOptions{})
		b := p.Browser()
		page := b.Get("/sign-in")
		path, v := fields(t, page)
		v.Set("code", d.answer(asked(t, page, nil)))
		before := count(t, p, `SELECT count(*) FROM sessions`)
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				res, err := b.Client.PostForm(p.URL+strings.TrimSuffix(path, "/ask"), v)
				if err == nil {
					res.Body.Close()
				}
			})
		}
		all.Wait()
		if n := count(t, p, `SELECT count(*) FROM sessions`) - before; n != 1 {
			t.Errorf("%d sessions", n)
		}
	})
}

// Whoever is forgotten, or whose account ends, leaves no passkey.
func TestForgotten(t *testing.T) {
	each(t, func(t *testing.T, p *sojourntest.Portal) {
		d := added(t, p.SignIn(noor), "new", "Phone", virtualwebauthn.AuthenticatorOptions{})
		s := p.SignIn(sam)
		page := s.Get("/manage/contoso.example/users").Follow("Noor Haddad").Follow("Authentication methods").Has("Passkey", "Phone")
		page.Follow("Require re-registration").Submit("Require re-registration", nil)
		if n := count(t, p, `SELECT count(*) FROM passkeys`); n != 0 {
			t.Errorf("%d passkeys", n)
		}
		d.in(p.Browser()).Is(http.StatusUnprocessableEntity)

		b := p.SignIn(noor)
		d = added(t, b, "new", "Laptop", virtualwebauthn.AuthenticatorOptions{})
		asked(t, b.Get("/security-info/passkeys/new"), url.Values{"name": {"Another"}})
		id := account(t, p, noor)
		if err := p.App.DB.Tx(t.Context(), func(tx *db.Tx) error { return accounts.Entomb(t.Context(), tx, id) }); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{
			`SELECT count(*) FROM passkeys WHERE account_id = $1`, `SELECT count(*) FROM ceremonies WHERE account_id = $1`,
			`SELECT count(*) FROM methods WHERE account_id = $1`, `SELECT count(*) FROM accounts WHERE id = $1 AND passkey_handle IS NOT NULL`,
		} {
			if n := count(t, p, text, id); n != 0 {
				t.Errorf("%d: %s", n, text)
			}
		}
		d.in(p.Browser()).Is(http.StatusUnprocessableEntity)
	})
}

// Questions that are too old are swept.
func TestSweep(t *testing.T) {
	p := start(t)
	b := p.Browser()
	asked(t, b.Get("/sign-in"), nil)
	for _, c := range []struct {
		after time.Duration
		left  int
	}{{4 * time.Minute, 1}, {6 * time.Minute, 0}} {
		p.App.DB.SetShift(c.after)
		if err := p.App.SecurityInfo.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := count(t, p, `SELECT count(*) FROM ceremonies`); n != c.left {
			t.Errorf("%d after %s, want %d", n, c.after, c.left)
		}
	}
}

// A security key that verifies nobody proves afresh beside the password only.
func TestProve_second(t *testing.T) {
	p := start(t)
	b := p.SignIn(noor)
	d := added(t, b, "key", "Blue key", virtualwebauthn.AuthenticatorOptions{UserNotVerified: true})
	p.App.DB.SetShift(6 * time.Minute)
	prove := b.Get("/security-info/passkeys/key").At("/prove")
	prove.Submit("Use a passkey", code(d.answer(asked(t, prove, nil)))).Is(http.StatusUnprocessableEntity)
	step := prove.Submit("Continue", url.Values{"password": {sojourntest.Password}}).At("/prove/second")
	wrong := newDevice(t, virtualwebauthn.AuthenticatorOptions{})
	step.Submit("Use passkey or security key", code(wrong.answer(asked(t, step, nil)))).Is(http.StatusUnprocessableEntity).Has("can’t be used here")
	if n := refusals(t, p, "session.prove", "passkey_wrong"); n != 1 {
		t.Errorf("%d rows", n)
	}
	step.Submit("Use passkey or security key", code(d.answer(asked(t, step, nil)))).At("/security-info/passkeys/key")
}

// A passkey that is deleted between the answer and the gate lets nobody in: what is
// used up must be there.
func TestEnter_deletedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, p *sojourntest.Portal) {
		d := added(t, p.SignIn(noor), "new", "Phone", virtualwebauthn.AuthenticatorOptions{})
		b := p.Browser()
		q := asked(t, b.Get("/sign-in"), nil)
		proof, err := p.App.SecurityInfo.ComparePasskey(t.Context(), accounts.Asking{Purpose: accounts.ToSignIn, Bound: bound(t, p)}, d.answer(q))
		if err != nil || proof.AccountID != account(t, p, noor) || !proof.Verified {
			t.Fatal(proof, err)
		}
		spend := func() error {
			return p.App.DB.Tx(t.Context(), func(tx *db.Tx) error { return p.App.SecurityInfo.SpendPasskey(t.Context(), tx, proof) })
		}
		if err := spend(); err != nil {
			t.Fatal(err)
		}
		if err := spend(); !fault.Is(err, "passkey_over") {
			t.Errorf("spent twice: %v", err)
		}
		exec(t, p, `DELETE FROM passkeys`)
		proof.Seen = proof.Next.Count
		if err := spend(); !fault.Is(err, "passkey_over") {
			t.Errorf("spent after it was deleted: %v", err)
		}
	})
}

// bound is the browser that was asked last.
func bound(t *testing.T, p *sojourntest.Portal) string {
	t.Helper()
	at, err := db.One(t.Context(), p.App.DB, db.Text, `SELECT bound FROM ceremonies ORDER BY created_at DESC LIMIT 1`)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// A passkey may stay signed in as a password may: only where it was asked for, and as
// long as the organization allows.
func TestPasskeys_stay(t *testing.T) {
	each(t, func(t *testing.T, p *sojourntest.Portal) {
		d := added(t, p.SignIn(noor), "new", "My phone", virtualwebauthn.AuthenticatorOptions{})
		stays, leaves := p.Browser(), p.Browser()
		page := stays.Get("/sign-in").Has("Stay signed in")
		page.Submit("Sign in with a passkey", url.Values{"stay": {"1"}, "code": {d.answer(asked(t, page, nil))}}).At("/")
		d.in(leaves).At("/")
		p.App.DB.SetShift(2 * 24 * time.Hour)
		stays.Get("/").At("/").Has("Noor Haddad")
		leaves.Get("/").At("/sign-in")
		p.App.DB.SetShift(31 * 24 * time.Hour)
		stays.Get("/").At("/sign-in")
	})
}
