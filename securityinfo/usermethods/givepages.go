package usermethods

import (
	"net/http"

	"sojourn/accounts"
	"sojourn/directory/desk"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

type giveData struct {
	methodsData
	Reach    securityinfo.Reach
	Kinds    []accounts.MethodType
	Phone    securityinfo.PhoneForm
	Address  string
	Replaced accounts.Method // by pressing the button now
	Problems []ui.FieldError
}

func (f *Feature) showPhone(w http.ResponseWriter, r *http.Request) error {
	reach, kinds := f.Gives.PhoneOffer()
	if len(kinds) == 0 {
		return f.noPhone(r)
	}
	return f.drawGive(w, r, http.StatusOK, giveData{Phone: securityinfo.PhoneForm{Type: kinds[0], Country: reach.Home, Way: reach.Ways[0]}}, nil)
}

func (f *Feature) submitPhone(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	in := securityinfo.PhoneForm{
		Type: accounts.MethodType(r.PostFormValue("type")), Country: r.PostFormValue("country"), Number: r.PostFormValue("phone"),
		Extension: r.PostFormValue("extension"), Way: accounts.Way(r.PostFormValue("way")),
	}
	if !in.Type.IsPhone() {
		return f.noPhone(r)
	}
	seen := r.PostFormValue("seen")
	err := f.GivePhone(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"), in, seen)
	if wrong, ok := desk.FormFault(err); ok {
		return f.drawGive(w, r, web.Status(err), giveData{Phone: in}, wrong)
	}
	f.keep(w, r, err, draft{Phone: in})
	return toMethods(w, r, err, givenKey("phone", seen))
}

// noPhone: there is nothing of that sort to add, for whoever may add any.
func (f *Feature) noPhone(r *http.Request) error {
	v := web.VisitOf(r)
	if _, err := f.ask(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user")); err != nil {
		return err
	}
	return fault.Missing()
}

func (f *Feature) showEmail(w http.ResponseWriter, r *http.Request) error {
	return f.drawGive(w, r, http.StatusOK, giveData{Phone: securityinfo.PhoneForm{Type: accounts.Email}}, nil)
}

func (f *Feature) submitEmail(w http.ResponseWriter, r *http.Request) error {
	v, typed, seen := web.VisitOf(r), r.PostFormValue("address"), r.PostFormValue("seen")
	err := f.GiveEmail(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"), typed, seen)
	if wrong, ok := desk.FormFault(err); ok {
		return f.drawGive(w, r, web.Status(err), giveData{Phone: securityinfo.PhoneForm{Type: accounts.Email}, Address: typed}, wrong)
	}
	f.keep(w, r, err, draft{Address: typed})
	return toMethods(w, r, err, givenKey("email", seen))
}

// drawGive shows the form, and what pressing its button would replace.
func (f *Feature) drawGive(w http.ResponseWriter, r *http.Request, status int, d giveData, wrong *fault.Fault) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	l, err := f.ask(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	if err != nil {
		return err
	}
	if typed, found := f.takeDraft(w, r); found {
		d.Address = typed.Address
		if d.Phone.Type.IsPhone() {
			d.Phone = typed.Phone
		}
	}
	d.methodsData = methodsData{Desk: desk.Of(v), look: l}
	d.Reach, d.Kinds = f.Gives.PhoneOffer()
	if wrong != nil {
		d.Problems = desk.Problems(v.Locale, wrong)
	}
	for _, m := range l.Methods {
		if m.Type == d.Phone.Type && (wrong != nil || m.Type == accounts.Email) {
			d.Replaced = m
		}
	}
	if d.Phone.Type == accounts.Email {
		return web.Render(w, r, status, givenEmailPage(s, d))
	}
	return web.Render(w, r, status, givenPhonePage(s, d))
}
