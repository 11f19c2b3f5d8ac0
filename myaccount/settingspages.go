package myaccount

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/i18n"
	"sojourn/internal/web"
	"sojourn/ui"
)

type settingsData struct {
	Settings
	Photo     bool
	Name      string // as typed
	Languages []string
	Portal    string // the portal's time zone
	Problems  []ui.FieldError
}

func (d settingsData) problem(field string) string {
	for _, p := range d.Problems {
		if p.Field == field {
			return p.Text
		}
	}
	return ""
}

func (f *Feature) showSettings(w http.ResponseWriter, r *http.Request) error {
	return f.drawSettings(w, r, nil, nil)
}

// drawSettings shows the page as things stand, or as a form was filled in, with
// what is wrong.
func (f *Feature) drawSettings(w http.ResponseWriter, r *http.Request, wrong error, fill func(d *settingsData)) error {
	v, status := web.VisitOf(r), http.StatusOK
	settings, err := f.Settings(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	if settings.Preferences.Language == "" {
		settings.Preferences.Language = v.Locale.Lang()
	}
	d := settingsData{Settings: settings, Photo: v.Person.Photo != "", Name: v.Person.Name, Languages: f.Words.Languages(), Portal: f.Zone.String()}
	if fill != nil {
		fill(&d)
	}
	if problem, ok := fault.Of(wrong); ok {
		status = web.Status(wrong)
		for _, field := range problem.Fields {
			d.Problems = append(d.Problems, ui.FieldError{Field: field.Name, Text: v.Locale.T(field.Key, field.Args...)})
		}
	}
	return web.Render(w, r, status, settingsPage(ui.ShellOf(r), d))
}

// again shows the form once more where its fields are at fault; other errors stay.
func (f *Feature) again(w http.ResponseWriter, r *http.Request, err error, fill func(d *settingsData)) error {
	if wrong, ok := fault.Of(err); !ok || len(wrong.Fields) == 0 {
		return err
	}
	return f.drawSettings(w, r, err, fill)
}

func (f *Feature) submitSettings(w http.ResponseWriter, r *http.Request) error {
	p := accounts.Preferences{Language: r.PostFormValue("language"), Region: r.PostFormValue("region"), Zone: r.PostFormValue("zone")}
	if err := f.Prefer(r.Context(), web.VisitOf(r).Actor, p); err != nil {
		return f.again(w, r, err, func(d *settingsData) { d.Preferences = p })
	}
	f.Languages.KeepLanguage(w, f.Words.Get(p.Language)) // what this browser was set to before wins no longer
	web.Say(w, "ok", "myaccount.settings.done")
	return web.See(w, r, "/settings")
}

func (f *Feature) submitName(w http.ResponseWriter, r *http.Request) error {
	typed := r.PostFormValue("name")
	if err := f.Rename(r.Context(), web.VisitOf(r).Actor, typed); err != nil {
		return f.again(w, r, err, func(d *settingsData) { d.Name = typed })
	}
	web.Say(w, "ok", "myaccount.name.done")
	return web.See(w, r, "/settings")
}

func (f *Feature) submitPhoto(w http.ResponseWriter, r *http.Request) error {
	data, err := sent(r)
	if err == nil {
		err = f.SetPhoto(r.Context(), web.VisitOf(r).Actor, data)
	}
	if err != nil {
		return f.again(w, r, err, nil)
	}
	web.Say(w, "ok", "myaccount.photo.done")
	return web.See(w, r, "/settings")
}

// sent is the file of an upload; nothing where none was chosen.
func sent(r *http.Request) ([]byte, error) {
	file, _, err := r.FormFile("photo")
	if err != nil {
		return nil, nil // an upload without a file is told like an empty one
	}
	defer file.Close()
	return io.ReadAll(file)
}

func (f *Feature) submitRemovePhoto(w http.ResponseWriter, r *http.Request) error {
	if err := f.RemovePhoto(r.Context(), web.VisitOf(r).Actor); err != nil {
		return err
	}
	web.Say(w, "ok", "myaccount.photo.removed")
	return web.See(w, r, "/settings")
}

func (f *Feature) showPhoto(w http.ResponseWriter, r *http.Request) error {
	return f.drawPhoto(w, r, false)
}

func (f *Feature) showSmallPhoto(w http.ResponseWriter, r *http.Request) error {
	return f.drawPhoto(w, r, true)
}

// drawPhoto answers with the picture. A browser may keep it, nobody between: a new
// photo has a new address.
func (f *Feature) drawPhoto(w http.ResponseWriter, r *http.Request, small bool) error {
	data, err := f.Photo(r.Context(), web.VisitOf(r).Actor, r.PathValue("photo"), small)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("Content-Length", strconv.Itoa(len(data)))
	h.Set("Cache-Control", "private, max-age=86400")
	h.Set("Vary", "Cookie")
	_, _ = w.Write(data) // who has hung up cannot be told
	return nil
}

func languageOptions(s *ui.Shell, languages []string) []ui.Option {
	var out []ui.Option
	for _, l := range languages {
		out = append(out, ui.Option{Value: l, Text: s.T("myaccount.language." + l)})
	}
	return out
}

// regionOptions show each region by what this moment looks like there.
func regionOptions(s *ui.Shell) []ui.Option {
	now := s.Now.In(s.Zone)
	out := []ui.Option{{Text: s.T("myaccount.region.language")}}
	for _, region := range i18n.Regions() {
		there := s.Locale.In(region)
		out = append(out, ui.Option{Value: region, Text: s.T("myaccount.region."+region) + " – " + there.Date(now) + ", " + there.Clock(now)})
	}
	return out
}

// zoneOptions are the time zones by the part of the world their names begin with.
func zoneOptions(s *ui.Shell, portal string) []ui.OptionGroup {
	out := []ui.OptionGroup{{Options: []ui.Option{{Text: s.T("myaccount.zone.portal", "zone", portal)}}}}
	for _, name := range i18n.Zones() {
		part, city, found := strings.Cut(name, "/")
		if !found {
			out[0].Options = append(out[0].Options, ui.Option{Value: name, Text: name})
			continue
		}
		if label := s.T("myaccount.zone." + part); out[len(out)-1].Label != label {
			out = append(out, ui.OptionGroup{Label: label})
		}
		last := &out[len(out)-1]
		last.Options = append(last.Options, ui.Option{Value: name, Text: strings.ReplaceAll(strings.ReplaceAll(city, "_", " "), "/", " – ")})
	}
	return out
}
