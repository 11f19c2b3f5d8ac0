package phones

import (
	"net/http"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/phone"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// kindOf is the telephone that an address is about; any other is not there.
func kindOf(r *http.Request) (accounts.MethodType, error) {
	kind := accounts.MethodType(r.PathValue("method"))
	if !kind.IsPhone() {
		return "", fault.Missing()
	}
	return kind, nil
}

func (f *Feature) showNumber(w http.ResponseWriter, r *http.Request) error {
	return f.drawNumber(w, r, http.StatusOK, numberForm{Fresh: true})
}

// drawNumber asks for a number. What there is already is shown in full: who asks
// has proved who they are.
func (f *Feature) drawNumber(w http.ResponseWriter, r *http.Request, status int, form numberForm) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	kind, err := kindOf(r)
	if err != nil {
		return err
	}
	reach, err := f.Info.PhoneReach(r.Context(), v.Actor, kind)
	if err != nil {
		return err
	}
	info, err := f.Info.Info(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	form.Type, form.Reach = kind, reach
	if there := info.Phone(kind); there.ID != "" {
		if n, err := phone.Of(there.Number); err == nil {
			n.Extension = there.Extension
			form.Now = securityinfo.Dialled(s, n)
		}
	}
	if form.Fresh {
		form.Country, form.Way = reach.Home, reach.Ways[0]
	}
	return web.Render(w, r, status, numberPage(s, form))
}

func (f *Feature) submitNumber(w http.ResponseWriter, r *http.Request) error {
	kind, err := kindOf(r)
	if err != nil {
		return err
	}
	in := securityinfo.PhoneForm{
		Type: kind, Country: r.PostFormValue("country"), Number: r.PostFormValue("phone"), Extension: r.PostFormValue("extension"),
		Way: accounts.Way(r.PostFormValue("way")),
	}
	err = f.Info.BeginPhone(r.Context(), web.VisitOf(r).Actor, in)
	if err == nil {
		return web.See(w, r, pathOf(kind)+"/code")
	}
	problems, ok := securityinfo.ProblemsOf(ui.ShellOf(r), err)
	if !ok {
		return err
	}
	return f.drawNumber(w, r, web.Status(err), numberForm{Country: in.Country, Number: in.Number, Extension: in.Extension, Way: in.Way, Problems: problems})
}

func (f *Feature) showCode(w http.ResponseWriter, r *http.Request) error {
	return f.drawCode(w, r, http.StatusOK, nil)
}

// drawCode asks for the code. Where nothing waits any more, the way is to begin
// again.
func (f *Feature) drawCode(w http.ResponseWriter, r *http.Request, status int, problems []ui.FieldError) error {
	kind, err := kindOf(r)
	if err != nil {
		return err
	}
	setUp, err := f.Info.SettingUpPhone(r.Context(), web.VisitOf(r).Actor, kind)
	if err != nil {
		return f.over(w, r, kind, err)
	}
	s := ui.ShellOf(r)
	return web.Render(w, r, status, codePage(s, codeForm{
		Type: kind, Method: setUp.MethodID, Number: securityinfo.Dialled(s, setUp.Number), Way: setUp.Way, Problems: problems,
	}))
}

func (f *Feature) submitCode(w http.ResponseWriter, r *http.Request) error {
	kind, err := kindOf(r)
	if err != nil {
		return err
	}
	done, err := f.Info.ConfirmPhone(r.Context(), web.VisitOf(r).Actor, kind, r.PostFormValue("method"), r.PostFormValue("code"))
	if err == nil {
		web.Say(w, "ok", doneKey(done))
		return web.See(w, r, "/security-info/changed")
	}
	problems, ok := securityinfo.ProblemsOf(ui.ShellOf(r), err)
	if !ok {
		return f.over(w, r, kind, err)
	}
	return f.drawCode(w, r, web.Status(err), problems)
}

func doneKey(c securityinfo.Confirmed) string {
	switch {
	case c.First:
		return "securityinfo.phones.done.first"
	case c.Replaced:
		return "securityinfo.phones.done.changed"
	}
	return "securityinfo.phones.done"
}

// submitAgain sends another code. Whether it was one too many is not told.
func (f *Feature) submitAgain(w http.ResponseWriter, r *http.Request) error {
	kind, err := kindOf(r)
	if err != nil {
		return err
	}
	err = f.Info.SendAgain(r.Context(), web.VisitOf(r).Actor, kind)
	if err == nil {
		web.Say(w, "ok", "signin.second.sent")
		return web.See(w, r, pathOf(kind)+"/code")
	}
	problems, ok := securityinfo.ProblemsOf(ui.ShellOf(r), err)
	if !ok {
		return f.over(w, r, kind, err)
	}
	return f.drawCode(w, r, web.Status(err), problems)
}

// over says that a set-up has ended; any other error stays one.
func (f *Feature) over(w http.ResponseWriter, r *http.Request, kind accounts.MethodType, err error) error {
	if !fault.Is(err, "set_up_over") {
		return err
	}
	return web.Render(w, r, web.Status(err), overPage(ui.ShellOf(r), kind))
}

func (f *Feature) showDelete(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	info, m, err := f.there(r)
	if err == nil {
		err = securityinfo.Fresh(v.Actor, v.Now)
	}
	if err != nil {
		return err
	}
	d := deletion{Method: m, Last: len(info.Choices()) == 1, Codes: info.Codes().Left}
	if m.Default && !d.Last {
		d.Next, d.Follows = info.Choices()[1], true
	}
	return web.Render(w, r, http.StatusOK, deletePage(ui.ShellOf(r), d))
}

func (f *Feature) submitDelete(w http.ResponseWriter, r *http.Request) error {
	_, m, err := f.there(r)
	if err != nil {
		return err
	}
	if err := f.Info.Remove(r.Context(), web.VisitOf(r).Actor, m.ID); err != nil {
		return err
	}
	web.Say(w, "ok", "securityinfo.phones.deleted")
	return web.See(w, r, "/security-info/changed")
}

// there is the asker's telephone of the type that the address names.
func (f *Feature) there(r *http.Request) (securityinfo.Info, accounts.Method, error) {
	kind, err := kindOf(r)
	if err != nil {
		return securityinfo.Info{}, accounts.Method{}, err
	}
	info, err := f.Info.Info(r.Context(), web.VisitOf(r).Actor)
	if err == nil && info.Phone(kind).ID == "" {
		err = fault.Missing()
	}
	return info, info.Phone(kind), err
}
