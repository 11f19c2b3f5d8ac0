package signinpolicies

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/policies"
	"sojourn/ui"
)

// pageData is what a page of one policy shows.
type pageData struct {
	desk.Desk
	view
	topic
	CanSet   bool
	Form     form
	Problems []ui.FieldError
	Newer    bool              // another administrator was quicker: what stands now is shown
	Tried    *policies.Scoring // of a password, when one was tried
}

// checkData is the question before saving.
type checkData struct {
	pageData
	weighed
	After policies.Policy
}

// canSet says whether policies can be changed here, by who looks.
func canSet(v *web.Visit) bool {
	return v.Tenant.State == string(directory.TenantActive) && directory.Allows(directory.RolesHeld(v.Actor), directory.ManagePolicies)
}

// At is the path of the topic.
func (d pageData) here() string { return d.At("policies") + "/" + d.path }

func (f *Feature) showList(w http.ResponseWriter, r *http.Request) error {
	return f.drawList(w, r, listPage)
}

func (f *Feature) showMethods(w http.ResponseWriter, r *http.Request) error {
	return f.drawList(w, r, methodsPage)
}

func (f *Feature) drawList(w http.ResponseWriter, r *http.Request, page func(*ui.Shell, pageData) templ.Component) error {
	v := web.VisitOf(r)
	stands, err := f.view(r.Context(), v.Actor, v.Tenant.ID)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, page(ui.ShellOf(r), pageData{Desk: desk.Of(v), view: stands, CanSet: canSet(v)}))
}

// show shows a topic as it stands.
func (f *Feature) show(one topic) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := web.VisitOf(r)
		stands, err := f.view(r.Context(), v.Actor, v.Tenant.ID)
		if err != nil {
			return err
		}
		return web.Render(w, r, http.StatusOK, one.page(ui.ShellOf(r), standing(v, stands, one)))
	}
}

// standing is the page of a topic with what stands in its form.
func standing(v *web.Visit, stands view, one topic) pageData {
	stands.offerStanding(one.part)
	d := pageData{Desk: desk.Of(v), view: stands, topic: one, CanSet: canSet(v), Form: form{url.Values{}}}
	one.write(stands.Policy, d.Form)
	d.Form.Set("seen", stands.Policy.Mark(one.part))
	return d
}

// submit leads to the question, and saves what was confirmed there.
func (f *Feature) submit(one topic) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, in := web.VisitOf(r), form{r.PostForm}.only(one.fields)
		asks, err := f.wants(r.Context(), v.Actor, v.Tenant.ID, one, in)
		if err != nil {
			return err
		}
		switch {
		case asks.same():
			return desk.Done(w, r, nil, desk.Of(v).At("policies")+"/"+one.path, "policies.same")
		case r.PostFormValue("confirmed") == on:
			err = f.Policies.Set(r.Context(), v.Actor, v.Tenant.ID, one.part, in.Seen(), func(p *policies.Policy) { one.read(asks.Form, p) })
			if !shown(err) {
				return desk.Done(w, r, err, desk.Of(v).At("policies"), "policies.done")
			}
		default:
			err = f.problem(r.Context(), v.Tenant.ID, asks)
		}
		switch {
		case err != nil:
			return f.refuse(w, r, asks, err)
		case one.part == policies.PasswordsPart: // a thousand words are too many for an address
			return f.ask(w, r, asks)
		}
		return desk.Back(w, r, desk.Of(v).At("policies")+"/"+one.path+"/check?"+asks.Form.only(one.fields).Encode())
	}
}

// showCheck says whom a change would touch, and asks. The address holds the change, so
// that who is asked for their password first comes back to it.
func (f *Feature) showCheck(one topic) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := web.VisitOf(r)
		asks, err := f.wants(r.Context(), v.Actor, v.Tenant.ID, one, form{r.URL.Query()}.only(one.fields))
		if err != nil {
			return err
		}
		if err := f.problem(r.Context(), v.Tenant.ID, asks); err != nil {
			return f.refuse(w, r, asks, err)
		}
		if one.part.NeedsProof() && !v.Actor.Proved(v.Now) {
			return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
		}
		return f.ask(w, r, asks)
	}
}

