package organizations

import (
	"net/http"

	"sojourn/internal/web"
	"sojourn/ui"
)

func (f *Feature) showUnrecognized(w http.ResponseWriter, r *http.Request) error {
	stranger, err := f.Unrecognized(r.Context(), web.VisitOf(r).Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, unrecognizedPage(ui.ShellOf(r), stranger))
}

func (f *Feature) showBlocked(w http.ResponseWriter, r *http.Request) error {
	list, err := f.Blocked(r.Context(), web.VisitOf(r).Actor)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, blockedPage(ui.ShellOf(r), list))
}
