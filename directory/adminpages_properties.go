package directory

import (
	"net/http"

	"sojourn/internal/web"
	"sojourn/ui"
)

type propertiesData struct {
	desk
	TenantView
	Form     Properties
	Problems []ui.FieldError
}

func (f *Feature) showProperties(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	t, err := f.TenantView(r.Context(), v.Actor, v.Tenant.ID)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, propertiesPage(ui.ShellOf(r), propertiesData{desk: deskOf(v), TenantView: t, Form: t.Properties()}))
}

func (f *Feature) submitProperties(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	form := Properties{
		Name: r.PostFormValue("name"), PrivacyStatement: r.PostFormValue("statement"),
		PrivacyContact: r.PostFormValue("privacy"), TechnicalContact: r.PostFormValue("technical"),
	}
	err := f.SetProperties(r.Context(), v.Actor, v.Tenant.ID, form)
	wrong, ok := formFault(err)
	switch {
	case err == nil:
		web.Say(w, "ok", "directory.properties.done")
		return back(w, r, deskOf(v).At("properties"))
	case !ok:
		return err
	}
	status := web.Status(err)
	t, err := f.TenantView(r.Context(), v.Actor, v.Tenant.ID)
	if err != nil {
		return err
	}
	return web.Render(w, r, status, propertiesPage(ui.ShellOf(r), propertiesData{desk: deskOf(v), TenantView: t, Form: form, Problems: problems(v.Locale, wrong)}))
}
