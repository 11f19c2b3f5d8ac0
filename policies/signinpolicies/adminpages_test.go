package signinpolicies_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/policies"
	"sojourn/sojourntest"
)

const (
	sam   = "sam.rivera@contoso.example" // Global Administrator
	noor  = "noor.haddad@contoso.example"
	ann   = "ann.lee@fabrikam.example" // Global Administrator
	pages = "/manage/contoso.example/policies"
)

func group(t *testing.T, p *sojourntest.Portal, name string) string {
	t.Helper()
	g, found, err := directory.GroupNamed(context.Background(), p.App.DB, p.Tenant("contoso.example").ID, name)
	if err != nil || !found {
		t.Fatal(name, found, err)
	}
	return g.ID
}

func policy(t *testing.T, p *sojourntest.Portal) policies.Policy {
	t.Helper()
	now, err := policies.In(context.Background(), p.App.DB, p.Tenant("contoso.example").ID)
	if err != nil {
		t.Fatal(err)
	}
	return now
}

// What is asked is shown before it is saved, with whom it touches.
func TestPolicies_second(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b, review := p.SignIn(sam), group(t, p, "Design review")
		b.Get(pages).Is(200).Has("Sign-in policies", "Not required of members", "Every method is allowed for everyone", "Nobody has changed this yet", "All members can get back in by themselves")
		form := b.Get(pages+"/second").Has("Require it of administrators", "Design review")
		form.Submit("Continue", nil).Is(200).Has("Nothing was changed")
		form.Submit("Continue", url.Values{"who": {""}}).Is(http.StatusUnprocessableEntity).Has("Choose for whom it is")
		form.Submit("Continue", url.Values{"who": {"group"}}).Is(http.StatusUnprocessableEntity).Has("Choose a group of this organization")
		form.Submit("Continue", url.Values{"who": {"group"}, "group": {"unknown"}}).Is(http.StatusUnprocessableEntity).Has("Choose a group of this organization")
		form.Submit("Continue", url.Values{"who": {"all"}, "group": {review}, "except": {review}}).Is(200)
		asks := form.Submit("Continue", url.Values{"who": {"group"}, "group": {review}}).Is(200).
			Has("Save this policy?", "Required of members in Design review", "Required from now on of", "Of these, have no method yet")
		if !strings.HasSuffix(strings.Split(asks.Path, "?")[0], "/second/check") {
			t.Errorf("at %s", asks.Path)
		}
		if policy(t, p).SecondStep.Members.Who != policies.Nobody {
			t.Error("asking has changed it")
		}
		asks.Submit("Save", nil).Is(200).Has("The policy was saved.", "Required of members in Design review", "Set by Sam Rivera")
		if got := policy(t, p).SecondStep; got != (policies.SecondStep{Members: policies.Scope{Who: policies.OneGroup, Group: review}, TrustHome: true}) {
			t.Errorf("%+v", got)
		}
		b.Get("/manage/contoso.example/audit").Has("Two-step verification policy changed", "Required of: from nobody to members of Design review", "Design review")
		b.Get(pages+"?lng=nl").Has("Aanmeldbeleid", "Verplicht voor leden in Design review", "Ingesteld door Sam Rivera")
		b.Get("/manage/contoso.example?lng=en").Has("See sign-in policies")
	})
}

// Who would lock themselves out of the administration reads so before they save.
func TestPolicies_stopsWhoSaves(t *testing.T) {
	p := sojourntest.Start(t)
	b, form := p.SignIn(sam), pages+"/second"
	const stopped = "You have no method for this second step yourself."
	b.Get(form).Submit("Continue", url.Values{"who": {"all"}}).Is(200).Has("Save this policy?").HasNot(stopped) // at the next sign-in
	asks := b.Get(form).Submit("Continue", url.Values{"administrators": {"yes"}}).Is(200).Has("Save this policy?", stopped)
	asks.Submit("Save", nil)
	b.Get("/manage/contoso.example/users").Is(http.StatusForbidden).Has("Contoso Ltd requires two-step verification")
	a := p.SignIn(ann)
	if err := p.App.SecurityInfo.Issue(context.Background(), actor.OperatorActor(), p.User(ann, "fabrikam.example").AccountID, "App", []byte("twenty octets of seed")[:20]); err != nil {
		t.Fatal(err)
	}
	a.Get("/manage/fabrikam.example/policies/second").Submit("Continue", url.Values{"administrators": {"yes"}}).Is(200).Has("Save this policy?").HasNot(stopped)
}

// A policy is for members: one for a group of guests would be for nobody, and says so.
func TestPolicies_guestsOnly(t *testing.T) {
	p := sojourntest.Start(t)
	b, form := p.SignIn(ann), "/manage/fabrikam.example/policies/second"
	const nobody = "Nobody in All guests is at home in Fabrikam, Inc."
	b.Get(form).Submit("Continue", url.Values{"who": {"group"}, "named": {"All guests"}}).Is(200).Has("Save this policy?", nobody)
	b.Get(form).Submit("Continue", url.Values{"who": {"all"}, "excepted": {"All guests"}}).Is(200).Has("Save this policy?").HasNot(nobody)
}

