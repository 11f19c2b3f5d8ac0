package authenticator

import (
	"net/http"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/sources"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// showBegin says which app is needed; the secret is made by pressing its button.
func (f *Feature) showBegin(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	if err := securityinfo.Fresh(v.Actor, v.Now); err != nil {
		return err
	}
	to, err := f.purposeOf(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, beginPage(s, to))
}

func (f *Feature) submitBegin(w http.ResponseWriter, r *http.Request) error {
	to, err := f.purposeOf(r)
	if err != nil {
		return err
	}
	if err := to.begin(r.Context(), web.VisitOf(r).Actor); err != nil {
		return err
	}
	return web.See(w, r, to.Path+"/scan")
}

func (f *Feature) showScan(w http.ResponseWriter, r *http.Request) error {
	return f.drawScan(w, r, http.StatusOK, scanForm{})
}

// drawScan shows what waits to be scanned. Where nothing waits any more, the way
// is to begin again.
func (f *Feature) drawScan(w http.ResponseWriter, r *http.Request, status int, form scanForm) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	to, err := f.purposeOf(r)
	if err != nil {
		return err
	}
	setUp, err := to.settingUp(r.Context(), v.Actor)
	if err != nil {
		return f.over(w, r, err)
	}
	form.Purpose = to
	form.Issuer, form.Account, form.Key, form.URI, form.Method = setUp.Issuer, setUp.Account, setUp.Key, setUp.URI, setUp.MethodID
	if form.QR, err = qrOf(setUp.URI, s.T("securityinfo.authenticator.qr")); err != nil {
		return err
	}
	return web.Render(w, r, status, scanPage(s, form))
}

func (f *Feature) submitScan(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	code, name := r.PostFormValue("code"), r.PostFormValue("name")
	to, err := f.purposeOf(r)
	if err != nil {
		return err
	}
	note, err := to.confirm(r.Context(), v.Actor, r.PostFormValue("method"), code, name)
	if err == nil {
		web.Say(w, "ok", note)
		return web.See(w, r, to.after())
	}
	form, ok := scanForm{Name: name}, false
	if form.Problems, ok = problemsOf(s, err); !ok {
		return f.over(w, r, err)
	}
	return f.drawScan(w, r, web.Status(err), form)
}

// over says that a set-up has ended; any other error stays one.
func (f *Feature) over(w http.ResponseWriter, r *http.Request, err error) error {
	if !fault.Is(err, "set_up_over") {
		return err
	}
	to, readErr := f.purposeOf(r)
	if readErr != nil {
		return readErr
	}
	return web.Render(w, r, web.Status(err), overPage(ui.ShellOf(r), to))
}

func (f *Feature) showDelete(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	m, list, err := f.Info.Method(r.Context(), v.Actor, r.PathValue("method"), accounts.Authenticator)
	if err == nil {
		err = securityinfo.Fresh(v.Actor, v.Now)
	}
	if err != nil {
		return err
	}
	info := securityinfo.Info{Methods: list}
	d := deletion{Method: m, Last: len(info.Choices()) == 1, Codes: info.Codes().Left}
	if m.Default && !d.Last {
		d.Next, d.Follows = info.Choices()[1], true
	}
	return web.Render(w, r, http.StatusOK, deletePage(s, d))
}

func (f *Feature) submitDelete(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if _, _, err := f.Info.Method(r.Context(), v.Actor, r.PathValue("method"), accounts.Authenticator); err != nil {
		return err
	}
	if err := f.Info.Remove(r.Context(), v.Actor, r.PathValue("method")); err != nil {
		return err
	}
	web.Say(w, "ok", "securityinfo.authenticator.deleted")
	return web.See(w, r, "/security-info/changed")
}

// problemsOf reads a fault that the form can show: ok is false for everything
// that needs a page of its own.
func problemsOf(s *ui.Shell, err error) (out []ui.FieldError, ok bool) {
	f, ok := fault.Of(err)
	if !ok || f.Code == sources.Code || f.Kind != fault.Invalid {
		return nil, false
	}
	for _, field := range f.Fields {
		out = append(out, ui.FieldError{Field: field.Name, Text: s.T(field.Key, field.Args...)})
	}
	return out, true
}
