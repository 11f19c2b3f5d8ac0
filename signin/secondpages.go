package signin

import (
	"net/http"
	"net/url"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

const (
	secondPath      = "/sign-in/second"
	proofSecondPath = "/prove/second"
)

// secondForm is the page that asks for a code, of a sign-in or of a proof.
type secondForm struct {
	Path    string // of the step
	Name    string // of the person
	Address string
	Change  string // the way back to another name; "" in a session
	Cancel  bool
	Secret  string // of the flow
	Factor  accounts.Factor
	Others  bool // there is another method
	Alone   bool // no organization's administrators can help
	Sent    bool // its code has been sent
	Problem string
}

func (f *Feature) showSecond(w http.ResponseWriter, r *http.Request) error {
	form, list, err := f.secondOf(r)
	if err != nil {
		return f.again(w, r, err)
	}
	form.Sent = r.URL.Query().Get("sent") != "" // no more than which of two pages is shown
	return f.drawSecond(w, r, http.StatusOK, form, list, r.URL.Query().Get("use"))
}

// submitSend sends a code. Whether it was one too many is not told.
func (f *Feature) submitSend(w http.ResponseWriter, r *http.Request) error {
	v, secret := web.VisitOf(r), r.PostFormValue("flow")
	flow, err := f.SecondFlow(r.Context(), secret, v.FormKey)
	if err != nil {
		return f.again(w, r, err)
	}
	return f.send(w, r, flow, secret)
}

func (f *Feature) send(w http.ResponseWriter, r *http.Request, flow Flow, secret string) error {
	factor := r.PostFormValue("method")
	if err := f.SendCode(r.Context(), web.VisitOf(r).Actor, flow, factor); err != nil {
		return f.askAgain(w, r, flow, secret, false, err)
	}
	path := secondPath
	if flow.purpose == toProve {
		path = proofSecondPath
	}
	if r.PostFormValue("again") != "" {
		web.Say(w, "ok", "signin.second.sent")
	}
	return web.See(w, r, path+"?"+url.Values{"use": {factor}, "sent": {"1"}}.Encode())
}

func (f *Feature) showMethods(w http.ResponseWriter, r *http.Request) error {
	form, list, err := f.secondOf(r)
	if err != nil {
		return f.again(w, r, err)
	}
	return web.Render(w, r, http.StatusOK, methodsPage(ui.ShellOf(r), form, list))
}

// secondOf reads the sign-in that the browser's cookie names, at its second step.
func (f *Feature) secondOf(r *http.Request) (secondForm, []accounts.Factor, error) {
	v, secret := web.VisitOf(r), f.flowOf(r)
	flow, err := f.SecondFlow(r.Context(), secret, v.FormKey)
	if err != nil {
		return secondForm{}, nil, err
	}
	return f.secondForm(r, flow, secret)
}

func (f *Feature) secondForm(r *http.Request, flow Flow, secret string) (secondForm, []accounts.Factor, error) {
	list, err := f.Factors(r.Context(), flow)
	if err != nil {
		return secondForm{}, nil, err
	}
	alone, err := f.alone(r.Context(), flow)
	form := secondForm{Path: secondPath, Name: flow.Name, Address: flow.Name, Change: passwordForm{Flow: flow}.change(), Secret: secret}
	if flow.purpose == toProve {
		p := web.VisitOf(r).Person
		form = secondForm{Path: proofSecondPath, Name: p.Name, Address: p.Address, Cancel: true, Secret: secret}
	}
	form.Alone = alone
	return form, list, err
}

// drawSecond asks for a code of one factor. Where the last one was deleted
// meanwhile, there is nothing to ask for: start again.
func (f *Feature) drawSecond(w http.ResponseWriter, r *http.Request, status int, form secondForm, list []accounts.Factor, use string) error {
	factor, ok := chosen(list, use)
	if !ok {
		return f.again(w, r, over())
	}
	form.Factor, form.Others = factor, len(list) > 1
	return web.Render(w, r, status, secondPage(ui.ShellOf(r), form))
}

func (f *Feature) submitSecond(w http.ResponseWriter, r *http.Request) error {
	v, secret := web.VisitOf(r), r.PostFormValue("flow")
	flow, err := f.SecondFlow(r.Context(), secret, v.FormKey)
	if err != nil {
		return f.again(w, r, err)
	}
	entered, err := f.EnterSecond(r.Context(), v.Actor, f.secondIn(r, flow))
	if err != nil {
		return f.askAgain(w, r, flow, secret, true, err)
	}
	return f.in(w, r, entered)
}

// secondIn is what a page of the second step brings.
func (f *Feature) secondIn(r *http.Request, flow Flow) Second {
	return Second{
		Flow: flow, Cookie: f.cookieOf(r), Factor: r.PostFormValue("method"), Code: r.PostFormValue("code"), Language: web.VisitOf(r).Locale.Lang(),
	}
}

// askAgain shows the page again with what was wrong.
func (f *Feature) askAgain(w http.ResponseWriter, r *http.Request, flow Flow, secret string, sent bool, err error) error {
	problem := problemOf(ui.ShellOf(r), err)
	if problem == "" {
		return f.again(w, r, err)
	}
	form, list, readErr := f.secondForm(r, flow, secret)
	if readErr != nil {
		return readErr
	}
	form.Problem, form.Sent = problem, sent
	return f.drawSecond(w, r, web.Status(err), form, list, r.PostFormValue("method"))
}

func (f *Feature) showProofSecond(w http.ResponseWriter, r *http.Request) error {
	form, list, err := f.proofOf(r)
	if err != nil {
		return f.proveAgain(w, r, err)
	}
	form.Sent = r.URL.Query().Get("sent") != ""
	return f.drawSecond(w, r, http.StatusOK, form, list, r.URL.Query().Get("use"))
}

func (f *Feature) submitProofSend(w http.ResponseWriter, r *http.Request) error {
	v, secret := web.VisitOf(r), r.PostFormValue("flow")
	flow, err := f.ProofFlow(r.Context(), secret, v.Actor)
	if err != nil {
		return f.proveAgain(w, r, err)
	}
	return f.send(w, r, flow, secret)
}

func (f *Feature) showProofMethods(w http.ResponseWriter, r *http.Request) error {
	form, list, err := f.proofOf(r)
	if err != nil {
		return f.proveAgain(w, r, err)
	}
	return web.Render(w, r, http.StatusOK, methodsPage(ui.ShellOf(r), form, list))
}

func (f *Feature) proofOf(r *http.Request) (secondForm, []accounts.Factor, error) {
	secret := f.flowOf(r)
	flow, err := f.ProofFlow(r.Context(), secret, web.VisitOf(r).Actor)
	if err != nil {
		return secondForm{}, nil, err
	}
	return f.secondForm(r, flow, secret)
}

func (f *Feature) submitProofSecond(w http.ResponseWriter, r *http.Request) error {
	v, secret := web.VisitOf(r), r.PostFormValue("flow")
	flow, err := f.ProofFlow(r.Context(), secret, v.Actor)
	if err != nil {
		return f.proveAgain(w, r, err)
	}
	proved, err := f.ProveSecond(r.Context(), v.Actor, f.secondIn(r, flow))
	if fault.Is(err, "flow_over") {
		return f.proveAgain(w, r, err)
	}
	if err != nil {
		return f.askAgain(w, r, flow, secret, true, err)
	}
	f.setCookie(w, browserCookie, proved.Cookie, cookieLife)
	f.setCookie(w, flowCookie, "", 0)
	if proved.Code {
		sayCode(w)
	}
	return web.See(w, r, flow.ReturnURL)
}

// proveAgain sends somebody whose proof is over back to the password.
func (f *Feature) proveAgain(w http.ResponseWriter, r *http.Request, err error) error {
	if !fault.Is(err, "flow_over") {
		return err
	}
	f.setCookie(w, flowCookie, "", 0)
	web.Say(w, "warn", "signin.flow.over")
	return web.See(w, r, "/prove")
}

// asking is the page that asks for a code of a method.
func (f secondForm) asking(method accounts.Factor) string {
	return f.Path + "?" + url.Values{"use": {method.ID}}.Encode()
}
