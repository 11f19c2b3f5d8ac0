package app

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

// problem is the page of a fault: what happened, what to do, where to go.
func (a *App) problem(r *http.Request, status int, f *fault.Fault) templ.Component {
	s := ui.ShellOf(r)
	if s.Locale == nil { // refused before the frame was made
		v := web.VisitOf(r)
		s = &ui.Shell{Locale: v.Locale, Zone: v.Zone, Now: v.Now, Path: r.URL.Path}
	}
	art := "closed"
	switch {
	case status == http.StatusNotFound:
		art = "lost"
	case status >= 500:
		art = "broken"
	}
	href, action := "/", "app.problem.overview"
	if s.Person == nil {
		href, action = "/sign-in", "app.problem.signIn"
	} else if f.Code == "organization_not_yours" {
		href, action = "/organizations", "app.problem.organizations"
	} else if f.Code == "second_step_required" {
		href, action = "/security-info/add", "app.problem.addMethod"
	}
	code := f.Code
	if code == "not_found" {
		code = ""
	}
	if number := web.RequestID(r); status >= 500 && number != "" {
		code += " · " + number // finds the line in the log
	}
	text := s.T(advice(s, status, f), f.Args...)
	if r.Method == http.MethodGet || r.Method == http.MethodHead { // whoever opened a page asked for no change
		text = strings.TrimSpace(strings.TrimPrefix(text, s.T("app.problem.status.403")))
	}
	return problemPage(s, problemText{
		art: art, title: s.T(f.Key, f.Args...), text: text, code: code, href: href, action: s.T(action),
	})
}

// advice is the message key of what to do: one of the fault's own, else the one
// of its status.
func advice(s *ui.Shell, status int, f *fault.Fault) string {
	if own := "app.problem.code." + f.Code; s.Locale.Has(own) {
		return own
	}
	if general := "app.problem.status." + strconv.Itoa(status); s.Locale.Has(general) {
		return general
	}
	return "app.problem.status.500"
}

type problemText struct{ art, title, text, code, href, action string }
