package securityinfo

import (
	"slices"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/policies"
)

func TestMissing(t *testing.T) {
	now := time.Date(2026, 5, 21, 9, 30, 0, 0, time.UTC)
	all, none := policies.Scope{Who: policies.Everybody}, policies.Scope{Who: policies.Nobody}
	asked := func(change func(*policies.Policy)) policies.Asked {
		a := policies.Asked{Tenant: "t", Organization: "Relecloud", Policy: policies.Default()}
		change(&a.Policy)
		return a
	}
	required := asked(func(p *policies.Policy) { p.SecondStep.Members = all })
	noPhones := asked(func(p *policies.Policy) {
		p.SecondStep.Members = all
		p.Methods = policies.Methods{accounts.MobilePhone: none}
	})
	campaign := asked(func(p *policies.Policy) { p.Campaign = policies.Campaign{For: all, Snooze: 1, Times: 3} })
	registers := asked(func(p *policies.Policy) { p.Reset.Register, p.Reset.Number = true, 2 })
	one := asked(func(p *policies.Policy) { p.Reset.Register, p.Reset.Number = true, 1 })
	can := []accounts.MethodType{accounts.Authenticator, accounts.MobilePhone, accounts.Email, accounts.Questions}
	old := now.AddDate(-1, 0, 0)
	app := accounts.Method{ID: "a", Type: accounts.Authenticator, CreatedAt: old}
	mobile := accounts.Method{ID: "m", Type: accounts.MobilePhone, CreatedAt: old}
	mail := accounts.Method{ID: "e", Type: accounts.Email, CreatedAt: old}
	codes := accounts.Method{ID: "c", Type: accounts.RecoveryCodes, Left: 10, CreatedAt: old}

	for _, c := range []struct {
		name  string
		asked policies.Asked
		list  []accounts.Method
		said  answered
		want  Missing
	}{
		{"no home", policies.Asked{Policy: required.Policy}, nil, answered{}, Missing{Left: -1}},
		{"nothing asked", asked(func(*policies.Policy) {}), nil, answered{}, Missing{Left: -1}},
		{"required, none", required, nil, answered{}, Missing{Second: true, Left: -1, Offers: []accounts.MethodType{accounts.Authenticator, accounts.MobilePhone}}},
		{"required, skipped before all the same", required, nil, answered{QuietUntil: now.Add(time.Hour)}, Missing{Second: true, Left: -1, Offers: []accounts.MethodType{accounts.Authenticator, accounts.MobilePhone}}},
		{"required, only what helps to get back in", required, []accounts.Method{mail, codes}, answered{}, Missing{Second: true, Left: -1, Offers: []accounts.MethodType{accounts.Authenticator, accounts.MobilePhone}}},
		{"required, there", required, []accounts.Method{mobile}, answered{}, Missing{Left: -1}},
		{"required, forbidden one", noPhones, []accounts.Method{mobile}, answered{}, Missing{Second: true, Left: -1, Offers: []accounts.MethodType{accounts.Authenticator}}},
		{"campaign", campaign, []accounts.Method{mobile}, answered{}, Missing{Campaign: true, Left: 3, Offers: []accounts.MethodType{accounts.Authenticator}}},
		{"campaign, snoozed", campaign, []accounts.Method{mobile}, answered{Skipped: 1, QuietUntil: now.Add(time.Second)}, Missing{Left: 2}},
		{"campaign, snoozed until now", campaign, []accounts.Method{mobile}, answered{Skipped: 1, QuietUntil: now}, Missing{Campaign: true, Left: 2, Offers: []accounts.MethodType{accounts.Authenticator}}},
		{"campaign, skipped too often", campaign, []accounts.Method{mobile}, answered{Skipped: 3, QuietUntil: now}, Missing{Campaign: true, Forced: true, Offers: []accounts.MethodType{accounts.Authenticator}}},
		{"campaign, skipped too often, but left alone", campaign, []accounts.Method{mobile}, answered{Skipped: 3, QuietUntil: now.Add(time.Hour)}, Missing{}},
		{"campaign, has an app", campaign, []accounts.Method{app}, answered{}, Missing{Left: -1}},
		{"reset, none", registers, nil, answered{}, Missing{Reset: 2, Left: -1, Offers: []accounts.MethodType{accounts.Authenticator, accounts.MobilePhone, accounts.Email, accounts.Questions}}},
		{"reset, one", registers, []accounts.Method{mail}, answered{}, Missing{Reset: 1, Left: -1, Offers: []accounts.MethodType{accounts.Authenticator, accounts.MobilePhone, accounts.Questions}}},
		{"reset, one is enough, none", one, nil, answered{}, Missing{Reset: 1, Left: -1, Offers: []accounts.MethodType{accounts.Email, accounts.Questions, accounts.Authenticator, accounts.MobilePhone}, Dear: []accounts.MethodType{accounts.Authenticator, accounts.MobilePhone}}},
		{"reset, one was enough, a second step since", one, []accounts.Method{app}, answered{}, Missing{Reset: 1, Left: -1, Offers: []accounts.MethodType{accounts.MobilePhone, accounts.Email, accounts.Questions}}},
		{"reset, quiet", registers, nil, answered{QuietUntil: now.Add(time.Hour)}, Missing{Left: -1}},
		{"reset, enough, long ago", registers, []accounts.Method{mail, app}, answered{}, Missing{Reconfirm: true, Left: -1}},
		{"reset, enough, looked", registers, []accounts.Method{mail, app}, answered{Confirmed: now.AddDate(0, -1, 0)}, Missing{Left: -1}},
	} {
		got := missing(c.asked, c.list, c.said, can, now)
		if got.Organization = ""; got.Second != c.want.Second || got.Campaign != c.want.Campaign || got.Forced != c.want.Forced || got.Reset != c.want.Reset ||
			got.Reconfirm != c.want.Reconfirm || got.Left != c.want.Left || got.Any() && !slices.Equal(got.Offers, c.want.Offers) || !slices.Equal(got.Dear, c.want.Dear) {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
		if got.Must() != (c.want.Second || c.want.Forced) {
			t.Errorf("%s: must is %v", c.name, got.Must())
		}
	}
}

func TestMayRemove(t *testing.T) {
	a := policies.Asked{Tenant: "t", Policy: policies.Default()}
	app := accounts.Method{ID: "a", Type: accounts.Authenticator}
	mobile := accounts.Method{ID: "m", Type: accounts.MobilePhone}
	codes := accounts.Method{ID: "c", Type: accounts.RecoveryCodes}
	if err := mayRemove(a, []accounts.Method{app}, app); err != nil {
		t.Errorf("nothing is required: %v", err)
	}
	a.SecondStep.Members = policies.Scope{Who: policies.Everybody}
	if err := mayRemove(a, []accounts.Method{app, codes}, app); !fault.Is(err, "last_method") {
		t.Errorf("the last one: %v", err)
	}
	if err := mayRemove(a, []accounts.Method{app, mobile}, app); err != nil {
		t.Errorf("one of two: %v", err)
	}
	if err := mayRemove(a, []accounts.Method{app, codes}, codes); err != nil {
		t.Errorf("codes: %v", err)
	}
	a.Methods = policies.Methods{accounts.MobilePhone: {Who: policies.Nobody}}
	if err := mayRemove(a, []accounts.Method{app, mobile}, app); !fault.Is(err, "last_method") {
		t.Errorf("the last that is allowed: %v", err)
	}
	if err := mayRemove(a, []accounts.Method{app, mobile}, mobile); err != nil {
		t.Errorf("one that is not allowed: %v", err)
	}
}

// TestAskable: a rule that forbids a method opens no way around the step.
func TestAskable(t *testing.T) {
	a := policies.Asked{Tenant: "t", Policy: policies.Default()}
	a.Methods = policies.Methods{accounts.MobilePhone: {Who: policies.Nobody}}
	app := accounts.Method{ID: "a", Type: accounts.Authenticator}
	mobile := accounts.Method{ID: "m", Type: accounts.MobilePhone}
	if got := askable(a, []accounts.Method{mobile}); len(got) != 1 {
		t.Errorf("the only one, though not allowed: %v", got)
	}
	if got := askable(a, []accounts.Method{mobile, app}); len(got) != 1 || got[0].ID != "a" {
		t.Errorf("got %v, want the app alone", got)
	}
}

func TestSuitable_beside(t *testing.T) {
	if err := suitable("plum-9-orb", demand{}); !fault.Is(err, "password_short") {
		t.Errorf("alone: %v", err)
	}
	if err := suitable("plum-9-orb", demand{Beside: true}); err != nil {
		t.Errorf("beside a second factor: %v", err)
	}
	if err := suitable("plum-9x", demand{Beside: true}); !fault.Is(err, "password_short") {
		t.Errorf("seven characters: %v", err)
	}
}

func TestWords_within(t *testing.T) {
	strict := passwordWords.within(policies.LockOut{Free: 3, Most: 10})
	if strict.wait(2) != 0 || strict.wait(3) != time.Second || strict.most() != 10 {
		t.Errorf("got %v, %v, %d", strict.wait(2), strict.wait(3), strict.most())
	}
	if weak := passwordWords.within(policies.LockOut{Free: 50, Most: 5000}); weak.freely() != freeTries || weak.most() != maxTries {
		t.Errorf("weaker than the portal's own: %d, %d", weak.freely(), weak.most())
	}
}

func TestSuitable_banned(t *testing.T) {
	d := demand{Banned: []string{"relecloud", "harbour", "lantern"}}
	if err := suitable("Rel3cloudHarbourLantern", d); err != nil && !fault.Is(err, "password_banned") {
		t.Errorf("got %v", err)
	}
	for password, refused := range map[string]bool{
		"RelecloudHarbourLantern": true, "relecl0udharb0ur1antern": true, "harbour lantern relecloud": false, "plum kettle orbital": false,
	} {
		if err := suitable(password, d); fault.Is(err, "password_banned") != refused {
			t.Errorf("%s: %v", password, err)
		}
	}
}
