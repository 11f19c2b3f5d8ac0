package inventory_test

import (
	"context"
	"encoding/base32"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/securityinfo"
	"sojourn/sojourntest"
)

// device is a token as who has it in hand knows it.
type device struct {
	p      *sojourntest.Portal
	t      *testing.T
	serial string
	seed   []byte
	sha256 bool
	period int
}

// handOut puts a token into the inventory of an organization. Its clock then stands
// just behind the beginning of a step, so that none ends while a test looks.
func handOut(t *testing.T, p *sojourntest.Portal, domain string, d device) device {
	t.Helper()
	hash := "sha1"
	if d.sha256 {
		hash = "sha256"
	}
	file := fmt.Sprintf("%s,hash function\r\n,%s,%s,%d,,,%s\r\n", strings.TrimSpace(head), d.serial, base32.StdEncoding.EncodeToString(d.seed), d.period, hash)
	if _, err := p.App.Inventory.Upload(t.Context(), actor.OperatorActor(), p.Tenant(domain).ID, []byte(file)); err != nil {
		t.Fatal(err)
	}
	d.p, d.t = p, t
	d.later(1)
	return d
}

// later moves the clock to just behind the beginning of the step that comes so many
// steps on.
func (d device) later(steps int) {
	d.t.Helper()
	period := time.Duration(d.period) * time.Second
	now := d.p.App.DB.Now()
	d.p.App.DB.SetShift(d.p.App.DB.Shift() + now.Truncate(period).Add(time.Duration(steps)*period+time.Second).Sub(now))
}

// shows is what the token shows so many steps from now.
func (d device) shows(steps int) string {
	d.t.Helper()
	at := d.p.App.DB.Now().Add(time.Duration(steps*d.period) * time.Second)
	code, _, err := securityinfo.TokenCodeNow(d.seed, d.sha256, d.period, at)
	if err != nil {
		d.t.Fatal(err)
	}
	return code
}

// take takes the token into use.
func (d device) take(b *sojourntest.Browser) {
	d.t.Helper()
	page := b.Get("/security-info/token").Submit("Next", url.Values{"serial": {d.serial}}).Submit("Next", url.Values{"name": {"Mine"}})
	page.At("/security-info/token/code").Submit("Confirm", url.Values{"code": {d.shows(0)}}).At("/security-info/changed")
}

// asked is the second step of somebody who signs in.
func asked(p *sojourntest.Portal, name string) *sojourntest.Page {
	page := p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {name}}).Submit("Sign in", url.Values{"password": {sojourntest.Password}})
	return page.At("/sign-in/second").Has("Code on your hardware token")
}

