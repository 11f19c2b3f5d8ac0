package signin_test

import (
	"context"
	"strings"
	"testing"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

// Whoever has a second factor is in when its code was right, and not before; the
// session and the log say with what.
func TestSecond(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		codes := &onetime{of: noor}
		p.signin.Seconds = codes
		b := p.browser().enter("noor@contoso.example", secretWord).want(303, "/sign-in/second")
		if p.count(`SELECT count(*) FROM sessions`) != 0 || b.get("/").status == 200 {
			t.Fatal("the password alone made a session")
		}
		b.get("/sign-in/second").has("Confirm it’s you", "Code from your authenticator app", `inputmode="numeric"`, `autocomplete="one-time-code"`)
		b.submit("/sign-in/second", "code", "").want(422, "").has("Enter the code")
		b.submit("/sign-in/second", "code", "000000").want(422, "")
		if p.audited("session.start", "wrong_code") != 1 {
			t.Error("the refused code is not in the log")
		}
		code := codes.now()
		b.submit("/sign-in/second", "code", code).want(303, "/").follow().has("here is Noor")
		if p.count(`SELECT count(*) FROM sessions WHERE second = 'authenticator' AND ended_at IS NULL`) != 1 {
			t.Error("the session does not know of its second step")
		}
		if p.count(`SELECT count(*) FROM audit_details WHERE data LIKE '%password+authenticator%'`) != 2 {
			t.Error("the log does not say with what")
		}
		again := p.browser().enter("noor@contoso.example", secretWord).follow()
		again.submit("/sign-in/second", "code", code).want(409, "")
	})
}

// A step of one flow does not open another, nor the steps of a proof a sign-in.
func TestSecond_bound(t *testing.T) {
	p, noor := settled(t, dbtest.Open(t))
	codes := &onetime{of: noor}
	p.account("", "", "mia@mail.example", "Mia", true)
	in := p.signedIn("noor@contoso.example")
	p.signin.Seconds = codes

	b := p.browser()
	b.get("/sign-in").submit("/sign-in", "name", "noor@contoso.example")
	atPassword := b.cookies["sojourn_flow_8080"]
	b.get("/sign-in/second").want(303, "/sign-in") // the password first
	b.get("/sign-in").submit("/sign-in/second", "flow", atPassword, "method", "app", "code", codes.now()).want(303, "/sign-in")

	b.enter("noor@contoso.example", secretWord).want(303, "/sign-in/second").follow()
	atSecond := b.fields().Get("flow")
	b.submit("/sign-in/password", "password", secretWord).want(303, "/sign-in") // that step is over
	other := p.browser().get("/sign-in")
	other.submit("/sign-in/second", "flow", atSecond, "method", "app", "code", codes.now()).want(303, "/sign-in")
	in.get("/").submit("/prove/second", "flow", atSecond, "method", "app", "code", codes.now()).want(303, "/prove")

	p.exec(`UPDATE sessions SET proved_at = 1`)
	in.get("/prove").submit("/prove", "password", secretWord).want(303, "/prove/second")
	ofProof := in.cookies["sojourn_flow_8080"]
	b.get("/sign-in").submit("/sign-in/second", "flow", ofProof, "method", "app", "code", codes.now()).want(303, "/sign-in")
	in.get("/sign-in?another=1").submit("/sign-in/second", "flow", ofProof, "method", "app", "code", codes.now()).want(303, "/")
	if codes.used != 0 {
		t.Error("a code was used up by a step that was refused")
	}
}

// A fresh proof of who has a second factor takes both steps, in one session.
func TestSecond_proof(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		b, other := p.signedIn("noor@contoso.example"), p.signedIn("noor@contoso.example")
		codes := &onetime{of: noor}
		p.signin.Seconds = codes
		p.exec(`UPDATE sessions SET proved_at = 1`)
		proved := func() int { return p.count(`SELECT count(*) FROM sessions WHERE proved_at > 1`) }

		b.get("/prove?returnUrl=/manage/"+fabrikam).submit("/prove", "password", secretWord).want(303, "/prove/second")
		if proved() != 0 {
			t.Fatal("the password alone is a proof")
		}
		flow := b.cookies["sojourn_flow_8080"]
		b.follow().has("Confirm it’s you", "Cancel").submit("/prove/second", "code", "000000").want(422, "")
		other.get("/").submit("/prove/second", "flow", flow, "method", "app", "code", codes.now()).want(303, "/prove")
		before := b.cookies["sojourn_8080"]
		b.get("/prove/second").submit("/prove/second", "code", codes.now()).want(303, "/manage/"+fabrikam)
		if proved() != 1 || b.cookies["sojourn_8080"] == before {
			t.Errorf("%d sessions are proved; the cookie is new: %t", proved(), b.cookies["sojourn_8080"] != before)
		}
		b.get("/").submit("/prove/second", "flow", flow, "method", "app", "code", codes.now()).want(303, "/prove")
		if p.audited("session.prove", "wrong_code") != 1 || p.audited("session.prove", "") != 1 {
			t.Error("the log lacks a proof")
		}
	})
}

