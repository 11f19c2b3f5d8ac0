package passkeys

import (
	"net/http"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/sources"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// addForm is what is asked before the browser makes the passkey.
type addForm struct {
	Kind     kind
	Name     string
	Full     bool // there is no room for another
	Problems []ui.FieldError
}

func (f addForm) problem(field string) string {
	for _, e := range f.Problems {
		if e.Field == field {
			return e.Text
		}
	}
	return ""
}

// ready answers for a page that adds: its word is known, the portal can have
// passkeys, the organization allows them, and who asks has proved who they are a
// moment ago.
func (f *Feature) ready(r *http.Request) (kind, securityinfo.Info, error) {
	v := web.VisitOf(r)
	k, known := kindOf(r.PathValue("kind"))
	if !known || !f.Info.Passkeys() {
		return k, securityinfo.Info{}, fault.Missing()
	}
	if err := securityinfo.Fresh(v.Actor, v.Now); err != nil {
		return k, securityinfo.Info{}, err
	}
	info, err := f.Info.Info(r.Context(), v.Actor)
	if err == nil && !info.Allows(accounts.Passkey) {
		err = fault.New(fault.Forbidden, "method_not_allowed", "securityinfo.refused.method.title")
	}
	return k, info, err
}

func (f *Feature) showAdd(w http.ResponseWriter, r *http.Request) error {
	k, info, err := f.ready(r)
	if err != nil {
		return err
	}
	form := addForm{Kind: k, Full: info.KeysFull(), Name: suggested(ui.ShellOf(r), k, r.UserAgent())}
	return web.Render(w, r, http.StatusOK, addPage(ui.ShellOf(r), form))
}

func (f *Feature) submitAsk(w http.ResponseWriter, r *http.Request) error {
	k, known := kindOf(r.PathValue("kind"))
	if !known {
		return fault.Missing()
	}
	options, err := f.Info.AskForPasskey(r.Context(), web.VisitOf(r).Actor, k.portable(), r.PostFormValue("name"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = w.Write(options)
	return err
}

func (f *Feature) submitAdd(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	k, known := kindOf(r.PathValue("kind"))
	if !known {
		return fault.Missing()
	}
	form := addForm{Kind: k, Name: r.PostFormValue("name")}
	called := securityinfo.KeyName{Typed: form.Name, Suggested: suggested(s, k, r.UserAgent())}
	done, err := f.Info.AddPasskey(r.Context(), v.Actor, k.portable(), r.PostFormValue("code"), called)
	if err == nil {
		note := k.word("done")
		if done.First {
			note = k.word("done.first")
		}
		web.Say(w, "ok", note)
		return web.See(w, r, "/security-info/changed")
	}
	problems, ok := problemsOf(s, err)
	if !ok {
		return err
	}
	form.Problems = problems
	return web.Render(w, r, web.Status(err), addPage(s, form))
}

// mine reads a passkey of the asker, for a page that changes it.
func (f *Feature) mine(r *http.Request) (accounts.Method, securityinfo.Info, error) {
	v := web.VisitOf(r)
	m, _, err := f.Info.Method(r.Context(), v.Actor, r.PathValue("method"), accounts.Passkey)
	if err == nil {
		err = securityinfo.Fresh(v.Actor, v.Now)
	}
	if err != nil {
		return m, securityinfo.Info{}, err
	}
	info, err := f.Info.Info(r.Context(), v.Actor)
	return m, info, err
}

func (f *Feature) showName(w http.ResponseWriter, r *http.Request) error {
	m, _, err := f.mine(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, namePage(ui.ShellOf(r), nameForm{Method: m, Name: m.Name}))
}

func (f *Feature) submitName(w http.ResponseWriter, r *http.Request) error {
	s := ui.ShellOf(r)
	m, _, err := f.mine(r)
	if err != nil {
		return err
	}
	form := nameForm{Method: m, Name: r.PostFormValue("name")}
	if err := f.Info.Rename(r.Context(), web.VisitOf(r).Actor, accounts.Passkey, m.ID, form.Name); err != nil {
		problems, ok := problemsOf(s, err)
		if !ok {
			return err
		}
		form.Problems = problems
		return web.Render(w, r, web.Status(err), namePage(s, form))
	}
	web.Say(w, "ok", "securityinfo.passkeys.named")
	return web.See(w, r, "/security-info")
}

func (f *Feature) showDelete(w http.ResponseWriter, r *http.Request) error {
	m, info, err := f.mine(r)
	if err != nil {
		return err
	}
	d := deletion{Method: m, Last: len(info.Choices()) == 1, Only: info.Only(m), Codes: info.Codes().Left}
	return web.Render(w, r, http.StatusOK, deletePage(ui.ShellOf(r), d))
}

func (f *Feature) submitDelete(w http.ResponseWriter, r *http.Request) error {
	m, _, err := f.mine(r)
	if err != nil {
		return err
	}
	if err := f.Info.RemovePasskey(r.Context(), web.VisitOf(r).Actor, m.ID); err != nil {
		return err
	}
	web.Say(w, "ok", kindIn(m).word("deleted"))
	return web.See(w, r, "/security-info/changed")
}

// kindIn is what a method is.
func kindIn(m accounts.Method) kind {
	if m.Portable {
		return keyKind
	}
	return passkeyKind
}

// problemsOf reads a fault that the form can show: of a field, or of the passkey
// itself, whose button has the problem then. ok is false for everything that needs
// a page of its own.
func problemsOf(s *ui.Shell, err error) (out []ui.FieldError, ok bool) {
	f, ok := fault.Of(err)
	if !ok || f.Code == sources.Code || f.Kind != fault.Invalid && f.Code != "passkey_known" {
		return nil, false
	}
	for _, field := range f.Fields {
		out = append(out, ui.FieldError{Field: field.Name, Text: s.T(field.Key, field.Args...)})
	}
	if len(out) == 0 {
		out = append(out, ui.FieldError{Field: "passkey", Text: s.T(f.Key, f.Args...)})
	}
	return out, true
}
