package organizations

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

func TestLeaveRule(t *testing.T) {
	ordinary := standing{state: directory.TenantActive, leaveAllowed: true, enabled: true, hasAdministrator: true, hasContact: true}
	with := func(change func(*standing)) standing {
		s := ordinary
		change(&s)
		return s
	}
	for name, test := range map[string]struct {
		standing standing
		code     string // "" may leave
	}{
		"an ordinary guest":               {ordinary, ""},
		"the home organization":           {with(func(s *standing) { s.home = true }), homeOrganization},
		"the home, although closed":       {with(func(s *standing) { s.home, s.state = true, directory.TenantClosed }), homeOrganization},
		"direct connect":                  {with(func(s *standing) { s.direct, s.enabled, s.leaveAllowed = true, false, false }), directConnect},
		"direct connect, closed":          {with(func(s *standing) { s.direct, s.state = true, directory.TenantClosed }), directConnect},
		"the setting says No":             {with(func(s *standing) { s.leaveAllowed = false }), leaveNotAllowed},
		"No, in a closed one":             {with(func(s *standing) { s.leaveAllowed, s.state = false, directory.TenantClosed }), ""},
		"No, in a frozen one":             {with(func(s *standing) { s.leaveAllowed, s.state = false, directory.TenantFrozen }), ""},
		"No, where nobody can be asked":   {with(func(s *standing) { s.leaveAllowed, s.hasAdministrator, s.hasContact = false, false, false }), ""},
		"No, with a contact only":         {with(func(s *standing) { s.leaveAllowed, s.hasAdministrator = false, false }), leaveNotAllowed},
		"No, with an administrator only":  {with(func(s *standing) { s.leaveAllowed, s.hasContact = false, false }), leaveNotAllowed},
		"disabled there":                  {with(func(s *standing) { s.enabled = false }), accountDisabled},
		"disabled and No: the setting":    {with(func(s *standing) { s.enabled, s.leaveAllowed = false, false }), leaveNotAllowed},
		"disabled, in a closed one":       {with(func(s *standing) { s.enabled, s.state = false, directory.TenantClosed }), ""},
		"disabled, where nobody can be":   {with(func(s *standing) { s.enabled, s.hasAdministrator, s.hasContact = false, false, false }), ""},
		"the last administrator":          {with(func(s *standing) { s.lastAdministrator = true }), lastAdmin},
		"the last administrator, frozen":  {with(func(s *standing) { s.lastAdministrator, s.state = true, directory.TenantFrozen }), lastAdmin},
		"the last administrator, closed":  {with(func(s *standing) { s.lastAdministrator, s.state = true, directory.TenantClosed }), ""},
		"without contact, as an ordinary": {with(func(s *standing) { s.hasContact = false }), ""},
		"abandoned, as an ordinary guest": {with(func(s *standing) { s.hasContact, s.hasAdministrator = false, false }), ""},
	} {
		err := leave(test.standing)
		if test.code == "" && err != nil || test.code != "" && !fault.Is(err, test.code) {
			t.Errorf("%s: got %v, want %q", name, err, test.code)
		}
	}
}

func TestNeedsProof(t *testing.T) {
	if needsProof(1, nil) || !needsProof(1, []directory.Role{directory.ReportsReader}) || !needsProof(2, nil) {
		t.Error("a proof is asked of who holds a role or leaves several, and of nobody else")
	}
}

