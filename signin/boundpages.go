package signin

import (
	"net/http"
	"net/url"
	"strings"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

// enterForm is what stands before an organization that wants a method of its own.
type enterForm struct {
	Door
	Name, Address string // of the person
	ReturnURL     string
	Secret        string // of the flow
	Problem       string
}

func (f enterForm) path() string { return "/enter/" + f.Tenant }

func (f *Feature) showEnter(w http.ResponseWriter, r *http.Request) error {
	v, returnURL := web.VisitOf(r), r.URL.Query().Get("returnUrl")
	d, err := f.Door(r.Context(), f.DB, v.Actor, r.PathValue("tenant"))
	if err != nil {
		return err
	}
	if d.Open {
		return web.See(w, r, inside(returnURL, d.Tenant))
	}
	return web.Render(w, r, http.StatusOK, enterPage(ui.ShellOf(r), enterForm{
		Door: d, Name: v.Person.Name, Address: v.Person.Address, ReturnURL: inside(returnURL, d.Tenant),
	}))
}

// submitEnter begins; where there is nothing to show, the page says what to do.
func (f *Feature) submitEnter(w http.ResponseWriter, r *http.Request) error {
	secret, d, err := f.BeginEnter(r.Context(), web.VisitOf(r).Actor, r.PathValue("tenant"), r.PostFormValue("returnUrl"))
	if err != nil {
		return err
	}
	if secret == "" {
		return web.See(w, r, "/enter/"+d.Tenant+"?"+url.Values{"returnUrl": {inside(r.PostFormValue("returnUrl"), d.Tenant)}}.Encode())
	}
	f.setCookie(w, flowCookie, secret, flowLife)
	return web.See(w, r, "/enter/"+d.Tenant+"/second")
}

func (f *Feature) showEnterSecond(w http.ResponseWriter, r *http.Request) error {
	return f.drawEnter(w, r, http.StatusOK, f.flowOf(r), "")
}

func (f *Feature) submitEnterSecond(w http.ResponseWriter, r *http.Request) error {
	v, secret := web.VisitOf(r), r.PostFormValue("flow")
	flow, err := f.EnterFlow(r.Context(), secret, v.Actor, r.PathValue("tenant"))
	if err != nil {
		return f.enterAgain(w, r, err)
	}
	fresh, err := f.EnterBound(r.Context(), v.Actor, flow, f.cookieOf(r), r.PostFormValue("code"))
	if err != nil {
		problem := problemOf(ui.ShellOf(r), err)
		if problem == "" || fault.Is(err, "factor_gone") {
			return f.enterAgain(w, r, err)
		}
		return f.drawEnter(w, r, web.Status(err), secret, problem)
	}
	f.setCookie(w, browserCookie, fresh, cookieLife)
	f.setCookie(w, flowCookie, "", 0)
	return web.See(w, r, flow.ReturnURL)
}

func (f *Feature) drawEnter(w http.ResponseWriter, r *http.Request, status int, secret, problem string) error {
	v := web.VisitOf(r)
	flow, err := f.EnterFlow(r.Context(), secret, v.Actor, r.PathValue("tenant"))
	if err != nil {
		return f.enterAgain(w, r, err)
	}
	d, err := f.Door(r.Context(), f.DB, v.Actor, flow.tenant)
	if err != nil {
		return err
	}
	return web.Render(w, r, status, enterSecondPage(ui.ShellOf(r), enterForm{
		Door: d, Name: v.Person.Name, Address: v.Person.Address, ReturnURL: flow.ReturnURL, Secret: secret, Problem: problem,
	}))
}

// enterAgain sends somebody whose entrance is over back to its beginning.
func (f *Feature) enterAgain(w http.ResponseWriter, r *http.Request, err error) error {
	if !fault.Is(err, "flow_over") && !fault.Is(err, "factor_gone") {
		return err
	}
	d, readErr := f.Door(r.Context(), f.DB, web.VisitOf(r).Actor, r.PathValue("tenant"))
	if readErr != nil {
		return readErr
	}
	f.setCookie(w, flowCookie, "", 0)
	web.Say(w, "warn", "signin.flow.over")
	return web.See(w, r, "/enter/"+d.Tenant)
}

// inside is where an entrance leads: a page of the tenant's administration.
func inside(returnURL, tenantID string) string {
	to := web.LocalPath(returnURL)
	if strings.HasPrefix(to, "/manage/") {
		return to
	}
	return "/manage/" + tenantID
}
