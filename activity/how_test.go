package activity_test

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/securityinfo"
	"sojourn/securityinfo/usermethods"
	"sojourn/sojourntest"
)

const theirSeed = "seed of a test's own"

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// takeSteps signs somebody in with the password and with each second step there is.
func takeSteps(t *testing.T, p *sojourntest.Portal, name string) {
	t.Helper()
	ctx, info, who := context.Background(), p.App.SecurityInfo, p.Self(name)
	err := info.Issue(ctx, actor.OperatorActor(), who.AccountID, "App", []byte(theirSeed))
	if err == nil {
		err = info.IssuePhone(ctx, actor.OperatorActor(), who.AccountID, securityinfo.PhoneForm{Type: accounts.MobilePhone, Number: "+31612345699", Way: accounts.ByText})
	}
	if err != nil {
		t.Fatal(err)
	}
	factors, err := info.Factors(ctx, p.App.DB, who.AccountID)
	if err != nil {
		t.Fatal(err)
	}
	for _, factor := range factors {
		b := p.Browser()
		b.Header.Set("User-Agent", firefox)
		b.Get("/sign-in").Submit("Next", url.Values{"name": {name}}).Submit("Sign in", url.Values{"password": {sojourntest.Password}}).At("/sign-in/second")
		page := b.Get("/sign-in/second?use=" + factor.ID)
		code, _, err := securityinfo.CodeNow([]byte(theirSeed), p.App.DB.Now())
		if err != nil {
			t.Fatal(err)
		}
		if factor.Sent() {
			if factor.Way != accounts.ByText {
				continue
			}
			page = page.Submit("Text me a code", nil)
			told := p.Told("+31612345699")
			code = sixDigits.FindString(told[len(told)-1].Text)
		}
		page.Submit("Verify", url.Values{"code": {code}}).At("/")
	}
}

// A sign-in says how it was done, to its person and to their organization, and half a
// one whose it was to be.
func TestLog_how(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		contoso := p.Tenant("contoso.example").ID
		id := p.User(noor, "contoso.example").ID
		signedIn(p, noor, safari)
		pass, err := p.App.UserMethods.GivePass(context.Background(), p.Administrator(sam, "contoso.example"), contoso, id, usermethods.PassForm{Minutes: "60", Length: "8", Once: true})
		if err != nil {
			t.Fatal(err)
		}
		b := p.Browser()
		b.Header.Set("User-Agent", firefox)
		b.Get("/sign-in").Submit("Next", url.Values{"name": {noor}}).Follow("I have a temporary access pass").Submit("Sign in", url.Values{"pass": {"00000000"}}).Submit("Sign in", url.Values{"pass": {pass}}).At("/")
		takeSteps(t, p, noor)

		page := b.Get("/activity?lng=en")
		page.Has("Contoso Ltd · Password and authenticator app", "Contoso Ltd · Password and code by text message", "Contoso Ltd · Temporary access pass", "Refused: Wrong pass", "Contoso Ltd · Password").
			HasNot("password+", "Right password, but")
		b.Get("/activity?lng=nl").Has("Contoso Ltd · Wachtwoord en authenticator-app", "Wachtwoord en code per sms", "Tijdelijke toegangspas")

		admin := signedIn(p, sam, firefox)
		log := "/manage/" + contoso + "/audit"
		all := admin.Get(log+"?user="+id).Has("Password and authenticator app", "Password and code by text message", "Temporary access pass used", "Good for: 60 minutes", "Can be used: once", "Authenticator app", "With the password alone")
		for _, code := range []string{"minutes:", "once:", "method:", "way:", "password+", "true"} {
			if strings.Contains(lines(all), code) {
				t.Errorf("the log says %q", code)
			}
		}
		holds(t, admin.Get(log+"?act=session.password"), "Noor Haddad", "Sojourn")
		admin.Get(log+"?lng=nl&user="+id).Has("Wachtwoord en authenticator-app", "Geldig: 60 minuten", "Te gebruiken: één keer", "Met alleen het wachtwoord")
		sheet := admin.Get("/manage/" + contoso + "/audit.csv").HTML
		if !strings.Contains(sheet, "minutes: 60; once: true") || !strings.Contains(sheet, "method: password+phone; way: text") {
			t.Error("the file has not the codes")
		}
		for _, act := range []string{"session.password", "session.start"} { // half a proof is nobody's
			if n := count(t, p, `SELECT count(*) FROM audit WHERE act = $1 AND tenant_id = $2 AND actor = 'system' AND actor_id <> ''`, act, contoso); n != 0 {
				t.Errorf("%d rows of %s name an actor", n, act)
			}
		}
	})
}

var inCode = regexp.MustCompile(`<code>([^<]*)</code>`)

// No page of the log shows a code but the id of somebody who is gone for good.
func TestLog_noCodes(t *testing.T) {
	p := remembered(t, sojourntest.Start(t))
	admin := signedIn(p, sam, firefox)
	pages := 0
	for next := "/manage/contoso.example/audit?lng=nl"; next != ""; pages++ {
		page := admin.Get(next)
		for _, m := range inCode.FindAllStringSubmatch(lines(page), -1) {
			if n := count(t, p, `SELECT count(*) FROM tombstones WHERE user_id = $1`, m[1]); n == 0 {
				t.Errorf("%s shows %q", next, m[1])
			}
		}
		next = page.Link("Volgende")
	}
	if pages < 2 {
		t.Errorf("%d pages were read", pages)
	}
}
