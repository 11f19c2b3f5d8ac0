package organizations

import (
	"net/http"

	"github.com/a-h/templ"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

func (f *Feature) showSuccessor(w http.ResponseWriter, r *http.Request) error {
	return f.drawSuccessor(w, r, http.StatusOK, "", nil)
}

func (f *Feature) drawSuccessor(w http.ResponseWriter, r *http.Request, status int, chosen string, problems []ui.FieldError) error {
	v, query := web.VisitOf(r), r.URL.Query()
	s, err := f.Succession(r.Context(), v.Actor, r.PathValue("id"), query.Get("q"), directory.ParseCursor(query.Get("after")))
	if err != nil {
		return err
	}
	if s.NeedsProof {
		return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
	}
	return web.Render(w, r, status, successorPage(ui.ShellOf(r), s, chosen, problems))
}

func (f *Feature) submitSuccessor(w http.ResponseWriter, r *http.Request) error {
	v, chosen := web.VisitOf(r), r.PostFormValue("successor")
	receipt, err := f.HandOver(r.Context(), v.Actor, r.PathValue("id"), chosen)
	if wrong, ok := fault.Of(err); ok && wrong.Kind == fault.Invalid {
		return f.drawSuccessor(w, r, web.Status(err), chosen, desk.Problems(v.Locale, wrong))
	}
	if err != nil {
		return err
	}
	v.Tenant.Carry = ""
	web.Say(w, "ok", "organizations.successor.done", "org", receipt.Organization)
	return web.See(w, r, "/organizations/receipts/"+receipt.ID)
}

func (f *Feature) showClose(w http.ResponseWriter, r *http.Request) error {
	return f.drawClose(w, r, http.StatusOK, "", nil)
}

func (f *Feature) drawClose(w http.ResponseWriter, r *http.Request, status int, typed string, problems []ui.FieldError) error {
	v := web.VisitOf(r)
	farewell, err := f.Farewell(r.Context(), v.Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	if !farewell.Sole {
		return fault.New(fault.Conflict, "not_alone", "organizations.close.notAlone", "org", farewell.Tenant.Name)
	}
	if !v.Actor.Proved(v.Now) {
		return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
	}
	return web.Render(w, r, status, closePage(ui.ShellOf(r), farewell, v.Now.AddDate(0, 0, directory.ClosingDays), typed, problems))
}

func (f *Feature) submitClose(w http.ResponseWriter, r *http.Request) error {
	v, typed := web.VisitOf(r), r.PostFormValue("name")
	_, err := f.Close(r.Context(), v.Actor, r.PathValue("id"), typed)
	if wrong, ok := fault.Of(err); ok && wrong.Kind == fault.Invalid {
		return f.drawClose(w, r, web.Status(err), typed, desk.Problems(v.Locale, wrong))
	}
	if err != nil {
		return err
	}
	web.Say(w, "ok", "organizations.close.done")
	return web.See(w, r, "/organizations")
}

// successorOptions are the people to choose from, each with what tells them apart.
func successorOptions(s Succession) []ui.Option {
	out := make([]ui.Option, len(s.Candidates))
	for i, u := range s.Candidates {
		out[i] = ui.Option{Value: u.ID, Text: u.DisplayName, Hint: u.Address()}
	}
	return out
}

func moreCandidates(s *ui.Shell, x Succession) templ.SafeURL {
	if x.Next == "" {
		return ""
	}
	return s.Href(desk.With("/organizations/"+x.Tenant.ID+"/successor", "q", x.Query, "after", x.Next))
}
