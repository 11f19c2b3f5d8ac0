package activity

import (
	"net/http"

	"sojourn/internal/web"
	"sojourn/ui"
)

// recentData is the page as it is shown to somebody in one of their sessions.
type recentData struct {
	Recent
	Current string // the session of the one who looks
}

// others says whether there is a session to end besides this one.
func (d recentData) others() bool {
	return len(d.Sessions) > 1 || len(d.Sessions) == 1 && d.Sessions[0].ID != d.Current
}

func (f *Feature) showRecent(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	recent, err := f.Recent(r.Context(), v.Actor, r.URL.Query().Get("after"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, recentPage(ui.ShellOf(r), recentData{Recent: recent, Current: v.Actor.SessionID}))
}

func (f *Feature) showNotMe(w http.ResponseWriter, r *http.Request) error {
	s, err := f.SignIn(r.Context(), web.VisitOf(r).Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, notMePage(ui.ShellOf(r), s))
}

func (f *Feature) submitNotMe(w http.ResponseWriter, r *http.Request) error {
	ended, err := f.NotMe(r.Context(), web.VisitOf(r).Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	if ended {
		web.Say(w, "warn", "activity.notMe.done")
	}
	return web.See(w, r, "/password")
}

func (f *Feature) submitEnd(w http.ResponseWriter, r *http.Request) error {
	if err := f.Sessions.EndSession(r.Context(), web.VisitOf(r).Actor, r.PathValue("id")); err != nil {
		return err
	}
	web.Say(w, "ok", "activity.sessions.ended")
	return web.See(w, r, "/activity")
}

func (f *Feature) submitEndOthers(w http.ResponseWriter, r *http.Request) error {
	if err := f.Sessions.EndOthers(r.Context(), web.VisitOf(r).Actor); err != nil {
		return err
	}
	web.Say(w, "ok", "activity.sessions.endedOthers")
	return web.See(w, r, "/activity")
}

// olderPath is the page behind this one.
func (r Recent) olderPath() string { return "/activity?after=" + r.Next }
