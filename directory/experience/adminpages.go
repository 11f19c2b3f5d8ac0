package experience

import (
	"net/http"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/web"
	"sojourn/ui"
)

// form is the choice as it was filled in.
type form struct{ Choice, Group, Named string }

type pageData struct {
	desk.Desk
	view
	Form     form
	Problems []ui.FieldError
}

// askData is the question before saving.
type askData struct {
	desk.Desk
	Choice, GroupID, GroupName string
	Gain, Lose                 int
}

func (f *Feature) showExperience(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	stands, err := f.view(r.Context(), v.Actor, v.Tenant.ID)
	if err != nil {
		return err
	}
	stands.offer(directory.Group{ID: groupThere(stands), Name: stands.GroupName})
	filled := form{Choice: choice(stands.Experience), Group: groupThere(stands)}
	return web.Render(w, r, http.StatusOK, experiencePage(ui.ShellOf(r), pageData{Desk: desk.Of(v), view: stands, Form: filled}))
}

// groupThere is the id of the group selected, unless it was deleted.
func groupThere(v view) string {
	if v.GroupGone() {
		return ""
	}
	return v.Group()
}

// submitExperience asks first, and saves what was confirmed.
func (f *Feature) submitExperience(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	filled := form{Choice: r.PostFormValue("experience"), Group: r.PostFormValue("group"), Named: r.PostFormValue("named")}
	stands, err := f.view(r.Context(), v.Actor, v.Tenant.ID)
	if err != nil {
		return err
	}
	g, err := f.chosen(r.Context(), v.Tenant.ID, filled.Group, filled.Named)
	if err != nil {
		return err
	}
	wanted, err := experience(filled.Choice, g)
	if err == nil && r.PostFormValue("confirmed") == "yes" {
		err = f.Directory.SetExperience(r.Context(), v.Actor, v.Tenant.ID, wanted)
		if _, isForm := desk.FormFault(err); !isForm {
			return desk.Done(w, r, err, desk.Of(v).At("experience"), "directory.experience.done")
		}
	}
	if wrong, ok := desk.FormFault(err); ok {
		stands.offer(g)
		data := pageData{Desk: desk.Of(v), view: stands, Form: filled, Problems: desk.Problems(v.Locale, wrong)}
		return web.Render(w, r, web.Status(err), experiencePage(ui.ShellOf(r), data))
	}
	if wanted == stands.Experience {
		return desk.Done(w, r, nil, desk.Of(v).At("experience"), "directory.experience.same")
	}
	return f.ask(w, r, stands.Experience, wanted, g)
}

func (f *Feature) ask(w http.ResponseWriter, r *http.Request, now, wanted directory.Experience, g directory.Group) error {
	v := web.VisitOf(r)
	gain, lose, err := f.touched(r.Context(), v.Tenant.ID, now, wanted)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, askPage(ui.ShellOf(r), askData{
		Desk: desk.Of(v), Choice: choice(wanted), GroupID: wanted.Group(), GroupName: g.Name, Gain: gain, Lose: lose,
	}))
}

func choiceOptions(s *ui.Shell) []ui.Option {
	var out []ui.Option
	for _, c := range []string{chooseNone, chooseGroup, chooseAll} {
		out = append(out, ui.Option{Value: c, Text: s.T("directory.experience.choice." + c), Hint: s.T("directory.experience.choice." + c + ".hint")})
	}
	return out
}

func groupOptions(s *ui.Shell, groups []directory.Group) []ui.Option {
	out := []ui.Option{{Text: s.T("directory.experience.group.none")}}
	for _, g := range groups {
		out = append(out, ui.Option{Value: g.ID, Text: g.Name})
	}
	return out
}