// Whichever way a token makes its codes, one is good for a step before and behind,
// once, and never after a later one.
func TestTokens_codes(t *testing.T) {
	for _, kind := range []device{
		{serial: "K-1", seed: []byte("12345678901234567890123456789012"), sha256: true, period: 60},
		{serial: "K-2", seed: seed, period: 30},
		{serial: "K-3", seed: []byte("12345678901234567890123456789012"), sha256: true, period: 30},
		{serial: "K-4", seed: seed, period: 60},
	} {
		t.Run(fmt.Sprintf("%v %d", kind.sha256, kind.period), func(t *testing.T) {
			sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
				d := handOut(t, p, "contoso.example", kind)
				d.take(p.SignIn(noor))
				is := func(what, code string, status int, says string) {
					t.Helper()
					page := asked(p, noor).Submit("Verify", url.Values{"code": {code}})
					if status == http.StatusOK {
						page.At("/")
					} else if page.Status != status || !strings.Contains(page.Text(), says) {
						t.Errorf("%s: %d %s", what, page.Status, page.Text())
					}
				}
				is("the code it was taken into use with", d.shows(0), http.StatusConflict, "used already")
				d.later(10)
				is("two steps ago", d.shows(-2), http.StatusUnprocessableEntity, "There is a problem")
				is("two steps on", d.shows(2), http.StatusUnprocessableEntity, "There is a problem")
				is("of the other hash", device{p, t, "", d.seed, !d.sha256, d.period}.shows(0), http.StatusUnprocessableEntity, "There is a problem")
				late, now, early := d.shows(-1), d.shows(0), d.shows(1)
				is("a step ago", late, http.StatusOK, "")
				is("a step ago, again", late, http.StatusConflict, "used already")
				is("now", now, http.StatusOK, "")
				is("now, again", now, http.StatusConflict, "used already")
				is("a step on", early, http.StatusOK, "")
				is("now, behind a step on", now, http.StatusConflict, "used already")
				d.later(1)
				is("a step on, when it is shown", early, http.StatusConflict, "used already")
				d.later(1)
				is("the next", d.shows(0), http.StatusOK, "")
			})
		})
	}
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// Who forgot their password gets back in with a token and a second proof; the code is
// spent, for the reset and for the sign-in that follows.
func TestTokens_reset(t *testing.T) {
	const sato, mailbox, fresh = "sato@litware.example", "ken.sato@post.example", "velvet anchor pepper drizzle"
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		d := handOut(t, p, "litware.example", device{serial: "L-1", seed: []byte("12345678901234567890123456789012"), sha256: true, period: 60})
		d.take(p.SignIn(sato))
		d.later(10)
		begin := func() *sojourntest.Browser {
			b := p.Browser()
			b.Get("/reset").Submit("Next", url.Values{"name": {sato}}).At("/reset/verify").Has("Enter a code from my hardware token")
			return b
		}
		b := begin()
		b.Get("/reset/verify/token").Submit("Verify", url.Values{"code": {"000000"}}).Is(http.StatusUnprocessableEntity).Has("That is not right")
		b.Get("/reset/verify/token").Submit("Verify", url.Values{"code": {d.shows(-2)}}).Is(http.StatusUnprocessableEntity)
		code := d.shows(0)
		b.Get("/reset/verify/token").Submit("Verify", url.Values{"code": {code}}).At("/reset/verify").Has("One more is asked of you").HasNot("Enter a code from my hardware token")
		b.Get("/reset/password").At("/reset/verify")
		b.Get("/reset/verify/token").At("/reset/verify") // not twice by the same sort

		// The same code proves nothing in another reset.
		begin().Get("/reset/verify/token").Submit("Verify", url.Values{"code": {code}}).Is(http.StatusUnprocessableEntity)

		page := b.Get("/reset/verify/email").Submit("Email me a code", url.Values{"place": {mailbox}})
		list := p.Mails(mailbox)
		if len(list) == 0 {
			t.Fatal("no code was sent")
		}
		page = page.Submit("Verify", url.Values{"code": {sixDigits.FindString(list[len(list)-1].Text)}}).At("/reset/password")
		page.Submit("Finish", url.Values{"new": {fresh}}).At("/reset/done").Is(http.StatusOK)

		// The token stays a second step, which the reset does not skip, nor does its code serve.
		page = p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {sato}}).Submit("Sign in", url.Values{"password": {fresh}}).At("/sign-in/second")
		page.Submit("Verify", url.Values{"code": {code}}).Is(http.StatusConflict).Has("used already")
		page.Submit("Verify", url.Values{"code": {d.shows(1)}}).At("/")
		if n := count(t, p, `SELECT count(*) FROM audit WHERE act = 'password.reset' AND result = 'done'`); n != 1 {
			t.Errorf("%d resets are recorded", n)
		}
	})
}

// Two people have the same token in hand and show its code at once, fifty times: it
// becomes the method of one of them, once.
func TestTokens_activateTogether(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		ctx, info := context.Background(), p.App.SecurityInfo
		d := handOut(t, p, "contoso.example", device{serial: "T-1", seed: seed, period: 60})
		type person struct {
			actor.Actor
			method string
		}
		var people []person
		for _, name := range []string{noor, "olu.adeyemi@contoso.example"} { // neither has a role, so both may take what is just there
			who := p.Self(name)
			if err := info.BeginToken(ctx, who, "t-1"); err != nil {
				t.Fatal(err)
			}
			s, err := info.SettingUpToken(ctx, who)
			if err != nil {
				t.Fatal(err)
			}
			people = append(people, person{who, s.MethodID})
		}
		code := d.shows(0)
		won, refused := together(50, func(i int) error {
			who := people[i%2]
			_, err := info.ConfirmToken(ctx, who.Actor, who.method, code)
			return err
		})
		if won != 1 {
			t.Errorf("%d activations: %v", won, refused)
		}
		for code := range refused {
			switch code {
			case "set_up_over", "invalid", "busy", "too_many_tries": // over, or the code is spent
			default:
				t.Errorf("refused as %q", code)
			}
		}
		if n := count(t, p, `SELECT count(*) FROM methods WHERE token_id IS NOT NULL AND state = 'active'`); n != 1 {
			t.Errorf("%d people have it", n)
		}
		if n := count(t, p, `SELECT count(*) FROM audit WHERE act = 'token.activate' AND result = 'done'`); n != 1 {
			t.Errorf("%d rows say that it was activated", n)
		}
		for _, one := range people { // and once it is quiet
			if _, err := info.ConfirmToken(ctx, one.Actor, one.method, d.shows(1)); err == nil {
				t.Error("it was activated once more")
			}
		}
	})
}