func TestUndoRule(t *testing.T) {
	left := time.Date(2026, 5, 12, 9, 41, 0, 0, time.UTC)
	ordinary := departed{kind: directory.Left, state: directory.TenantActive, days: 14, left: left, enabled: true}
	with := func(change func(*departed)) departed {
		d := ordinary
		change(&d)
		return d
	}
	day := 24 * time.Hour
	for name, test := range map[string]struct {
		departed departed
		after    time.Duration
		code     string // "" may undo
	}{
		"at once":                       {ordinary, 0, ""},
		"the last instant":              {ordinary, 14*day - time.Microsecond, ""},
		"too late":                      {ordinary, 14 * day, undoOver},
		"never allowed":                 {with(func(d *departed) { d.days = 0 }), 0, undoNotAllowed},
		"more days than there are":      {with(func(d *departed) { d.days = 90 }), directory.Retention, undoOver},
		"deleted by an administrator":   {with(func(d *departed) { d.kind = directory.ByAdministrator }), 0, undoNotOwn},
		"deleted by the operator":       {with(func(d *departed) { d.kind = directory.ByOperator }), 0, undoNotOwn},
		"declined since":                {with(func(d *departed) { d.declined = true }), 0, undoDeclined},
		"disabled there":                {with(func(d *departed) { d.enabled = false }), 0, accountDisabled},
		"in the organization again":     {with(func(d *departed) { d.here = true }), 0, undoHere},
		"the organization is closed":    {with(func(d *departed) { d.state = directory.TenantClosed }), 0, "tenant_closed"},
		"the organization is closing":   {with(func(d *departed) { d.state = directory.TenantFrozen }), 0, "tenant_frozen"},
		"in as many as one can be":      {with(func(d *departed) { d.places = directory.MostPlaces }), 0, "too_many_organizations"},
		"one place is free":             {with(func(d *departed) { d.places = directory.MostPlaces - 1 }), 0, ""},
		"too many, and the days over":   {with(func(d *departed) { d.places = directory.MostPlaces }), 20 * day, undoOver},
		"declined, and the days over":   {with(func(d *departed) { d.declined = true }), 20 * day, undoDeclined},
		"not own, and in it once again": {with(func(d *departed) { d.kind, d.here = directory.ByAdministrator, true }), 0, undoNotOwn},
	} {
		err := undo(test.departed, left.Add(test.after))
		if test.code == "" && err != nil || test.code != "" && !fault.Is(err, test.code) {
			t.Errorf("%s: got %v, want %q", name, err, test.code)
		}
	}
}

func TestChoice(t *testing.T) {
	one, two := "0f8b9c5e-3c1b-4c39-9b55-2a0d1c2e3f40", "1f8b9c5e-3c1b-4c39-9b55-2a0d1c2e3f40"
	if got, err := choice([]string{one, "x", two, one, ""}); err != nil || len(got) != 2 {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := choice([]string{"x"}); !fault.Is(err, "nothing_chosen") {
		t.Error(err)
	}
	many := make([]string, most+1)
	for i := range many {
		many[i] = fmt.Sprintf("0f8b9c5e-3c1b-4c39-9b55-2a0d1c2e%04x", i)
	}
	if _, err := choice(many); !fault.Is(err, "too_many") {
		t.Error(err)
	}
}

func TestReceiptNumber(t *testing.T) {
	form := regexp.MustCompile(`^SJ-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$`)
	seen := map[string]bool{}
	for range 1000 {
		n := receiptNumber(id.Hash(id.System.Secret()))
		if !form.MatchString(n) || seen[n] {
			t.Fatalf("number %q, seen before: %t", n, seen[n])
		}
		seen[n] = true
	}
}

func TestMatches(t *testing.T) {
	for _, test := range []struct {
		text, query string
		want        bool
	}{
		{"Contoso Ltd contoso.example", "con", true},
		{"Contoso Ltd contoso.example", "LTD con", true},
		{"Contoso Ltd contoso.example", "toso", false},
		{"Northwind Traders & Søn northwind.example", "søn", true},
		{"Fabrikam, Inc. fabrikam.example", "inc", true},
		{"Fabrikam, Inc. fabrikam.example", "fabrikam.example", true},
		{"Fabrikam", "", true},
		{"Fabrikam", "zebra", false},
	} {
		if got := matches(test.text, test.query); got != test.want {
			t.Errorf("matches(%q, %q) = %t", test.text, test.query, got)
		}
	}
}
