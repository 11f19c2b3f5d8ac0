package organizations

import (
	"net/http"
	"net/url"
	"strconv"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

func (f *Feature) showSeveral(w http.ResponseWriter, r *http.Request) error {
	chosen := r.URL.Query()["organization"]
	s, err := f.Several(r.Context(), web.VisitOf(r).Actor, chosen)
	if wrong, ok := fault.Of(err); ok && wrong.Kind == fault.Invalid {
		web.Say(w, "err", wrong.Key, "most", strconv.Itoa(most))
		return web.See(w, r, "/organizations")
	}
	if err != nil {
		return err
	}
	if s.NeedsProof {
		return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
	}
	return web.Render(w, r, http.StatusOK, severalPage(ui.ShellOf(r), s))
}

func (f *Feature) submitSeveral(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	chosen, err := choice(r.PostForm["organization"])
	if err != nil {
		return err
	}
	if err := f.LeaveSeveral(r.Context(), v.Actor, chosen); err != nil {
		return err
	}
	v.Tenant.Carry = "" // it may be one of those just left
	return web.See(w, r, "/organizations/left?"+url.Values{"organization": chosen}.Encode())
}

func (f *Feature) showLeft(w http.ResponseWriter, r *http.Request) error {
	outcomes, err := f.Left(r.Context(), web.VisitOf(r).Actor, r.URL.Query()["organization"])
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, leftPage(ui.ShellOf(r), outcomes))
}