// together runs a verb so many times at once, and counts what worked and the reasons
// for which it was refused.
func together(n int, verb func(i int) error) (won int, refused map[string]int) {
	var mu sync.Mutex
	var all sync.WaitGroup
	refused = map[string]int{}
	begin := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-begin
			err := verb(i)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				won++
			} else if f, ok := fault.Of(err); ok {
				refused[f.Code]++
			} else {
				refused[err.Error()]++
			}
		})
	}
	close(begin)
	all.Wait()
	return won, refused
}

// Apps and tokens are counted together: there are five at most, one after the other
// and at once.
func TestTokens_five(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		ctx, info, who := context.Background(), p.App.SecurityInfo, p.Self(noor)
		issue := func(name string) error {
			return info.Issue(ctx, actor.OperatorActor(), who.AccountID, name, []byte("twenty octets of it."))
		}
		held := func() int {
			t.Helper()
			list, err := accounts.MethodsOf(ctx, p.App.DB, who.AccountID)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, m := range list {
				if m.Type.ShowsCodes() {
					n++
				}
			}
			return n
		}
		b := p.SignIn(noor)
		first := handOut(t, p, "contoso.example", device{serial: "F-1", seed: seed, period: 60})
		first.take(b)
		for i := range accounts.MaxAuthenticators - 2 {
			if err := issue(fmt.Sprint("App ", i)); err != nil {
				t.Fatal(err)
			}
		}
		last := handOut(t, p, "contoso.example", device{serial: "F-2", seed: []byte("09876543210987654321"), period: 60})
		who = p.Self(noor)
		if err := info.BeginToken(ctx, who, "F-2"); err != nil {
			t.Fatal(err)
		}
		s, err := info.SettingUpToken(ctx, who)
		if err != nil {
			t.Fatal(err)
		}
		code := last.shows(0)
		won, refused := together(50, func(i int) error {
			if i%2 == 0 {
				return issue("One more")
			}
			_, err := info.ConfirmToken(ctx, who, s.MethodID, code)
			return err
		})
		if won != 1 || held() != accounts.MaxAuthenticators {
			t.Errorf("%d more were added, and there are %d: %v", won, held(), refused)
		}
		if err := issue("A sixth"); !fault.Is(err, "too_many_methods") {
			t.Errorf("a sixth is added: %v", err)
		}
		handOut(t, p, "contoso.example", device{serial: "F-3", seed: []byte("11223344556677889900"), period: 60})
		b = signedInWith(t, p, first)
		if err := info.BeginToken(ctx, p.Self(noor), "F-3"); !fault.Is(err, "too_many_methods") {
			t.Errorf("a sixth is begun: %v", err)
		}
		b.Get("/security-info/add").Has("You have 5 authenticator apps and hardware tokens").HasNot("Add Hardware token", "Add Authenticator app")
		form := b.Token()
		form.Set("serial", "F-3")
		b.Post("/security-info/token", form).Is(http.StatusConflict)
		b.Post("/security-info/authenticator", b.Token()).Is(http.StatusConflict)
		if held() != accounts.MaxAuthenticators {
			t.Errorf("there are %d", held())
		}
	})
}

// signedInWith signs Noor in with a token.
func signedInWith(t *testing.T, p *sojourntest.Portal, d device) *sojourntest.Browser {
	t.Helper()
	d.later(2)
	account, err := db.One(t.Context(), p.App.DB, db.Text, `SELECT m.id FROM methods m JOIN tokens t ON t.id = m.token_id WHERE t.serial_number = $1`, d.serial)
	if err != nil {
		t.Fatal(err)
	}
	b := p.Browser()
	b.Get("/sign-in").Submit("Next", url.Values{"name": {noor}}).Submit("Sign in", url.Values{"password": {sojourntest.Password}})
	b.Get("/sign-in/second?use="+account).Submit("Verify", url.Values{"code": {d.shows(0)}}).At("/")
	return b
}
