package usermethods

import (
	"net/http"

	"sojourn/directory/desk"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

type passData struct {
	methodsData
	Form     PassForm
	Problems []ui.FieldError
	Pass     string // made just now, in groups
}

func (f *Feature) showPass(w http.ResponseWriter, r *http.Request) error {
	return f.drawPass(w, r, http.StatusOK, passData{Form: PassForm{Minutes: "60", Length: "8", Once: true}})
}

// submitPass shows the pass in its own answer: it stands under no address.
func (f *Feature) submitPass(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	form := PassForm{Minutes: r.PostFormValue("minutes"), Length: r.PostFormValue("length"), Once: r.PostFormValue("once") != ""}
	text, err := f.GivePass(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"), form)
	if wrong, ok := fault.Of(err); ok && wrong.Kind == fault.Invalid && len(wrong.Fields) > 0 {
		return f.drawPass(w, r, web.Status(err), passData{Form: form, Problems: desk.Problems(v.Locale, wrong)})
	}
	if err != nil {
		return err
	}
	return f.drawPass(w, r, http.StatusOK, passData{Form: form, Pass: securityinfo.InFours(text, " ")})
}

func (f *Feature) drawPass(w http.ResponseWriter, r *http.Request, status int, d passData) error {
	v := web.VisitOf(r)
	l, err := f.ask(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	if err != nil {
		return err
	}
	d.methodsData = methodsData{Desk: desk.Of(v), look: l}
	if d.Pass != "" {
		return web.Render(w, r, status, passMadePage(ui.ShellOf(r), d))
	}
	return web.Render(w, r, status, passPage(ui.ShellOf(r), d))
}
