package deletedusers

import (
	"net/http"
	"strconv"

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
	if fault.Is(err, "proof_needed") { // the page that asks whether to delete them asks for it
		return desk.Back(w, r, erasePath(d, ids))
	}
	if err != nil {
		return err
	}
	switch {
	case done == 1:
		web.Say(w, "ok", "directory.erase.done")
	case done > 1:
		web.Say(w, "ok", "directory.erase.doneMany", "n", strconv.Itoa(done))
	}
	if len(refused) > 0 {
		return desk.Back(w, r, desk.With(d.At("deleted-users", "refused"), pairs("r", coded(refused))...))
	}
	return desk.Back(w, r, listPath(d))
}

type refusedData struct {
	desk.Desk
	Refused []refusal
}

func (f *Feature) showNotErased(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	refused, err := f.refused(r.Context(), v.Actor, v.Tenant.ID, r.URL.Query()["r"])
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, notErasedPage(ui.ShellOf(r), refusedData{Desk: desk.Of(v), Refused: refused}))
}
