package signin

import (
	"net/http"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

// options answers a script with what it hands to the browser.
func options(w http.ResponseWriter, made []byte, err error) error {
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = w.Write(made)
	return err
}

func (f *Feature) submitAsk(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	made, err := f.AskPasskey(r.Context(), v.Actor, v.FormKey)
	return options(w, made, err)
}

// submitPasskey signs in. What was refused is said on the page of the name, where
// every other way begins.
func (f *Feature) submitPasskey(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	form := nameForm{Name: r.PostFormValue("name"), ReturnURL: r.PostFormValue("returnUrl"), Another: r.PostFormValue("another") != "", Stays: r.PostFormValue("stay") != "", Passkeys: f.HasPasskeys()}
	entered, err := f.EnterPasskey(r.Context(), v.Actor, Answering{
		Browser: v.FormKey, Cookie: f.cookieOf(r), Sent: r.PostFormValue("code"), Language: v.Locale.Lang(), ReturnURL: form.ReturnURL, Stays: form.Stays,
	})
	if err == nil {
		return f.in(w, r, entered)
	}
	if form.Refused = problemOf(s, err); form.Refused == "" {
		return f.again(w, r, err)
	}
	return web.Render(w, r, web.Status(err), namePage(s, form))
}

func (f *Feature) submitSecondAsk(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	flow, err := f.SecondFlow(r.Context(), r.PostFormValue("flow"), v.FormKey)
	if err != nil {
		return err
	}
	made, err := f.AskSecond(r.Context(), v.Actor, flow)
	return options(w, made, err)
}

func (f *Feature) submitProofSecondAsk(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	flow, err := f.ProofFlow(r.Context(), r.PostFormValue("flow"), v.Actor)
	if err != nil {
		return err
	}
	made, err := f.AskSecond(r.Context(), v.Actor, flow)
	return options(w, made, err)
}

func (f *Feature) submitProofAsk(w http.ResponseWriter, r *http.Request) error {
	made, err := f.AskProof(r.Context(), web.VisitOf(r).Actor)
	return options(w, made, err)
}

func (f *Feature) submitProofPasskey(w http.ResponseWriter, r *http.Request) error {
	returnURL := web.LocalPath(r.PostFormValue("returnUrl"))
	fresh, err := f.ProvePasskey(r.Context(), web.VisitOf(r).Actor, f.cookieOf(r), r.PostFormValue("code"))
	if err == nil {
		f.setCookie(w, browserCookie, fresh, cookieLife)
		return web.See(w, r, returnURL)
	}
	if fault.Is(err, "flow_over") {
		return f.proveAgain(w, r, err)
	}
	return f.drawProof(w, r, returnURL, "", err)
}

// drawProof asks for a fresh proof. problem is of the password, err of a passkey.
func (f *Feature) drawProof(w http.ResponseWriter, r *http.Request, returnURL, problem string, err error) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	by, readErr := f.provers(r.Context(), v.Actor)
	if readErr != nil {
		return readErr
	}
	form := proofForm{Name: v.Person.Name, Address: v.Person.Address, ReturnURL: returnURL, Problem: problem, By: by}
	status := http.StatusOK
	if err != nil {
		status = web.Status(err)
	}
	if err != nil && problem == "" {
		if form.Refused = problemOf(s, err); form.Refused == "" {
			return err
		}
	}
	return web.Render(w, r, status, proofPage(s, form))
}
