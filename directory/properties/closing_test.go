package properties_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sojourn/internal/actor"
	"sojourn/sojourntest"
)

const (
	ann      = "ann.lee@fabrikam.example"
	noor     = "noor.haddad@contoso.example" // a guest there
	fabrikam = "/manage/fabrikam.example/"
)

// letters counts the mails to somebody whose subject ends in a text.
func letters(p *sojourntest.Portal, to, subject string) (n int) {
	for _, m := range p.Mails(to) {
		if strings.HasSuffix(m.Subject, subject) {
			n++
		}
	}
	return n
}

// tell is a round of the job that tells of closings.
func tell(t *testing.T, p *sojourntest.Portal) {
	t.Helper()
	if err := p.App.Directory.TellClosing(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// Where a closing is stopped, those hear of it to whom it was announced, and nobody
// else: neither who was not told yet, nor whose letter had not gone out.
func TestClosing_stopped(t *testing.T) {
	const closing, stopped = " is closing", " is not closing"
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(ann)
		announce := func() {
			t.Helper()
			b.Get(fabrikam+"close").Submit("Close organization", url.Values{"name": {"Fabrikam, Inc."}}).Has("The organization is closing")
		}
		stop := func() {
			t.Helper()
			b.Get(fabrikam+"properties").Submit("Stop closing", nil).Has("Whoever got the announcement is told by mail")
		}
		is := func(what string, announced, taken int) {
			t.Helper()
			for _, to := range []string{ann, noor} {
				if a, s := letters(p, to, closing), letters(p, to, stopped); a != announced || s != taken {
					t.Errorf("%s: %s was told %d times of a closing and %d times of its end, want %d and %d", what, to, a, s, announced, taken)
				}
			}
		}
		announce()
		stop()
		tell(t, p)
		is("stopped before anybody was told", 0, 0)

		announce()
		tell(t, p) // the letters wait
		stop()
		tell(t, p)
		is("stopped before a letter went out", 0, 0)

		announce()
		tell(t, p)
		is("announced", 1, 0)
		stop()
		tell(t, p)
		tell(t, p)
		is("stopped", 1, 1)
	})
}

// While it closes, what an organization says of itself is read and not changed.
func TestProperties_closing(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(ann)
	b.Get(fabrikam + "properties").Has("Save")
	b.Get(fabrikam+"close").Submit("Close organization", url.Values{"name": {"Fabrikam, Inc."}})
	b.Get(fabrikam+"properties").Has("The organization is closing, so nothing here can be changed", "Privacy contact").HasNot("Save")
	form := b.Token()
	form.Set("name", "Fabrikam Limited")
	b.Post(fabrikam+"properties", form).Is(http.StatusConflict)
	if name := p.Tenant("fabrikam.example").Name; name != "Fabrikam, Inc." {
		t.Errorf("it is called %s", name)
	}
}

// Who closes is told whom legal holds keep.
func TestClose_held(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(ann)
		b.Get(fabrikam + "close").HasNot("legal hold")
		for n, want := range []string{"1 user is on legal hold", "2 users are on legal hold"} {
			u := p.User([]string{noor, ann}[n], "fabrikam.example")
			if err := p.App.Directory.Hold(t.Context(), actor.OperatorActor(), u.TenantID, u.ID, "Case 1"); err != nil {
				t.Fatal(err)
			}
			b.Get(fabrikam+"close").Has(want, "closed but not gone")
		}
	})
}
