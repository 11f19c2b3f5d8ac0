package organizations_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/guests"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/sojourntest"
)

const (
	noor   = "noor.haddad@contoso.example"
	mirjam = "mirjam@postbus.example"
	ann    = "ann.lee@fabrikam.example"
)

func TestList(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	page := b.Get("/").Follow("Manage organizations").Is(200).At("/organizations")
	page.Has("Home organization", "Contoso Ltd", "you can’t leave it yourself", "Other organizations you belong to", "Fabrikam, Inc.",
		"invited by Ann Lee", "Account disabled there", "Leaving not allowed", "Closed", "Never used", "Relecloud", "Invited by Chidi Okonkwo",
		"Lucerne Publishing", "Direct connect", "Request erasure", "I don’t recognise this organization")
	if page.Link("Leave organization Contoso Ltd") != "" {
		t.Error("the home organization has a leave control")
	}
	for _, name := range []string{"Fabrikam, Inc.", "Northwind Traders & Søn", "Woodgrove Bank", "Proseware", "Adatum Volunteers", "Litware Research Collective"} {
		if page.Link("Leave organization "+name) == "" {
			t.Errorf("%s has no leave control", name)
		}
	}
}

func TestList_noHome(t *testing.T) {
	p := sojourntest.Start(t)
	page := p.SignIn(mirjam).Get("/organizations?lng=en").Is(200)
	page.Has("Organizations", "no organization owns it", "Fabrikam, Inc.").HasNot("Home organization", "Other organizations you belong to")
}

// Leaving, the receipt, its mail, and the way back.
func TestLeaveAndBeRestored(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(noor)
		confirm := b.Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Is(200)
		confirm.Has("Leave Fabrikam, Inc.?", "3 groups", "Harbour project", "No roles", "Ann Lee", "privacy@fabrikam.example")
		receipt := confirm.Submit("Leave", nil).Is(200)
		receipt.Has("Receipt for leaving", "You left Fabrikam, Inc.", "14 days left", "Undo leaving", "Ask to be restored", "SJ-")
		if !strings.HasPrefix(receipt.Path, "/organizations/receipts/") {
			t.Errorf("the receipt is at %s", receipt.Path)
		}
		again := confirm.Submit("Leave", nil).Is(200)
		if again.Path != receipt.Path {
			t.Errorf("leaving again gave another receipt: %s", again.Path)
		}
		if b.Get("/organizations").Link("Leave organization Fabrikam, Inc.") != "" {
			t.Error("Fabrikam is still in the list")
		}
		mails := p.Mails(noor)
		if len(mails) != 1 || !strings.Contains(mails[0].Text, "SJ-") || !strings.Contains(mails[0].HTML, "SJ-") {
			t.Fatalf("%d mails to Noor", len(mails))
		}

		admin := p.SignIn(ann)
		deleted := admin.Get("/manage/fabrikam.example/deleted-users").Is(200).Has("Noor Haddad", "30 days")
		deleted.Submit("Restore Noor Haddad", nil).Is(200).Has("Noor Haddad", "Harbour project", "All guests", "Design review")
		if b.Get("/organizations").Link("Leave organization Fabrikam, Inc.") == "" {
			t.Error("Fabrikam has not come back")
		}
		b.Get(receipt.Path).Is(200).Has("Restored")
		if len(p.Mails(noor)) != 2 {
			t.Error("Noor was not told")
		}
	})
}

func TestRefusals(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	for domain, want := range map[string][]string{
		"contoso.example":   {"home_organization", "privacy@contoso.example"},
		"northwind.example": {"leave_not_allowed", "External user leave settings", "privacy@northwind.example", "Northwind Traders & Søn,"},
		"woodgrove.example": {"account_disabled", "helpdesk@woodgrove.example"},
		"adatum.example":    {"last_administrator", "Global Administrator", "Name a successor"},
		"lucerne.example":   {"direct_connect", "privacy@lucerne.example", "Make a data subject request"},
	} {
		path := "/organizations/" + p.Tenant(domain).ID + "/leave"
		b.Get(path).Is(http.StatusForbidden).Has(want...).Has("Nothing was changed.")
		b.Post(path, b.Token()).Is(http.StatusForbidden).Has(want...)
		if domain != "lucerne.example" && !p.User(noor, domain).Live() {
			t.Errorf("%s was left", domain)
		}
	}
	// Who has no user there is known by no name that may stand in its log.
	n, err := db.Count(context.Background(), p.App.DB, `SELECT count(*) FROM audit WHERE act = 'organization.leave' AND reason = 'direct_connect' AND tenant_id IS NULL AND actor_id = $1 AND other = $2`,
		p.Self(noor).AccountID, p.Tenant("lucerne.example").ID)
	if err != nil || n != 1 {
		t.Errorf("%d refusals of leaving what is only shared, want 1 (%v)", n, err)
	}
}

