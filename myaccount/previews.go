package myaccount

import (
	"time"

	"sojourn/directory"
	"sojourn/ui"
)

// Previews are the room's page states with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	now := time.Date(2026, 5, 12, 9, 41, 0, 0, time.UTC)
	shell := *s
	shell.Now = now
	alone := shell
	alone.Person = &ui.Person{Name: "Mirjam de Vries", Address: "mirjam@postbus.example", Kind: "ui.kind.personal"}
	places := []directory.Place{
		{TenantID: "c", Name: "Contoso Ltd", State: directory.TenantActive, Home: true, Enabled: true},
		{TenantID: "f", Name: "Fabrikam, Inc.", State: directory.TenantActive, Enabled: true, LastUsed: now.AddDate(0, 0, -2)},
		{TenantID: "w", Name: "Woodgrove Bank", State: directory.TenantActive},
		{TenantID: "p", Name: "Proseware", State: directory.TenantClosed, Enabled: true},
		{TenantID: "t", Name: "Tailspin Toys International Holding Gesellschaft mit beschränkter Haftung", State: directory.TenantActive, Enabled: true},
	}
	full := Overview{Places: places, Standing: directory.Standing{Organizations: 5, Disabled: 1, Invitations: 2}, PasswordChanged: now.AddDate(0, -3, 0)}
	selected := full
	selected.Selected = &places[1]
	return []ui.Preview{
		{Name: "overview", Page: overviewPage(&shell, full)},
		{Name: "overview, one selected", Page: overviewPage(&shell, selected)},
		{Name: "overview, no home, nowhere", Page: overviewPage(&alone, Overview{})},
	}
}