// Another administrator was quicker: what stands now is shown, nothing is written over.
func TestPolicies_newer(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(sam)
	form := b.Get(pages + "/lockout")
	asks := form.Submit("Continue", url.Values{"free": {"3"}}).Has("A wait from 3 wrong passwords on")
	other := p.SignIn(sam)
	other.Get(pages+"/lockout").Submit("Continue", url.Values{"free": {"4"}, "most": {"20"}}).Has("Members it applies to").Submit("Save", nil).Has("The policy was saved.")
	asks.Submit("Save", nil).Is(http.StatusConflict).Has("Somebody else has changed this meanwhile", "Set by Sam Rivera")
	form.Submit("Continue", url.Values{"free": {"3"}}).Is(http.StatusConflict).Has("Somebody else has changed this meanwhile")
	if got := policy(t, p).LockOut; got != (policies.LockOut{Free: 4, Most: 20}) {
		t.Errorf("%+v", got)
	}
}

// Who has not proved themselves lately types the password, and comes back to the
// question with all that was filled in.
func TestPolicies_proof(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(sam)
	form := b.Get(pages + "/sessions")
	p.App.DB.SetShift(6 * time.Minute)
	asks := form.Submit("Continue", url.Values{"idle": {"30"}, "lasts": {"8"}, "stay": {"0"}}).At("/prove")
	back := asks.Submit("Continue", url.Values{"password": {sojourntest.Password}}).Is(200).Has("Save this policy?", "Ends after 30 minutes without use", "is not offered")
	back.Submit("Save", nil).Has("The policy was saved.")
	if got := policy(t, p).Sessions; got != (policies.Sessions{Idle: 30 * time.Minute, Lasts: 8 * time.Hour}) {
		t.Errorf("%+v", got)
	}
}

func TestPolicies_each(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(sam)
	for _, c := range []struct {
		path   string
		fill   url.Values
		status int
		says   string
	}{
		{"/second", url.Values{"who": {"group"}, "named": {"No such group"}}, 422, "No group of this organization has this name"},
		{"/second", url.Values{"who": {"group"}, "named": {"all STAFF"}, "excepted": {"Design review"}}, 200, "Required of members in All staff, except those in Design review"},
		{"/methods/phone", url.Values{"who": {"none"}}, 200, "Have the method and can no longer use it"},
		{"/methods/email", url.Values{"who": {"group"}, "group": {group(t, p, "All staff")}, "except": {group(t, p, "Design review")}}, 200, "Members in All staff, except those in Design review"},
		{"/campaign", url.Values{"who": {"all"}, "snooze": {"15"}, "times": {"x"}}, 422, "Enter a whole number from 0 to 14"},
		{"/campaign", url.Values{"who": {"all"}, "snooze": {"0"}, "times": {"0"}}, 200, "May always be skipped"},
		{"/reset", url.Values{"methods": {"authenticator"}}, 422, "without counting the authenticator app, choose at least 1"},
		{"/reset", url.Values{"number": {"2"}, "methods": {"email"}}, 422, "Choose at least 2 methods"},
		{"/reset", url.Values{"register": {"3"}, "answer": {"4"}, "helpdesk": {"javascript:alert(1)"}}, 422, "No more questions can be asked than are registered"},
		{"/reset", url.Values{"who": {"none"}, "helpdesk": {"help@contoso.example"}}, 200, "Can no longer get back in by themselves"},
		{"/passwords", url.Values{"words": {"abc"}}, 422, "must have 4 to 16 characters"},
		{"/passwords", url.Values{"words": {"Contoso\r\nblank, Harbour"}}, 200, "3 words of your own"},
		{"/lockout", url.Values{"free": {"6"}}, 422, "Enter a whole number from 3 to 5"},
		{"/sessions", url.Values{"idle": {"120"}, "lasts": {"1"}}, 422, "longer than a session can last"},
	} {
		page := b.Get(pages + c.path).Is(200)
		asks := page.Submit("Continue", c.fill).Is(c.status).Has(c.says)
		if c.status != 200 {
			for name, values := range c.fill { // what was typed is kept
				if !strings.Contains(asks.HTML, values[0]) {
					t.Errorf("%s: %s is not kept", c.path, name)
				}
			}
			continue
		}
		asks.Submit("Save", nil).Is(200).Has("The policy was saved.")
	}
	now := policy(t, p)
	if len(now.Passwords.Banned) != 3 || now.Passwords.Banned[1] != "contoso" || now.Campaign.For.Who != policies.Everybody || now.Reset.Helpdesk != "help@contoso.example" || len(now.Methods) != 2 {
		t.Errorf("%+v", now)
	}
}