// shown says whether a refusal is shown on the page of its form.
func shown(err error) bool {
	_, isForm := desk.FormFault(err)
	return isForm || fault.Is(err, "changed_meanwhile")
}

// refuse shows the form again: with what is wrong in it, or with what another
// administrator has put in its place.
func (f *Feature) refuse(w http.ResponseWriter, r *http.Request, asks wants, err error) error {
	v := web.VisitOf(r)
	wrong, isForm := desk.FormFault(err)
	switch {
	case isForm:
		d := pageData{Desk: desk.Of(v), view: asks.view, topic: asks.topic, CanSet: canSet(v), Form: asks.Form, Problems: desk.Problems(v.Locale, wrong)}
		return web.Render(w, r, web.Status(err), asks.page(ui.ShellOf(r), d))
	case !shown(err):
		return err
	}
	stands, failed := f.view(r.Context(), v.Actor, v.Tenant.ID)
	if failed != nil {
		return failed
	}
	d := standing(v, stands, asks.topic)
	d.Newer = true
	return web.Render(w, r, web.Status(err), asks.page(ui.ShellOf(r), d))
}

func (f *Feature) ask(w http.ResponseWriter, r *http.Request, asks wants) error {
	v := web.VisitOf(r)
	effect, err := f.weigh(r.Context(), v.Actor, v.Tenant.ID, asks)
	if err != nil {
		return err
	}
	d := pageData{Desk: desk.Of(v), view: asks.view, topic: asks.topic, CanSet: canSet(v), Form: asks.Form.only(asks.fields)}
	if asks.part == policies.PasswordsPart { // a field that is not seen keeps no lines
		d.Form.Set("words", strings.Join(asks.After.Passwords.Banned, ", "))
	}
	return web.Render(w, r, http.StatusOK, checkPage(ui.ShellOf(r), checkData{pageData: d, After: asks.After, weighed: effect}))
}

// mostTried bounds what is tried out, in octets: passwords are no longer.
const mostTried = 1024

// submitTry says what a password scores. It is neither shown again nor written
// down anywhere.
func (f *Feature) submitTry(w http.ResponseWriter, r *http.Request) error {
	v, one := web.VisitOf(r), topicOf(policies.PasswordsPart)
	stands, err := f.view(r.Context(), v.Actor, v.Tenant.ID)
	if err != nil {
		return err
	}
	d, status := standing(v, stands, one), http.StatusOK
	if typed := r.PostFormValue("tried"); typed == "" || len(typed) > mostTried {
		status = http.StatusUnprocessableEntity
		d.Problems = []ui.FieldError{{Field: "tried", Text: v.Locale.T("policies.try.missing")}}
	} else {
		scoring := policies.Score(typed, stands.Passwords.Banned)
		d.Tried = &scoring
	}
	return web.Render(w, r, status, one.page(ui.ShellOf(r), d))
}

func topicOf(part policies.Part) topic {
	for _, one := range topics {
		if one.part == part {
			return one
		}
	}
	return topic{}
}

// page is how a topic is shown.
func (t topic) page(s *ui.Shell, d pageData) templ.Component {
	switch t.part {
	case policies.SecondPart:
		return secondPage(s, d)
	case policies.MethodsPart:
		return methodPage(s, d)
	case policies.CampaignPart:
		return campaignPage(s, d)
	case policies.ResetPart:
		return resetPage(s, d)
	case policies.PasswordsPart:
		return passwordsPage(s, d)
	case policies.LockOutPart:
		return lockOutPage(s, d)
	}
	return sessionsPage(s, d)
}

// title is what a topic is called.
func (t topic) title(s *ui.Shell) string {
	if t.method != "" {
		return methodName(s, t.method)
	}
	return partName(s, t.part)
}

// leadKey says what the title is a policy of.
func (t topic) leadKey() string {
	if t.method != "" {
		return "policies.check.lead.method"
	}
	return "policies.check.lead"
}

func methodName(s *ui.Shell, t accounts.MethodType) string {
	return s.T("policies.method." + string(t))
}

func partName(s *ui.Shell, p policies.Part) string { return s.T("policies.part." + string(p)) }
