package directory

import (
	"net/http"
	"strconv"
	"strings"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

type eraseData struct {
	desk
	Doomed  []Doomed // whom it will be
	Refused []Doomed // whom it can't be, and why
}

func (f *Feature) showErase(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	ids, err := chosen("", r.URL.Query()["u"])
	if err != nil {
		return err
	}
	all, err := f.Doomed(r.Context(), v.Actor, v.Tenant.ID, ids)
	if err != nil {
		return err
	}
	data := eraseData{desk: deskOf(v)}
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
	d := deskOf(v)
	ids, err := chosen("", r.PostForm["u"])
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return noneChosen(w, r, d)
	}
	done, refused, err := f.EraseSeveral(r.Context(), v.Actor, v.Tenant.ID, ids)
	if fault.Is(err, "proof_needed") { // the page that asks whether to delete them asks for it
		return back(w, r, with(d.At("deleted-users", "delete"), pairs("u", ids)...))
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
		return back(w, r, with(d.At("deleted-users", "refused"), pairs("r", coded(refused))...))
	}
	return back(w, r, d.At("deleted-users"))
}

type refusedData struct {
	desk
	Refused []Refusal
}

func (f *Feature) showNotErased(w http.ResponseWriter, r *http.Request) error {
	refused, err := f.refused(r, r.URL.Query()["r"])
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, notErasedPage(ui.ShellOf(r), refusedData{desk: deskOf(web.VisitOf(r)), Refused: refused}))
}

// coded are refusals as they stand in the address of the page that tells them,
// so that it can be loaded again without acting again: user and reason code.
func coded(refused []Refusal) []string {
	var out []string
	for _, r := range refused {
		out = append(out, r.UserID+"."+r.Code)
	}
	return out
}

// refused reads them back, with the names of the users.
func (f *Feature) refused(r *http.Request, codes []string) ([]Refusal, error) {
	codes, err := chosen("", codes)
	if err != nil {
		return nil, err
	}
	var out []Refusal
	for _, s := range codes {
		userID, code, _ := strings.Cut(s, ".")
		out = append(out, Refusal{UserID: userID, Code: code})
	}
	v := web.VisitOf(r)
	return f.Names(r.Context(), v.Actor, v.Tenant.ID, out)
}

// whyKey says a reason code in words.
func whyKey(code string) string {
	switch code {
	case "restore_conflict":
		return "directory.why.conflict"
	case "legal_hold":
		return "directory.why.hold"
	case "rank_too_low":
		return "directory.why.rank"
	case "role_missing":
		return "directory.why.role"
	case "not_deleted":
		return "directory.why.notDeleted"
	case "not_found":
		return "directory.why.gone"
	case "name_taken":
		return "directory.why.nameTaken"
	case "last_administrator":
		return "directory.why.last"
	case "tenant_closed", "tenant_frozen":
		return "directory.why.closed"
	case "busy":
		return "directory.why.busy"
	}
	return "directory.why.other"
}
