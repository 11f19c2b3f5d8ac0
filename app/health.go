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
		if err := a.DB.Ping(r.Context()); err != nil {
			a.Log.Warn("not ready", "error", err)
			return say(w, http.StatusServiceUnavailable, "the database does not answer\n")
		}
		return say(w, http.StatusOK, "ready\n")
	})
	t.Handle("GET /robots.txt", web.Bare, func(w http.ResponseWriter, r *http.Request) error {
		return say(w, http.StatusOK, "User-agent: *\nDisallow: /\n")
	})
}

func say(w http.ResponseWriter, status int, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, err := io.WriteString(w, text)
	return err
}
