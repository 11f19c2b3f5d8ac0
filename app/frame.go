package app

import (
	"net/http"
	"net/url"
	"slices"

	"sojourn/accounts"
	"sojourn/admin"
	"sojourn/directory"
	"sojourn/internal/web"
	"sojourn/ui"
)

// switcherSize is how many organizations the switcher and the navigation show.
const switcherSize = 8

// frame fills the shell of a page: who is there, where they can go, in which
// language. What it must read for that waits until a page is shown.
func (a *App) frame(r *http.Request) *http.Request {
	v := web.VisitOf(r)
	s := &ui.Shell{
		Locale: v.Locale, Zone: v.Zone, Now: v.Now, Path: r.URL.Path,
		Token: web.FormToken(a.Box, v), For: v.Person.AccountID,
		Carry: v.Tenant.Carry, Languages: a.languages(r), Dev: a.dev(),
	}
	if v.Note != nil && v.Locale.Has(v.Note.Key) { // a cookie that is not ours says nothing
		s.Note = &ui.Note{Kind: v.Note.Kind, Text: v.Locale.T(v.Note.Key, anys(v.Note.Args)...)}
		if v.Locale.Has(v.Note.More) {
			s.Note.More = ui.Link{Text: v.Locale.T(v.Note.More), Href: s.Href(v.Note.At)}
		}
	}
	if v.SignedIn() {
		seat(v, s)
		s.Stay.Back = web.ComeBack(r)
	}
	if v.SignedIn() && !v.MustRegister {
		v.Furnish = func() error { return a.furnish(r, v, s) }
	}
	return r.WithContext(ui.WithShell(r.Context(), s))
}

// seat adds what only a signed-in person sees.
func seat(v *web.Visit, s *ui.Shell) {
	kind := accounts.Personal // who has no home signs in with a password here
	if v.Person.HomeTenant != "" {
		kind = accounts.Work
	}
	s.Person = &ui.Person{Name: v.Person.Name, Address: v.Person.Address, Kind: "ui.kind." + string(kind), Home: v.Person.HomeName, Photo: v.Person.Photo}
	if !v.MustRegister {
		s.Entries = entriesFor(v.Person.Withheld)
	}
	s.Withheld = v.Person.Withheld
	s.Stay = &ui.Stay{Left: int(v.Ends.At.Sub(v.Now).Seconds()), Ask: "/stay", Final: v.Ends.Final, Proof: v.Ends.Proof}
	if v.Ends.Proof {
		s.Stay.Ask = "/manage/" + v.Tenant.ID + "/stay"
		s.Stay.Also = int(v.Ends.Session.Sub(v.Now).Seconds())
	}
	if v.Tenant.Carry != "" {
		s.Selected = v.Tenant.Name
	}
	if roles := directory.RolesHeld(v.Actor); v.Actor.TenantID != "" && len(roles) > 0 {
		s.Admin = &ui.Admin{Tenant: v.Tenant.ID, Name: v.Tenant.Name, Entries: admin.Entries(v.Tenant.ID, roles)}
	}
}

// furnish adds the organizations to switch to and to administer.
func (a *App) furnish(r *http.Request, v *web.Visit, s *ui.Shell) error {
	places, err := directory.Places(r.Context(), a.DB, v.Person.AccountID, switcherSize+1)
	if err == nil {
		place(r, v, s, places)
	}
	return err
}

// Know furnishes the shell with organizations that a page has read.
func (a *App) Know(r *http.Request, places []directory.Place) {
	v := web.VisitOf(r)
	v.Furnish = nil
	place(r, v, ui.ShellOf(r), places)
}

// place puts organizations into the switcher, but those that keep the person out:
// there is nothing to select there.
func place(r *http.Request, v *web.Visit, s *ui.Shell, places []directory.Place) {
	places = slices.DeleteFunc(slices.Clone(places), func(p directory.Place) bool { return !p.Enabled })
	if len(places) > switcherSize {
		places, s.AllPlaces = places[:switcherSize], true
	}
	for _, p := range places {
		s.Places = append(s.Places, ui.Place{
			Name: p.Name, Href: selectHref(r, s.Entries, p.TenantID), Home: p.Home, Current: p.TenantID == v.Tenant.ID,
		})
		if p.Administrator && p.Enabled && p.State != directory.TenantClosed {
			s.Administers = append(s.Administers, ui.Place{Name: p.Name, Href: "/manage/" + p.TenantID})
		}
	}
}

// entries is the left navigation of the account portal.
var entries = []ui.Entry{
	{Key: "app.nav.overview", Href: "/", Icon: "home", Name: "overview"},
	{Key: "app.nav.organizations", Href: "/organizations", Icon: "building", Name: "organizations"},
	{Key: "app.nav.requests", Href: "/requests", Icon: "inbox", Name: "requests"},
	{Key: "app.nav.security", Href: "/security-info", Icon: "shield", Name: "security"},
	{Key: "app.nav.password", Href: "/password", Icon: "lock", Name: "password"},
	{Key: "app.nav.activity", Href: "/activity", Icon: "clock", Name: "activity"},
	{Key: "app.nav.settings", Href: "/settings", Icon: "settings", Name: "settings"},
}

// keptEntries are the pages that nobody is without.
var keptEntries = []string{"organizations", "requests", "security", "password"}

// entriesFor leaves what there is without the portal being turned on.
func entriesFor(withheld bool) []ui.Entry {
	if !withheld {
		return entries
	}
	return slices.DeleteFunc(slices.Clone(entries), func(e ui.Entry) bool { return !slices.Contains(keptEntries, e.Name) })
}

// selectHref is the same page with another organization selected; from elsewhere,
// such as the admin centre, it is the first page there is.
func selectHref(r *http.Request, entries []ui.Entry, tenantID string) string {
	path := entries[0].Href
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
	var out []ui.Language
	for _, lang := range a.Words.Languages() {
		query.Set("lng", lang)
		out = append(out, ui.Language{Lang: lang, Name: languageName(lang), Href: (&url.URL{Path: path, RawQuery: query.Encode()}).String()})
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

func anys(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}
