package app

import (
	"io"
	"net/http"

	"sojourn/internal/web"
	"sojourn/ui"
)

// houseRoutes are the few that belong to no room.
func (a *App) houseRoutes(t *web.Table) {
	t.Add(web.Route{Pattern: "GET /static/", Access: web.Bare, Class: web.File, Handler: func(w http.ResponseWriter, r *http.Request) error {
		ui.Static().ServeHTTP(w, r)
		return nil
	}})
	t.Handle("GET /healthz", web.Bare, func(w http.ResponseWriter, r *http.Request) error {
		return say(w, http.StatusOK, "ok\n")
	})
	t.Handle("GET /readyz", web.Bare, func(w http.ResponseWriter, r *http.Request) error {
		if a.stopping.Load() {
			return say(w, http.StatusServiceUnavailable, "stopping\n")
		}
		if err := a.DB.Ready(r.Context()); err != nil {
			a.Log.Warn("not ready", "error", err)
			return say(w, http.StatusServiceUnavailable, "the database cannot be used\n")
		}
		return say(w, http.StatusOK, "ready\n")
	})
	t.Handle("GET /robots.txt", web.Bare, func(w http.ResponseWriter, r *http.Request) error {
		return say(w, http.StatusOK, "User-agent: *\nDisallow: /\n")
	})
}

// Stopping makes the portal say that it is not ready any more, while it goes on
// answering: whoever spreads requests over replicas then leaves this one out.
func (a *App) Stopping() { a.stopping.Store(true) }

func say(w http.ResponseWriter, status int, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, err := io.WriteString(w, text)
	return err
}