// A factor that is added between the password and the gate is asked for.
func TestSecond_addedMeanwhile(t *testing.T) {
	p, noor := settled(t, dbtest.Open(t))
	p.signin.Seconds = &sudden{onetime: onetime{of: noor}}
	p.browser().enter("noor@contoso.example", secretWord).want(303, "/sign-in")
	if p.count(`SELECT count(*) FROM sessions`) != 0 {
		t.Error("somebody with a second factor got in without")
	}
}

// sudden has no factor when it is asked for the first time.
type sudden struct {
	onetime
	asked int
}

func (s *sudden) Factors(ctx context.Context, c db.Conn, accountID string) ([]accounts.Factor, error) {
	if s.asked++; s.asked == 1 {
		return nil, nil
	}
	return s.onetime.Factors(ctx, c, accountID)
}

// Which methods there are, and that another one can be used.
func TestSecond_methods(t *testing.T) {
	p, noor := settled(t, dbtest.Open(t))
	p.signin.Seconds = &several{onetime{of: noor}}
	b := p.browser().enter("noor@contoso.example", secretWord).follow().has("Use another method", "Noor’s phone")
	b.get("/sign-in/second/methods").has("Authenticator app", "Noor’s phone", "Recovery code", "?use=codes")
	b.get("/sign-in/second?use=codes").has("One of your recovery codes")
	if strings.Contains(b.page, `inputmode="numeric"`) {
		t.Error("a recovery code has letters")
	}
	b.submit("/sign-in/second", "code", "wrong").want(422, "").has("One of your recovery codes")
	b.get("/sign-in/second?use=unknown").has("Code from your authenticator app")
}

type several struct{ onetime }

func (s *several) Factors(ctx context.Context, c db.Conn, accountID string) ([]accounts.Factor, error) {
	list, err := s.onetime.Factors(ctx, c, accountID)
	if len(list) > 0 {
		list[0].Name = "Noor’s phone"
		list = append(list, accounts.Factor{ID: "codes", Type: accounts.RecoveryCodes})
	}
	return list, err
}

// A code is sent by pressing a button, never by looking at a page.
func TestSecond_sent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		codes := &onetime{of: noor}
		p.signin.Seconds = codes
		b := p.browser().enter("noor@contoso.example", secretWord).want(303, "/sign-in/second")
		b.get("/sign-in/second/methods").has("Authenticator app", "Text ", "+31 6 ••• ••• 42", `<p class="meta">Phone</p>`)
		b.get("/sign-in/second?use=phone.text").has("We can text a code to", "Text me a code")
		if codes.made != 0 {
			t.Fatal("a page sent a code")
		}
		b.submit("/sign-in/second/send").want(303, "/sign-in/second?sent=1&use=phone.text").follow().has("A code goes by text to", "We can’t see whether it arrives", "Code from the text message", "Send again", `autocomplete="one-time-code"`)
		first := codes.sent()
		b.submit("/sign-in/second", "code", "000000").want(422, "").has("Send again")
		b.submit("/sign-in/second/send", "again", "1").want(303, "/sign-in/second?sent=1&use=phone.text").follow().has("A new code has been asked for.")
		if codes.made != 2 {
			t.Errorf("%d codes were sent", codes.made)
		}
		b.submit("/sign-in/second/send", "method", "app").want(422, "").has("This method was removed")
		b.get("/sign-in/second?use=phone.text&sent=1").submit("/sign-in/second", "code", first).want(422, "")
		other := p.browser().enter("noor@contoso.example", secretWord).follow()
		other.submit("/sign-in/second", "method", "phone.text", "code", codes.sent()).want(422, "")
		b.submit("/sign-in/second", "code", codes.sent()).want(303, "/").follow().has("here is Noor")
		if p.count(`SELECT count(*) FROM sessions WHERE second = 'phone' AND ended_at IS NULL`) != 1 {
			t.Error("the session does not know of its second step")
		}
		p.exec(`UPDATE sessions SET proved_at = 1`)
		b.get("/prove").submit("/prove", "password", secretWord).want(303, "/prove/second").follow()
		b.get("/prove/second?use=phone.text").submit("/prove/second/send").want(303, "/prove/second?sent=1&use=phone.text").follow().has("Cancel")
		b.submit("/prove/second", "code", codes.sent()).want(303, "/")
	})
}
