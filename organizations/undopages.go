package organizations

import (
	"net/http"
	"time"

	"sojourn/directory"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

func (f *Feature) showUndo(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	receipt, err := f.Receipt(r.Context(), v.Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	back, err := f.backFrom(r.Context(), v.Actor, receipt)
	if err != nil {
		return err
	}
	if back.Refused != "" {
		return undoRefusal(back.Refused, receipt.Organization)
	}
	if !v.Actor.Proved(v.Now) {
		return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
	}
	return web.Render(w, r, http.StatusOK, undoPage(ui.ShellOf(r), receipt))
}

func (f *Feature) submitUndo(w http.ResponseWriter, r *http.Request) error {
	receipt, err := f.Receipt(r.Context(), web.VisitOf(r).Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	if _, err := f.Undo(r.Context(), web.VisitOf(r).Actor, receipt.ID); err != nil {
		return err
	}
	web.Say(w, "ok", "organizations.undo.done", "org", receipt.Organization)
	return web.See(w, r, "/organizations/receipts/"+receipt.ID)
}

// daysUntil is how many days remain, rounded up.
func daysUntil(s *ui.Shell, at time.Time) int {
	return directory.User{PurgeAt: at}.DaysLeft(s.Now)
}
