package organizations

import (
	"regexp"
	"testing"

	"sojourn/directory"
	"sojourn/internal/fault"
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
	if needsProof(nil) || !needsProof([]directory.Role{directory.ReportsReader}) {
		t.Error("a proof is asked of who holds a role, and of nobody else")
	}
}

func TestReceiptNumber(t *testing.T) {
	form := regexp.MustCompile(`^SJ-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$`)
	seen := map[string]bool{}
	for range 1000 {
		n := receiptNumber()
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
