package properties

import (
	"net/http"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/web"
	"sojourn/ui"
)

type propertiesData struct {
	desk.Desk
	view
	Form     directory.Properties
	Problems []ui.FieldError
}

func (f *Feature) showProperties(w http.ResponseWriter, r *http.Request) error {
	return f.drawProperties(w, r, http.StatusOK, nil, nil)
}

// drawProperties shows the page with a form as it was filled in, or as things
// stand.
func (f *Feature) drawProperties(w http.ResponseWriter, r *http.Request, status int, form *directory.Properties, wrong []ui.FieldError) error {
	v := web.VisitOf(r)
	t, err := f.view(r.Context(), v.Actor, v.Tenant.ID)
	if err != nil {
		return err
	}
	data := propertiesData{Desk: desk.Of(v), view: t, Form: t.properties(), Problems: wrong}
	if form != nil {
		data.Form = *form
	}
	return web.Render(w, r, status, propertiesPage(ui.ShellOf(r), data))
}

func (f *Feature) submitProperties(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	form := directory.Properties{
		Name: r.PostFormValue("name"), PrivacyStatement: r.PostFormValue("statement"),
		PrivacyContact: r.PostFormValue("privacy"), TechnicalContact: r.PostFormValue("technical"),
	}
	err := f.Directory.SetProperties(r.Context(), v.Actor, v.Tenant.ID, form)
	if wrong, ok := desk.FormFault(err); ok {
		return f.drawProperties(w, r, web.Status(err), &form, desk.Problems(v.Locale, wrong))
	}
	return desk.Done(w, r, err, desk.Of(v).At("properties"), "directory.properties.done")
}
