package deletedusers

import (
	"net/http"
	"strconv"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

type eraseData struct {
	desk.Desk
	Doomed  []doomed // whom it will be
	Refused []doomed // whom it can't be, and why
}

func (f *Feature) showErase(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	ids, err := chosen(r.URL.Query()["u"])
	if err != nil {
		return err
	}
	all, err := f.doomed(r.Context(), v.Actor, v.Tenant.ID, ids)
	if err != nil {
		return err
	}
	data := eraseData{Desk: desk.Of(v)}
	for _, d := range all {
		if d.Why == "" {
			data.Doomed = append(data.Doomed, d)
		} else {
			data.Refused = append(data.Refused, d)
		}
	}
	return web.Render(w, r, http.StatusOK, erasePage(ui.ShellOf(r), data))
}

func (f *Feature) submitErase(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	d := desk.Of(v)
	ids, err := chosen(r.PostForm["u"])
	switch {
	case err != nil:
		return err
	case len(ids) == 0:
		return noneChosen(w, r)
	}
	done, refused, err := f.Directory.EraseSeveral(r.Context(), v.Actor, v.Tenant.ID, ids)
	if err != nil && len(done) > 0 {
		return f.drawStopped(w, r, err, done, refused)
	}
	if fault.Is(err, "proof_needed") { // the page that asks whether to delete them asks for it
		return desk.Back(w, r, erasePath(d, ids))
	}
	if err != nil {
		return err
	}
	switch {
	case len(done) == 1:
		web.Say(w, "ok", "directory.erase.done")
	case len(done) > 1:
		web.Say(w, "ok", "directory.erase.doneMany", "n", strconv.Itoa(len(done)))
	}
	if len(ids) == 1 && len(refused) == 0 {
		return desk.Back(w, r, listPath(d))
	}
	var gone []string
	for _, u := range done {
		gone = append(gone, u.ID)
	}
	query := append(pairs("t", gone), pairs("r", coded(refused))...)
	return desk.Back(w, r, desk.With(d.At("deleted-users", "erased"), query...))
}

// drawStopped tells what was done before an act on several had to end. It answers
// the POST itself: whoever has just lost their role could not open another page.
func (f *Feature) drawStopped(w http.ResponseWriter, r *http.Request, err error, done []directory.User, codes []directory.Refusal) error {
	v := web.VisitOf(r)
	refused, readErr := f.refused(r.Context(), v.Actor, v.Tenant.ID, coded(codes))
	if readErr != nil {
		return readErr
	}
	f.warn(err)
	return web.Render(w, r, web.Status(err), notErasedPage(ui.ShellOf(r), refusedData{Desk: desk.Of(v), Done: done, Refused: refused}))
}

type refusedData struct {
	desk.Desk
	Done    []directory.User // before the act had to end
	Refused []refusal
}
