package app_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

// An organization that closes tells everybody, stands still, and is empty after
// thirty days; its name and its domain are nobody's again.
func TestClosing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := sojourntest.StartOn(t, d)
		ctx, op := context.Background(), actor.OperatorActor()
		const ann, noor = "ann.lee@fabrikam.example", "noor.haddad@contoso.example"
		fabrikam, admin := p.Tenant("fabrikam.example"), p.Administrator(ann, "fabrikam.example")
		held := p.User("sam.rivera@contoso.example", "fabrikam.example")
		if err := p.App.Directory.Hold(ctx, op, fabrikam.ID, held.ID, "Case 1"); err != nil {
			t.Fatal(err)
		}
		unproved := admin
		unproved.ProvedAt = time.Time{}
		if _, err := p.App.Directory.AnnounceClosing(ctx, unproved, fabrikam.ID, fabrikam.Name); !fault.Is(err, "proof_needed") {
			t.Errorf("without a proof: %v", err)
		}
		if _, err := p.App.Directory.AnnounceClosing(ctx, admin, fabrikam.ID, fabrikam.Name); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time everybody knows
			if err := p.App.Directory.TellClosing(ctx); err != nil {
				t.Fatal(err)
			}
		}
		for _, to := range []string{ann, noor} {
			if mails := p.Mails(to); len(mails) != 1 || !strings.Contains(mails[0].Text, "is closing") {
				t.Errorf("%d mails to %s", len(mails), to)
			}
		}
		if err := p.App.Directory.Disable(ctx, admin, fabrikam.ID, held.ID); !fault.Is(err, "tenant_frozen") {
			t.Errorf("something was changed in it: %v", err)
		}
		if _, err := p.App.Organizations.Leave(ctx, p.Self("mirjam@postbus.example"), fabrikam.ID); err != nil {
			t.Errorf("nobody can leave it: %v", err)
		}

		empty := func(after time.Duration) {
			t.Helper()
			d.SetShift(after)
			if err := p.App.Directory.TrustClock(ctx, op); err != nil {
				t.Fatal(err)
			}
			if err := p.App.Directory.PurgeClosed(ctx); err != nil {
				t.Fatal(err)
			}
		}
		users := func() int {
			n, err := db.Count(ctx, d, `SELECT count(*) FROM users WHERE tenant_id = $1`, fabrikam.ID)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		before := users()
		empty(29 * 24 * time.Hour)
		if users() != before {
			t.Error("purged before its time")
		}
		empty(31 * 24 * time.Hour)
		if users() != 1 {
			t.Errorf("%d users are left, want the one on legal hold", users())
		}
		if err := p.App.Directory.Release(ctx, op, fabrikam.ID, held.ID); err != nil {
			t.Fatal(err)
		}
		empty(31 * 24 * time.Hour)
		if users() != 0 || p.Tenant("fabrikam.example").State != directory.TenantClosed {
			t.Errorf("%d users are left", users())
		}
		n, err := db.Count(ctx, d, `SELECT count(*) FROM tombstones WHERE tenant_id = $1 AND reason = 'closed'`, fabrikam.ID)
		if err != nil || n < before-1 { // Mirjam left and was deleted with the rest
			t.Errorf("%d tombstones of %d users, %v", n, before, err)
		}
		for _, again := range []directory.NewTenant{{Name: fabrikam.Name, Domain: "new.example", Language: "en"}, {Name: "New", Domain: "fabrikam.example", Language: "en"}} {
			if _, err := p.App.Directory.CreateTenant(ctx, op, again); err == nil {
				t.Errorf("%+v inherits what was closed", again)
			}
		}
		if p.User(noor, "contoso.example").Live() != true {
			t.Error("a guest's home is gone too")
		}
		checkInvariants(t, d)
	})
}

// What was announced can be stopped, by page and by the operator.
func TestClosing_pages(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn("ann.lee@fabrikam.example")
	page := b.Get("/manage/fabrikam.example/properties").Follow("Close organization…").Is(200)
	page.Submit("Close organization", map[string][]string{"name": {"Fabrikam"}}).Is(http.StatusUnprocessableEntity)
	page.Submit("Close organization", map[string][]string{"name": {"Fabrikam, Inc."}}).Is(200).Has("is closing", "Stop closing")
	b.Get("/manage/fabrikam.example/users").Is(200).HasNot("Create user")
	if err := p.App.Directory.ReopenTenant(context.Background(), actor.OperatorActor(), "fabrikam.example"); err != nil {
		t.Fatal(err)
	}
	b.Get("/manage/fabrikam.example/properties").HasNot("Stop closing").Has("Close organization…")
	ursula := p.SignIn("ursula@contoso.example")
	ursula.Get("/manage/contoso.example/close").Is(http.StatusForbidden)
	ursula.Post("/manage/contoso.example/close", ursula.Token()).Is(http.StatusForbidden)
}

