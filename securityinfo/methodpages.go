package securityinfo

import (
	"net/http"
	"time"

	"sojourn/internal/web"
	"sojourn/ui"
)

func (f *Feature) showMethods(w http.ResponseWriter, r *http.Request) error {
	info, err := f.Info(r.Context(), web.VisitOf(r).Actor)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, methodsPage(ui.ShellOf(r), info))
}

func (f *Feature) showAdd(w http.ResponseWriter, r *http.Request) error {
	info, err := f.Info(r.Context(), web.VisitOf(r).Actor)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, addPage(ui.ShellOf(r), info))
}

// showChanged stands after every change: what is wise to do next.
func (f *Feature) showChanged(w http.ResponseWriter, r *http.Request) error {
	n, err := f.next(r.Context(), web.VisitOf(r).Actor, r.URL.Query().Get("for"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, changedPage(ui.ShellOf(r), n))
}

func (f *Feature) showDefault(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if err := Fresh(v.Actor, v.Now); err != nil {
		return err
	}
	info, err := f.Info(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, defaultPage(ui.ShellOf(r), defaultForm{Info: info}))
}

func (f *Feature) submitDefault(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	err := f.Prefer(r.Context(), v.Actor, r.PostFormValue("method"))
	if err == nil {
		web.Say(w, "ok", "securityinfo.default.done")
		return web.See(w, r, "/security-info/changed")
	}
	problems, ok := problemsOf(s, err)
	if !ok {
		return err
	}
	info, readErr := f.Info(r.Context(), v.Actor)
	if readErr != nil {
		return readErr
	}
	return web.Render(w, r, web.Status(err), defaultPage(s, defaultForm{Info: info, Problems: problems}))
}

func (f *Feature) submitEndOthers(w http.ResponseWriter, r *http.Request) error {
	if err := f.Sessions.EndOthers(r.Context(), web.VisitOf(r).Actor); err != nil {
		return err
	}
	web.Say(w, "ok", "securityinfo.others.done")
	return web.See(w, r, "/security-info")
}

type defaultForm struct {
	Info     Info
	Problems problems
}

// options are the methods to choose among; the one that is the default is ticked.
func (d defaultForm) options(s *ui.Shell) (out []ui.Option, chosen string) {
	for _, x := range d.Info.choices() {
		o := ui.Option{Value: x.ID, Text: choiceWords(s, x), Hint: x.Name}
		if x.Name == "" {
			m := d.Info.method(x)
			o.Hint = s.T("securityinfo.method.added", "date", s.Locale.Date(m.CreatedAt.In(zone(s))))
		}
		if x.Default {
			chosen = x.ID
		}
		out = append(out, o)
	}
	return out, chosen
}

func zone(s *ui.Shell) *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}
