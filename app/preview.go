package app

import (
	"net/http"
	"strconv"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

// previewRoutes show every page state with made-up data, for developers and for
// pictures.
func (a *App) previewRoutes(t *web.Table) {
	t.Handle("GET /preview", web.Open, func(w http.ResponseWriter, r *http.Request) error {
		s := ui.ShellOf(r)
		return web.Render(w, r, http.StatusOK, previewList(s, a.previews(s)))
	})
	t.Handle("GET /preview/{number}", web.Open, func(w http.ResponseWriter, r *http.Request) error {
		all := a.previews(previewShell(r))
		n, err := strconv.Atoi(r.PathValue("number"))
		if err != nil || n < 0 || n >= len(all) {
			return fault.Missing()
		}
		return web.Render(w, r, http.StatusOK, all[n].Page)
	})
}
