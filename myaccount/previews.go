package myaccount

import (
	"slices"
	"time"

	"sojourn/accounts"
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
	full := Overview{Places: places, Standing: directory.Standing{Organizations: 5, Disabled: 1, Invitations: 2}, PasswordChanged: now.AddDate(0, -3, 0), SecondStep: true, SignIns: 3, Refused: 1}
	selected := full
	selected.Selected = &places[1]
	withheld := shell
	withheld.Withheld = true
	withheld.Entries = slices.DeleteFunc(slices.Clone(s.Entries), func(e ui.Entry) bool {
		return !slices.Contains([]string{"organizations", "requests", "security", "password"}, e.Name)
	})
	settings := settingsData{
		Settings: Settings{Preferences: accounts.Preferences{Language: s.Locale.Lang(), Region: "NL", Zone: "Europe/Amsterdam"}, Mail: s.Person.Address},
		Name:     s.Person.Name, Languages: []string{"en", "nl"}, Portal: "UTC",
	}
	wrong, named := settings, settings
	wrong.Problems = []ui.FieldError{{Field: "zone", Text: s.T("myaccount.settings.zone.invalid")}, {Field: "photo", Text: s.T("myaccount.photo.format")}}
	named.Name, named.Photo, named.Mail = "", true, alone.Person.Address
	named.Problems = []ui.FieldError{{Field: "name", Text: s.T("accounts.name.missing")}}
	var help []ui.Preview
	for _, t := range topics {
		help = append(help, ui.Preview{Name: "help, " + t.name, Page: topicPage(&shell, t)})
	}
	return append(help, []ui.Preview{
		{Name: "help", Page: helpPage(&shell)},
		{Name: "settings", Page: settingsPage(&shell, settings)},
		{Name: "settings refused", Page: settingsPage(&shell, wrong)},
		{Name: "settings, no home, refused", Page: settingsPage(&alone, named)},
		{Name: "not turned on", Page: withheldPage(&withheld)},
		{Name: "overview", Page: overviewPage(&shell, full)},
		{Name: "overview, one selected", Page: overviewPage(&shell, selected)},
		{Name: "overview, no home, nowhere", Page: overviewPage(&alone, Overview{})},
	}...)
}
