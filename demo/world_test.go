package demo_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"sojourn/demo"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

// The world shows every state a person can be in.
func TestWorld_showsEveryState(t *testing.T) {
	p := sojourntest.Start(t)
	cast, err := demo.Cast(context.Background(), p.App)
	if err != nil {
		t.Fatal(err)
	}
	shows := func(who, domain string) string {
		for _, person := range cast {
			for _, o := range person.Organizations {
				if person.UserPrincipalName == who && o.Domain == domain {
					return o.Shows
				}
			}
		}
		return "nothing"
	}
	const noor, mirjam, ed = "noor.haddad@contoso.example", "mirjam@postbus.example", "ed.byrne@post.example"
	for _, c := range [][3]string{
		{noor, "contoso.example", "home"}, {noor, "fabrikam.example", "active"}, {noor, "northwind.example", "leave_not_allowed"},
		{noor, "woodgrove.example", "account_disabled"}, {noor, "proseware.example", "closed"}, {noor, "adatum.example", "last_administrator"},
		{noor, "lucerne.example", "direct_connect"}, {ed, "byrne-rowing.example", "last_administrator"},
		{noor, "litware.example", "active"}, {noor, "relecloud.example", "invitation"},
		{mirjam, "fabrikam.example", "active"}, {mirjam, "contoso.example", "invitation"}, {ed, "northwind.example", "leave_not_allowed"},
		{"juergen.weiss@northwind.example", "contoso.example", "account_disabled"},
	} {
		if got := shows(c[0], c[1]); got != c[2] {
			t.Errorf("%s in %s shows %s, want %s", c[0], c[1], got, c[2])
		}
	}
	for _, person := range cast {
		home := slices.ContainsFunc(person.Organizations, func(o demo.Shown) bool { return o.Shows == "home" })
		if outside := person.UserPrincipalName == mirjam || person.UserPrincipalName == ed; home == outside {
			t.Errorf("%s: has a home %t", person.Name, home)
		}
		if slices.Contains([]string{"pia@proseware.example", "aiko@proseware.example", "olu.adeyemi@contoso.example"}, person.UserPrincipalName) {
			t.Errorf("%s is named and cannot sign in", person.Name)
		}
	}
}

// Deleted users have the days left that the world promises, and some hours more
// to go, so that a demo shown for an afternoon stays as it was printed.
func TestWorld_daysLeft(t *testing.T) {
	p := sojourntest.Start(t)
	ctx, now := context.Background(), p.App.DB.Now()
	for domain, want := range map[string][]int{"contoso.example": {1, 3, 9, 20, 24, 29}, "fabrikam.example": {12}, "woodgrove.example": {7}} {
		gone, err := directory.Deleted(ctx, p.App.DB, p.Tenant(domain).ID, directory.DeletedFilter{}, directory.Cursor{}, 50)
		if err != nil {
			t.Fatal(err)
		}
		var left []int
		for _, u := range gone {
			left = append(left, u.DaysLeft(now))
			if later := u.DaysLeft(now.Add(5 * time.Hour)); later != u.DaysLeft(now) {
				t.Errorf("%s has %d days left, in five hours %d", u.DisplayName, u.DaysLeft(now), later)
			}
		}
		if !slices.Equal(left, want) {
			t.Errorf("%s: %v days left, want %v", domain, left, want)
		}
	}
}

// One deleted user comes back only in part, another one is in the way of itself,
// a third is on legal hold.
func TestWorld_restoring(t *testing.T) {
	p := sojourntest.Start(t)
	ctx := context.Background()
	gone := func(domain, name string) directory.DeletedUser {
		t.Helper()
		list, err := directory.Deleted(ctx, p.App.DB, p.Tenant(domain).ID, directory.DeletedFilter{Query: name}, directory.Cursor{}, 2)
		if err != nil || len(list) != 1 {
			t.Fatalf("%s in %s: %d found, %v", name, domain, len(list), err)
		}
		return list[0]
	}
	lena := gone("contoso.example", "Lena")
	r, err := p.App.Directory.Restore(ctx, actor.OperatorActor(), lena.TenantID, lena.ID, directory.Ask)
	if err != nil || len(r.Groups) != 2 || len(r.GoneGroups) != 1 || len(r.Roles) != 1 {
		t.Errorf("Lena comes back as %+v, %v", r, err)
	}
	tomas := gone("woodgrove.example", "Tomas")
	if _, err := p.App.Directory.Restore(ctx, actor.OperatorActor(), tomas.TenantID, tomas.ID, directory.Ask); !fault.Is(err, "restore_conflict") {
		t.Errorf("Tomas comes back: %v", err)
	}
	if aiko := gone("contoso.example", "Aiko"); aiko.HoldAt.IsZero() {
		t.Error("Aiko is on no legal hold")
	}
}
