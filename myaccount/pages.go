package myaccount

import (
	"net/http"
	"time"

	"github.com/a-h/templ"

	"sojourn/directory"
	"sojourn/internal/web"
	"sojourn/ui"
)

func (f *Feature) showOverview(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	o, err := f.Overview(r.Context(), v.Actor, v.Tenant.ID)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, overviewPage(ui.ShellOf(r), o))
}

// greeting follows the time of day.
func greeting(s *ui.Shell) string {
	switch hour := s.Now.In(s.Zone).Hour(); {
	case hour < 6:
		return "myaccount.hello.night"
	case hour < 12:
		return "myaccount.hello.morning"
	case hour < 18:
		return "myaccount.hello.afternoon"
	}
	return "myaccount.hello.evening"
}

// others is how many organizations there are besides the home.
func others(s *ui.Shell, o Overview) int {
	if s.Person.Home != "" {
		return o.Standing.Organizations - 1
	}
	return o.Standing.Organizations
}

// dockNote is the one thing to know about a place, and whether it is a bad one.
func dockNote(s *ui.Shell, p directory.Place) (text string, bad bool) {
	switch {
	case p.Home:
		return s.T("myaccount.dock.home"), false
	case p.State != directory.TenantActive:
		return s.T("myaccount.dock." + string(p.State)), true
	case !p.Enabled:
		return s.T("myaccount.dock.disabled"), true
	case p.LastUsed.IsZero():
		return s.T("myaccount.dock.never"), false
	}
	return s.Locale.Ago(p.LastUsed.In(s.Zone), s.Now.In(s.Zone)), false
}

// selectedHref shows the portal with an organization selected.
func selectedHref(p directory.Place) templ.SafeURL {
	return templ.SafeURL("/organizations?tenantId=" + p.TenantID)
}

func known(t time.Time) bool { return !t.IsZero() }