// What is tried out is shown to nobody again.
func TestPolicies_try(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(sam)
	b.Get(pages+"/passwords").Submit("Continue", url.Values{"words": {"rotterdam\nblank"}}).Submit("Save", nil)
	page := b.Get(pages + "/passwords")
	tried := page.Submit("Try", url.Values{"tried": {"R0tterdamBlank12"}}).Is(200).Has("This password would be refused", "It scores 4 points", "rotterdam, blank")
	if strings.Contains(tried.HTML, "R0tterdam") {
		t.Error("the page shows what was typed")
	}
	page.Submit("Try", url.Values{"tried": {"a harbour full of quiet rain"}}).Has("do not refuse this password")
	page.Submit("Try", url.Values{"tried": {"contoso in the rain"}}).Has("do not refuse this password").HasNot("Found in it") // a name is no banned word
	page.Submit("Try", url.Values{"tried": {""}}).Is(http.StatusUnprocessableEntity).Has("Enter a password of at most")
	page.Submit("Try", url.Values{"tried": {strings.Repeat("x", 1025)}}).Is(http.StatusUnprocessableEntity)
	if b.Get(pages+"/passwords/try?tried=secret").Status == 200 {
		t.Error("it can be asked for by an address")
	}
	n, err := db.Count(context.Background(), p.App.DB, `SELECT count(*) FROM audit_details WHERE data LIKE '%R0tterdam%'`)
	if err != nil || n != 0 {
		t.Errorf("%d rows hold it (%v)", n, err)
	}
}

// Who may only read sees the words and no form; others see nothing at all.
func TestPolicies_reader(t *testing.T) {
	p := sojourntest.Start(t)
	ctx, u := context.Background(), p.User(noor, "contoso.example")
	p.SignIn("ursula@contoso.example").Get(pages).Is(http.StatusForbidden)
	for _, role := range []directory.Role{directory.AuthenticationAdministrator, directory.ReportsReader} {
		if err := p.App.Directory.Grant(ctx, actor.OperatorActor(), u.TenantID, u.ID, role); err != nil {
			t.Fatal(err)
		}
		b := p.SignIn(noor)
		b.Get(pages).Is(200).Has("Two-step verification", "View").HasNot("Change")
		b.Get(pages + "/reset").Is(200).Has("All members can get back in by themselves").HasNot("Continue")
		b.Get(pages + "/reset/check?who=none").Is(http.StatusForbidden)
		b.Get(pages + "/passwords").Is(200).Has("Try a password")
		if err := p.App.Directory.Revoke(ctx, actor.OperatorActor(), u.TenantID, u.ID, role); err != nil {
			t.Fatal(err)
		}
	}
}

// A group that was deleted is said to be.
func TestPolicies_groupGone(t *testing.T) {
	p := sojourntest.Start(t)
	ctx, review := context.Background(), group(t, p, "Design review")
	b := p.SignIn(sam)
	b.Get(pages+"/second").Submit("Continue", url.Values{"who": {"group"}, "group": {review}}).Submit("Save", nil).Has("The policy was saved.")
	b.Get(pages+"/methods/questions").Submit("Continue", url.Values{"who": {"all"}, "except": {review}}).Submit("Save", nil).Has("The policy was saved.")
	for _, text := range []string{`DELETE FROM members WHERE group_id = $1`, `DELETE FROM groups WHERE id = $1`} { // as could be done once
		if _, err := p.App.DB.Exec(ctx, text, review); err != nil {
			t.Fatal(err)
		}
	}
	b.Get(pages).Has("Group deleted", "Required of members in a group that was deleted")
	b.Get(pages + "/second").Has("A group that this policy speaks of was deleted")
	b.Get(pages + "/methods/phone").HasNot("was deleted")
	b.Get(pages+"/methods/questions").Has("was deleted").Submit("Continue", url.Values{"who": {"none"}}).Submit("Save", nil).Has("The policy was saved.")
}

// A closing organization's policies can be looked at.
func TestPolicies_closing(t *testing.T) {
	p := sojourntest.Start(t)
	ctx, tenant := context.Background(), p.Tenant("contoso.example")
	who := p.Administrator(sam, "contoso.example")
	who.ProvedAt = p.App.DB.Now()
	if _, err := p.App.Directory.AnnounceClosing(ctx, who, tenant.ID, tenant.Name); err != nil {
		t.Fatal(err)
	}
	b := p.SignIn(sam)
	b.Get(pages).Is(200).Has("View").HasNot("Change")
	b.Get(pages + "/lockout").Is(200).HasNot("Continue")
	values := b.Token()
	values.Set("free", "3")
	values.Set("most", "10")
	values.Set("confirmed", "yes")
	values.Set("seen", policy(t, p).Mark(policies.LockOutPart))
	b.Post(pages+"/lockout", values).Is(http.StatusConflict)
}
