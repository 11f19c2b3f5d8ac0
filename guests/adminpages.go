package guests

import (
	"net/http"
	"strconv"
	"time"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

// addForm is the form of a new guest as it was filled in.
type addForm struct {
	Address, Name, Language, Message string
	Groups                           []string
}

// obstacle is the user because of whom nobody was invited.
type obstacle struct {
	Code    string // already_invited, already_here or deleted_here
	Name    string
	Href    string // the user's page
	Resend  string // where to send the invitation again
	Invited time.Time
	Deleted time.Time
	Until   time.Time // restorable; zero while a legal hold keeps it
}

type addData struct {
	Choices
	Users, Action string // paths
	Organization  string
	Languages     []string
	Form          addForm
	Problems      []ui.FieldError
	Obstacle      *obstacle
}

func (f *Feature) showAdd(w http.ResponseWriter, r *http.Request) error {
	return f.drawAdd(w, r, http.StatusOK, addForm{}, nil, nil)
}

func (f *Feature) drawAdd(w http.ResponseWriter, r *http.Request, status int, form addForm, wrong []ui.FieldError, o *obstacle) error {
	v := web.VisitOf(r)
	choices, err := f.Choices(r.Context(), v.Actor, v.Tenant.ID)
	if err != nil {
		return err
	}
	if form.Language == "" {
		form.Language = choices.Language
	}
	return web.Render(w, r, status, addPage(ui.ShellOf(r), addData{
		Choices: choices, Users: desk.Of(v).At("users"), Action: desk.Of(v).At("guests", "new"), Organization: v.Tenant.Name,
		Languages: f.Words.Languages(), Form: form, Problems: wrong, Obstacle: o,
	}))
}

func (f *Feature) submitAdd(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	form := addForm{
		Address: r.PostFormValue("address"), Name: r.PostFormValue("name"), Language: desk.OneOf(r.PostFormValue("language"), f.Words.Languages()...),
		Message: r.PostFormValue("message"), Groups: r.PostForm["group"],
	}
	u, err := f.Add(r.Context(), v.Actor, v.Tenant.ID, NewGuest{
		Address: form.Address, Name: form.Name, Language: form.Language, Groups: form.Groups, Message: form.Message,
		Anew: r.PostFormValue("anew") == yes,
	})
	if wrong, ok := desk.FormFault(err); ok {
		return f.drawAdd(w, r, web.Status(err), form, desk.Problems(v.Locale, wrong), obstacleOf(v, wrong.Code, u))
	}
	return desk.Done(w, r, err, desk.Of(v).At("users", u.ID), "guests.add.done", "address", u.Mail)
}

// obstacleOf says what stands in the way, if it is a user.
func obstacleOf(v *web.Visit, code string, u directory.User) *obstacle {
	if u.ID == "" {
		return nil
	}
	o := &obstacle{
		Code: code, Name: u.DisplayName, Href: desk.Of(v).At("users", u.ID), Resend: desk.Of(v).At("guests", u.ID, "resend"),
		Invited: u.CreatedAt, Deleted: u.DeletedAt,
	}
	if u.HoldAt.IsZero() {
		o.Until = u.PurgeAt
	}
	return o
}

func (f *Feature) submitResend(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	u, err := f.Resend(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	return desk.Done(w, r, err, desk.Of(v).At("users", u.ID), "guests.resend.done", "address", mailbox(u))
}

type settingsData struct {
	Action     string
	Properties string // path of the page with the contacts
	Leave      LeaveSetting
	Chosen     string // yes, no or nothing yet
	Undo       string // days, as typed
	Problems   []ui.FieldError
}

func (f *Feature) showSettings(w http.ResponseWriter, r *http.Request) error {
	leave, err := f.LeaveSetting(r.Context(), web.VisitOf(r).Actor, web.VisitOf(r).Tenant.ID)
	if err != nil {
		return err
	}
	chosen := no
	if leave.Allowed {
		chosen = yes
	}
	return f.drawSettings(w, r, settingsData{Leave: leave, Chosen: chosen, Undo: strconv.Itoa(leave.UndoDays)}, nil)
}

func (f *Feature) drawSettings(w http.ResponseWriter, r *http.Request, d settingsData, wrong *fault.Fault) error {
	v, status := web.VisitOf(r), http.StatusOK
	d.Action, d.Properties = desk.Of(v).At("external-collaboration"), desk.Of(v).At("properties")
	if wrong != nil {
		status, d.Problems = web.Status(wrong), desk.Problems(v.Locale, wrong)
	}
	return web.Render(w, r, status, settingsPage(ui.ShellOf(r), d))
}

func (f *Feature) submitSettings(w http.ResponseWriter, r *http.Request) error {
	v, chosen, typed := web.VisitOf(r), r.PostFormValue("leave"), r.PostFormValue("undo")
	leave, err := f.LeaveSetting(r.Context(), v.Actor, v.Tenant.ID)
	if err != nil {
		return err
	}
	days, err := undoDays(typed)
	wrong, _ := fault.Of(err)
	if chosen != yes && chosen != no {
		if wrong == nil {
			wrong = fault.New(fault.Invalid, "leave_missing", "guests.settings.missing")
		}
		wrong.Field("leave", "guests.settings.missing")
	}
	if wrong != nil {
		return f.drawSettings(w, r, settingsData{Leave: leave, Chosen: chosen, Undo: typed}, wrong)
	}
	err = f.set(r.Context(), v.Actor, v.Tenant.ID, leaveChoice(chosen == yes), undoChoice(days))
	return desk.Done(w, r, err, desk.Of(v).At("external-collaboration"), "guests.settings.done")
}

func languageOptions(s *ui.Shell, languages []string) []ui.Option {
	var out []ui.Option
	for _, l := range languages {
		out = append(out, ui.Option{Value: l, Text: s.T("guests.language." + l)})
	}
	return out
}

func leaveOptions(s *ui.Shell) []ui.Option {
	return []ui.Option{
		{Value: yes, Text: s.T("guests.settings.yes"), Hint: s.T("guests.settings.yes.hint")},
		{Value: no, Text: s.T("guests.settings.no"), Hint: s.T("guests.settings.no.hint")},
	}
}