// Nobody can be asked: a closed organization, and one without administrator and
// contact, can always be left.
func TestLeave_nobodyToAsk(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	litware := p.Tenant("litware.example")
	ctx, op := context.Background(), actor.OperatorActor()
	if err := p.App.Guests.SetLeave(ctx, op, litware.ID, false); err != nil {
		t.Fatal(err)
	}
	if err := p.App.Directory.Disable(ctx, op, litware.ID, p.User(noor, "litware.example").ID); err != nil {
		t.Fatal(err)
	}
	for _, domain := range []string{"litware.example", "proseware.example"} {
		b.Get("/organizations/"+p.Tenant(domain).ID+"/leave").Is(200).Submit("Leave", nil).Has("Receipt for leaving")
	}
}

func TestLeave_withARole(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	p.App.DB.SetShift(10 * time.Minute)
	path := "/organizations/" + p.Tenant("tailspin-toys-international-holding.example").ID + "/leave"
	prove := b.Get(path).At("/prove")
	prove.Submit("Continue", url.Values{"password": {"wrong"}}).Is(http.StatusUnprocessableEntity)
	confirm := b.Get(path).At("/prove").Submit("Continue", url.Values{"password": {sojourntest.Password}}).At(path)
	confirm.Has("1 role", "Guest Inviter").Submit("Leave", nil).Has("Receipt for leaving")
}

// Foreign and unknown organizations and receipts answer alike.
func TestForeign(t *testing.T) {
	p := sojourntest.Start(t)
	receipt := p.SignIn(noor).Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil).Path
	b := p.SignIn(ann)
	for _, path := range []string{receipt, "/organizations/receipts/00000000-0000-4000-8000-000000000000",
		"/organizations/" + p.Tenant("woodgrove.example").ID + "/leave", "/organizations/00000000-0000-4000-8000-000000000000/leave"} {
		b.Get(path).Is(http.StatusNotFound)
	}
	b.Post("/organizations/"+p.Tenant("woodgrove.example").ID+"/leave", b.Token()).Is(http.StatusNotFound)
}

func TestSelectedOrganization(t *testing.T) {
	p := sojourntest.Start(t)
	fabrikam := p.Tenant("fabrikam.example")
	b := p.Browser()
	page := b.Get("/organizations?tenantId=fabrikam.example").At("/sign-in")
	page = page.Submit("Next", url.Values{"name": {noor}}).Submit("Sign in", url.Values{"password": {sojourntest.Password}})
	page.Is(200).At("/organizations").Has("Selected now")
	for _, link := range []string{"Overview", "Password", "Leave organization Woodgrove Bank"} {
		if to := page.Link(link); !strings.Contains(to, "tenantId=fabrikam.example") {
			t.Errorf("%s goes to %s, without the selected organization", link, to)
		}
	}
	b.Get("/organizations?tenantId=fabrikam.example").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil).Is(200).Has("Receipt for leaving")
	if _, err := p.App.Directory.Restore(context.Background(), actor.OperatorActor(), fabrikam.ID, p.Left(noor, "fabrikam.example").ID, directory.Ask); err != nil {
		t.Fatal(err)
	}
	b.Get("/?tenantId=" + fabrikam.ID).Is(200).Has("You are looking at Fabrikam, Inc.")
	one := b.Get("/?tenantId=sainte-genevieve.example").Is(http.StatusNotFound)
	other := b.Get("/?tenantId=nowhere.example").Is(http.StatusNotFound)
	if one.Text() != other.Text() {
		t.Error("an organization one is not in and one that does not exist read differently")
	}
}

func TestSearchAndPaging(t *testing.T) {
	p := sojourntest.Start(t)
	ctx, op := context.Background(), actor.OperatorActor()
	for i := range 120 {
		tenant, err := p.App.Directory.CreateTenant(ctx, op, directory.NewTenant{Name: fmt.Sprintf("Club %03d", i), Domain: fmt.Sprintf("club%03d.example", i), Language: "en"})
		if err != nil {
			t.Fatal(err)
		}
		u, err := p.App.Guests.Add(ctx, op, tenant.ID, guests.NewGuest{Address: noor, Language: "en"})
		if err == nil {
			_, err = p.App.Guests.Accept(ctx, p.Self(noor), u.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	b := p.SignIn(noor)
	seen := 0
	page := b.Get("/organizations").Has("129", "Home organization")
	for pages := 0; ; pages++ {
		seen += strings.Count(page.Text(), "Leave organization")
		if page.Link("Next") == "" {
			break
		}
		if pages > 5 {
			t.Fatal("the pages do not end")
		}
		page = page.Follow("Next").HasNot("you can’t leave it yourself")
	}
	if seen != 128 {
		t.Errorf("%d organizations on all pages, want 128", seen)
	}
	b.Get("/organizations?q=club+077").Has("Club 077").HasNot("Club 078")
	b.Get("/organizations?q=zebra").Has("Nothing found")
}

func TestDutch(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	page := b.Get("/organizations?lng=nl").Has("Organisaties", "Thuisorganisatie", "Andere organisaties waarvan u deel uitmaakt")
	page.Follow("Organisatie verlaten Fabrikam, Inc.").Has("Fabrikam, Inc. verlaten?").Submit("Verlaten", nil).Has("Bewijs van vertrek")
}
