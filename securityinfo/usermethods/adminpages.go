package usermethods

import (
	"net/http"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/web"
	"sojourn/ui"
)

type methodsData struct {
	desk.Desk
	look
	CanPhone   bool // codes go to telephones
	CanReadLog bool // the organization's audit log
}

func (f *Feature) showMethods(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	l, err := f.look(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	if err == nil && (l.open() || l.reachable()) {
		err = f.remember(r.Context(), &l)
	}
	if err != nil {
		return err
	}
	_, phones := f.Gives.PhoneOffer()
	d := methodsData{Desk: desk.Of(v), look: l, CanPhone: len(phones) > 0}
	d.CanReadLog = directory.MayRead(v.Actor, v.Tenant.ID, directory.ReadAudit) == nil
	return web.Render(w, r, http.StatusOK, methodsPage(ui.ShellOf(r), d))
}

type deleteData struct {
	methodsData
	Method accounts.Method
	Alone  bool // the password is all that is asked for then
}

func (f *Feature) showDelete(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	l, err := f.ask(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	if err != nil {
		return err
	}
	m, err := l.method(r.PathValue("method"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, deletePage(ui.ShellOf(r), deleteData{
		methodsData: methodsData{Desk: desk.Of(v), look: l}, Method: m, Alone: passwordAlone(l.Methods, m.ID),
	}))
}

func (f *Feature) submitDelete(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.Delete(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"), r.PathValue("method"))
	return toMethods(w, r, err, "securityinfo.usermethods.delete.done")
}

func (f *Feature) showRegister(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	l, err := f.ask(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, registerPage(ui.ShellOf(r), methodsData{Desk: desk.Of(v), look: l}))
}

func (f *Feature) submitRegister(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.RequireRegistration(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	return toMethods(w, r, err, "securityinfo.usermethods.register.done")
}

func (f *Feature) showSignOut(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	l, err := f.ask(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, signOutPage(ui.ShellOf(r), methodsData{Desk: desk.Of(v), look: l}))
}

func (f *Feature) submitSignOut(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.SignOut(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	return toMethods(w, r, err, "securityinfo.usermethods.signOut.done")
}

// toMethods answers an act with the page it began at.
func toMethods(w http.ResponseWriter, r *http.Request, err error, said string) error {
	return desk.Done(w, r, err, desk.Of(web.VisitOf(r)).At("users", r.PathValue("user"), "methods"), said)
}
