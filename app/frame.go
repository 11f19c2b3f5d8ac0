package app

import (
	"net/http"
	"net/url"

	"sojourn/accounts"
	"sojourn/admin"
	"sojourn/directory"
	"sojourn/internal/i18n"
	"sojourn/internal/web"
	"sojourn/ui"
)

// switcherSize is how many organizations the switcher and the navigation show.
const switcherSize = 8

// frame fills the shell of a page: who is there, where they can go, in which
// language.
func (a *App) frame(r *http.Request) (*http.Request, error) {
	v := web.VisitOf(r)
	s := &ui.Shell{
		Locale: v.Locale, Zone: v.Zone, Now: v.Now, Path: r.URL.Path,
		Token: web.FormToken(a.Box, v), For: v.Person.AccountID,
		Carry: v.Tenant.Carry, Languages: a.languages(r), Dev: a.dev(),
	}
	if v.Note != nil {
		s.Note = &ui.Note{Kind: v.Note.Kind, Text: v.Locale.T(v.Note.Key, anys(v.Note.Args)...)}
	}
	if v.SignedIn() {
		if err := a.furnish(r, v, s); err != nil {
			return r, err
		}
	}
	return r.WithContext(ui.WithShell(r.Context(), s)), nil
}

// furnish adds what only a signed-in person sees.
func (a *App) furnish(r *http.Request, v *web.Visit, s *ui.Shell) error {
	kind := accounts.Personal // who has no home signs in with a password here
	if v.Person.HomeTenant != "" {
		kind = accounts.Work
	}
	s.Person = &ui.Person{Name: v.Person.Name, Address: v.Person.Address, Kind: "ui.kind." + string(kind), Home: v.Person.HomeName}
	s.Entries = entries
	places, err := directory.Places(r.Context(), a.DB, v.Person.AccountID, switcherSize+1)
	if err != nil {
		return err
	}
	if len(places) > switcherSize {
		places, s.AllPlaces = places[:switcherSize], true
	}
	for _, p := range places {
		s.Places = append(s.Places, ui.Place{
			Name: p.Name, Href: selectHref(r, p.TenantID), Home: p.Home, Current: p.TenantID == v.Tenant.ID,
		})
		if p.Administrator && p.Enabled && p.State == directory.TenantActive {
			s.Administers = append(s.Administers, ui.Place{Name: p.Name, Href: "/manage/" + p.TenantID})
		}
	}
	if v.Tenant.Carry != "" {
		s.Selected = v.Tenant.Name
	}
	if roles := v.Actor.Roles; v.Actor.TenantID != "" && len(roles) > 0 {
		s.Admin = &ui.Admin{Tenant: v.Tenant.ID, Name: v.Tenant.Name, Entries: admin.Entries(v.Tenant.ID, rolesOf(roles))}
	}
	return nil
}

// entries is the left navigation of the account portal.
var entries = []ui.Entry{
	{Key: "app.nav.overview", Href: "/", Icon: "home", Name: "overview"},
	{Key: "app.nav.organizations", Href: "/organizations", Icon: "building", Name: "organizations"},
	{Key: "app.nav.password", Href: "/password", Icon: "lock", Name: "password"},
}

// selectHref is the same page with another organization selected; from the admin
// centre it is the overview.
func selectHref(r *http.Request, tenantID string) string {
	path := "/"
	for _, e := range entries {
		if r.URL.Path == e.Href {
			path = e.Href
		}
	}
	return path + "?tenantId=" + tenantID
}

// languages links this page in every shipped language.
func (a *App) languages(r *http.Request) []ui.Language {
	path := r.URL.Path
	if r.Method != http.MethodGet {
		path = "/"
	}
	query := r.URL.Query()
	out := make([]ui.Language, 0, len(a.Words.Locales()))
	for _, l := range a.Words.Locales() {
		if l.Lang() == i18n.Pseudo {
			continue // for developers, who know its name
		}
		query.Set("lng", l.Lang())
		out = append(out, ui.Language{Lang: l.Lang(), Name: languageName(l.Lang()), Href: (&url.URL{Path: path, RawQuery: query.Encode()}).String()})
	}
	return out
}

// languageName is a language in its own words: whoever looks for it can read it.
func languageName(lang string) string {
	switch lang {
	case "en":
		return "English"
	case "nl":
		return "Nederlands"
	}
	return lang
}

func rolesOf(names []string) []directory.Role {
	out := make([]directory.Role, len(names))
	for i, n := range names {
		out[i] = directory.Role(n)
	}
	return out
}

func anys(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}
