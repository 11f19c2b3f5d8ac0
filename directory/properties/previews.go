package properties

import (
	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/ui"
)

// Previews are the states of the page, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	m := desk.MadeUp(s)
	t := directory.Tenant{
		ID: "8c0d0e53-1a2b-4a56-8f4e-1f2d3c4b5a69", Name: m.All.Organization, Domain: "contoso.example",
		PrivacyStatement: "https://contoso.example/privacy", PrivacyContact: "privacy@contoso.example", CreatedAt: m.Day(-900),
	}
	stands := propertiesData{Desk: m.All, view: view{Tenant: t, Domains: []string{"contoso.example", "contoso.test"}}}
	stands.Form = stands.properties()
	refused := stands
	refused.Form = directory.Properties{PrivacyStatement: "contoso.example/privacy", PrivacyContact: "privacy", TechnicalContact: "x"}
	refused.Problems = []ui.FieldError{
		{Field: "name", Text: m.Shell.T("directory.tenant.name.missing")}, {Field: "statement", Text: m.Shell.T("directory.properties.statement.invalid")},
		{Field: "privacy", Text: m.Shell.T("accounts.address.invalid")}, {Field: "technical", Text: m.Shell.T("accounts.address.invalid")},
	}
	closing := stands
	closing.State, closing.StateAt, closing.PurgeAt, closing.CanSetProperties = directory.TenantFrozen, m.Day(-3), m.Day(27), false
	asked := closeData{Desk: m.All, Tenant: t, Purge: m.Day(30)}
	held := asked
	held.Held = 3
	wrong := asked
	wrong.Typed, wrong.Problems = "Contoso", []ui.FieldError{{Field: "name", Text: m.Shell.T("directory.closing.name.differs")}}
	return []ui.Preview{
		{Name: "properties, closing", Page: propertiesPage(m.Shell, closing)},
		{Name: "close", Page: closePage(m.Shell, asked)},
		{Name: "close, users on legal hold", Page: closePage(m.Shell, held)},
		{Name: "close, another name", Page: closePage(m.Shell, wrong)},
		{Name: "properties", Page: propertiesPage(m.Shell, stands)},
		{Name: "properties refused", Page: propertiesPage(m.Shell, refused)},
	}
}
