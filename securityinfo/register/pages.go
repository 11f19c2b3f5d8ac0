package register

import (
	"net/http"

	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// Instead leads a session that must set something up to where that is done, and
// one that is asked to back there after each thing it has set up.
func Instead(v *web.Visit, rt web.Route) web.Handler {
	if v.MustRegister && !isWay(rt.Pattern) || v.IsAsked && rt.Pattern == "GET /security-info/changed" {
		return lead
	}
	return nil
}

// lead takes the message of the page before along.
func lead(w http.ResponseWriter, r *http.Request) error {
	if n := web.VisitOf(r).Note; n != nil {
		web.Say(w, n.Kind, n.Key, n.Args...)
	}
	return web.See(w, r, "/register")
}

func (f *Feature) showRegister(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	if !v.MustRegister && !v.IsAsked { // nobody was asked: an address kept from before
		return web.See(w, r, "/security-info")
	}
	d, err := f.data(r)
	if err != nil {
		return err
	}
	switch {
	case !d.Any():
		return web.Render(w, r, http.StatusOK, donePage(s, d))
	case d.Reconfirm:
		return web.Render(w, r, http.StatusOK, lookPage(s, d))
	}
	return web.Render(w, r, http.StatusOK, promptPage(s, d))
}

func (f *Feature) showMethods(w http.ResponseWriter, r *http.Request) error {
	d, err := f.data(r)
	if err != nil {
		return err
	}
	if !d.Any() || len(d.Offers) == 0 {
		return web.See(w, r, "/register")
	}
	return web.Render(w, r, http.StatusOK, methodsPage(ui.ShellOf(r), d))
}

// data is what the pages of the room show.
type data struct {
	securityinfo.Missing
	Info    securityinfo.Info
	Name    string
	Address string
}

func (f *Feature) data(r *http.Request) (data, error) {
	v := web.VisitOf(r)
	m, err := f.Info.Missing(r.Context(), v.Actor)
	if err != nil {
		return data{}, err
	}
	m.Offers = offers(m.Offers)
	info, err := f.Info.Info(r.Context(), v.Actor)
	return data{Missing: m, Info: info, Name: v.Person.Name, Address: v.Person.Address}, err
}

func (f *Feature) submitSkip(w http.ResponseWriter, r *http.Request) error {
	resume, err := f.Info.Skip(r.Context(), web.VisitOf(r).Actor)
	if err != nil {
		return err
	}
	return web.See(w, r, web.LocalPath(resume))
}

func (f *Feature) submitConfirm(w http.ResponseWriter, r *http.Request) error {
	resume, err := f.Info.Confirm(r.Context(), web.VisitOf(r).Actor)
	if err != nil {
		return err
	}
	web.Say(w, "ok", "securityinfo.register.confirmed")
	return web.See(w, r, web.LocalPath(resume))
}
