package experience_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

const (
	lucie  = "lucie.blanc@lucerne.example" // Global Administrator; in the group selected
	emil   = "emil.graf@lucerne.example"   // not in it
	sam    = "sam.rivera@contoso.example"  // Global Administrator
	noor   = "noor.haddad@contoso.example"
	ann    = "ann.lee@fabrikam.example" // guest of Contoso
	page   = "/manage/lucerne.example/experience"
	notice = "Your administrator hasn’t turned on this experience yet"
)

// Before saving the page says whom it touches.
func TestExperience(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(lucie)
		form := b.Get(page).Has("My Account for your people", "Set by the operator of this portal")
		form.Submit("Continue", nil).Is(200).Has("Nothing was changed")
		form.Submit("Continue", url.Values{"experience": {"group"}, "group": {""}}).Is(http.StatusUnprocessableEntity).Has("Choose a group of this organization")
		form.Submit("Continue", url.Values{"experience": {""}}).Is(http.StatusUnprocessableEntity).Has("Choose None, Selected group or All")
		none := form.Submit("Continue", url.Values{"experience": {"none"}}).Is(200).Has("Turn My Account off for all members?", "Will have it from now on 0 members", "Will no longer have it 1 member")
		p.SignIn(lucie).Get("/").HasNot(notice) // asking changes nothing
		none.Submit("Save", nil).Is(200).At("/manage/"+p.Tenant("lucerne.example").ID+"/experience").Has("Saved.", "Set by Lucie Blanc")
		b.Get("/").Is(200).Has(notice)
		b.Get(page).Submit("Continue", url.Values{"experience": {"all"}}).Has("Turn My Account on for all members?", "Will have it from now on 2 members", "Will no longer have it 0 members").
			Submit("Save", nil).Has("Saved.")
		p.SignIn(emil).Get("/").HasNot(notice)
		if n, err := db.Count(context.Background(), p.App.DB, `SELECT count(*) FROM audit WHERE act = 'setting.experience' AND tenant_id = $1 AND actor = 'administrator' AND result = 'done'`, p.Tenant("lucerne.example").ID); err != nil || n != 2 {
			t.Errorf("%d audit rows, want 2 (%v)", n, err)
		}
		b.Get(page+"?lng=nl").Has("Mijn account voor uw mensen", "Geselecteerde groep", "Iedereen")
		b.Get("/manage/lucerne.example?lng=en").Has("Choose who has it")
	})
}

// Who is without it keeps what nobody is without, and nothing else.
func TestExperience_without(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(emil)
		b.Get("/").Is(200).Has(notice, "Lucerne Publishing", "Organizations", "Password", "Sign out").HasNot("Recent activity", "View account")
		for _, path := range []string{"/activity", "/activity/sign-ins/x/not-me"} {
			b.Get(path).Is(200).Has(notice)
		}
		b.Post("/activity/end-others", b.Token()).Is(http.StatusForbidden)
		for _, path := range []string{"/organizations", "/requests", "/password"} {
			b.Get(path).Is(200).HasNot(notice).At(path)
		}
		b.Get("/?lng=nl").Has("Uw beheerder heeft deze omgeving nog niet ingeschakeld")
		p.SignIn(lucie).Get("/").HasNot(notice)

		ctx, op := context.Background(), actor.OperatorActor()
		u := p.User(emil, "lucerne.example")
		g, found, err := directory.GroupNamed(ctx, p.App.DB, u.TenantID, "Authors")
		if err != nil || !found {
			t.Fatal(found, err)
		}
		if err := p.App.Directory.AddMember(ctx, op, u.TenantID, g.ID, u.ID); err != nil {
			t.Fatal(err)
		}
		b.Get("/activity?lng=en").HasNot(notice).Has("Recent activity") // at the next request
		if err := p.App.Directory.DeleteGroup(ctx, op, u.TenantID, g.ID); !fault.Is(err, "group_used") {
			t.Fatal(err)
		}
		for _, text := range []string{`DELETE FROM members WHERE group_id = $1`, `DELETE FROM groups WHERE id = $1`} { // as could be done once
			if _, err := p.App.DB.Exec(ctx, text, g.ID); err != nil {
				t.Fatal(err)
			}
		}
		b.Get("/activity").Has(notice)
		admin := p.SignIn(lucie)
		admin.Get("/").Has(notice)
		admin.Get(page).Is(200).Has("The selected group has been deleted", "turned off for all members")
	})
}

// It is the home organization's word alone.
func TestExperience_guests(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		ctx := context.Background()
		if err := p.App.Directory.SetExperience(ctx, p.Administrator(sam, "contoso.example"), p.Tenant("contoso.example").ID, directory.ExperienceNone); err != nil {
			t.Fatal(err)
		}
		p.SignIn(noor).Get("/").Has(notice)
		p.SignIn(ann).Get("/?tenantId=contoso.example").Is(200).HasNot(notice)
		p.SignIn("mirjam@postbus.example").Get("/?lng=en").HasNot(notice) // no home
		// Leaving is never switched off.
		p.SignIn(noor).Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil).Is(200)
	})
}

func TestExperience_rights(t *testing.T) {
	p := sojourntest.Start(t)
	ctx, contoso := context.Background(), p.Tenant("contoso.example").ID
	ursula := p.Administrator("ursula@contoso.example", "contoso.example")
	if err := p.App.Directory.SetExperience(ctx, ursula, contoso, directory.ExperienceNone); !fault.Is(err, "role_missing") {
		t.Errorf("by a User Administrator: %v", err)
	}
	lucerne := p.Tenant("lucerne.example").ID
	if err := p.App.Directory.SetExperience(ctx, p.Administrator(sam, "contoso.example"), lucerne, directory.ExperienceNone); !fault.Is(err, "not_found") {
		t.Errorf("of another organization: %v", err)
	}
	foreign, _, err := directory.GroupNamed(ctx, p.App.DB, lucerne, "Authors")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.App.Directory.SetExperience(ctx, p.Administrator(sam, "contoso.example"), contoso, directory.Experience(foreign.ID)); !fault.Is(err, "group_missing") {
		t.Errorf("another organization's group: %v", err)
	}
	p.SignIn("ursula@contoso.example").Get("/manage/contoso.example/experience").Is(http.StatusForbidden)
}