// Direct connect is shown to both sides, and to nobody else.
func TestConnections(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		ctx, op := context.Background(), actor.OperatorActor()
		const noor = "noor.haddad@contoso.example"
		p.SignIn("lucie.blanc@lucerne.example").Get("/manage/lucerne.example/connections").Is(200).Has("Noor Haddad", "Contoso Ltd", "Ann Lee")
		sam := p.SignIn("sam.rivera@contoso.example")
		sam.Get("/manage/contoso.example/connections").Is(200).Has("Lucie Blanc").HasNot("Noor Haddad", "Ann Lee")
		sam.Get("/manage/contoso.example/connections?side=out").Is(200).Has("Noor Haddad", "Lucerne Publishing").HasNot("Ann Lee")
		account := p.Self(noor).AccountID
		for tenant, code := range map[string]string{"fabrikam.example": "already_here"} {
			if err := p.App.Directory.Connect(ctx, op, tenant, account); !fault.Is(err, code) {
				t.Errorf("connected to %s: %v", tenant, err)
			}
		}
		if err := p.App.Directory.Connect(ctx, op, "lucerne.example", p.Self("mirjam@postbus.example").AccountID); !fault.Is(err, "no_home") {
			t.Errorf("somebody without a home is connected: %v", err)
		}
		if err := p.App.Directory.Disconnect(ctx, op, "lucerne.example", account); err != nil {
			t.Fatal(err)
		}
		if err := p.App.Directory.Disconnect(ctx, op, "lucerne.example", account); !fault.Is(err, "not_found") {
			t.Errorf("ended twice: %v", err)
		}
		p.SignIn(noor).Get("/organizations").HasNot("Lucerne Publishing")
	})
}

// A hold set by an administrator keeps the purge away, and its reason is theirs.
func TestHold_pages(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		const noor = "noor.haddad@contoso.example"
		b := p.SignIn("ann.lee@fabrikam.example")
		user := "/manage/fabrikam.example/users/" + p.User(noor, "fabrikam.example").ID
		page := b.Get(user).Follow("Put on legal hold").Is(200)
		page.Submit("Put on legal hold", map[string][]string{"reason": {" "}}).Is(http.StatusUnprocessableEntity)
		page.Submit("Put on legal hold", map[string][]string{"reason": {"Case 77"}}).Is(200).Has("The user is on legal hold.", "Case 77", "Release the hold")
		person := p.SignIn(noor)
		receipt := person.Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil).Is(200)
		receipt.Has("a legal obligation").HasNot("Case 77")
		b.Get(user).Submit("Release the hold", nil).Is(200).Has("The legal hold is released.")
		person.Get(receipt.Path).HasNot("a legal obligation")
		ursula := p.SignIn("ursula@contoso.example")
		ursula.Get("/manage/contoso.example/users/" + p.User(noor, "contoso.example").ID + "/hold").Is(http.StatusForbidden)
	})
}

// A jump of the clock ends no organization before its time.
func TestClosing_clock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := sojourntest.StartOn(t, d)
		ctx, fabrikam := context.Background(), p.Tenant("fabrikam.example")
		ok := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		ok(p.App.Directory.Beat(ctx))
		_, err := p.App.Directory.AnnounceClosing(ctx, p.Administrator("ann.lee@fabrikam.example", "fabrikam.example"), fabrikam.ID, fabrikam.Name)
		ok(err)
		day := 24 * time.Hour
		for _, at := range []time.Duration{40 * day, 40*day + 12*time.Hour, 41*day + time.Hour} { // it jumps, then runs
			d.SetShift(at)
			ok(p.App.Directory.Beat(ctx))
			ok(p.App.Directory.PurgeClosed(ctx))
		}
		if left := p.Tenant("fabrikam.example"); left.State != directory.TenantFrozen || left.PurgeAt.Before(d.Now().Add(28*day)) {
			t.Errorf("%s, to be purged %v at %v", left.State, left.PurgeAt, d.Now())
		}
		ok(p.App.Directory.CloseTenant(ctx, actor.OperatorActor(), fabrikam.ID))
		if left := p.Tenant("fabrikam.example"); left.State != directory.TenantClosed || left.PurgeAt.IsZero() {
			t.Error("closing at once took back what was announced")
		}
	})
}
