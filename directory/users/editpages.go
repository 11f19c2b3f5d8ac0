package users

import (
	"net/http"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

type editData struct {
	desk.Desk
	profile
	Form     directory.Corrected
	Problems []ui.FieldError
}

// fixed says whether the mail address is not to be changed: an invitation is for
// the very address it was sent to.
func (d editData) fixed() bool { return d.ExternalState == directory.Pending }

// hintKey says what changes with the form.
func (d editData) hintKey() string {
	switch {
	case d.Home:
		return "directory.edit.lead.home"
	case d.fixed():
		return "directory.edit.lead.invited"
	}
	return "directory.edit.lead.guest"
}

// mailHint says where letters go as long as there is no mail address.
func (d editData) mailHint(s *ui.Shell) string {
	if d.Mail != "" || d.MailedTo == "" {
		return ""
	}
	return s.T("directory.edit.mail.signin", "address", d.MailedTo)
}

func (f *Feature) showEdit(w http.ResponseWriter, r *http.Request) error {
	return f.drawEdit(w, r, http.StatusOK, nil, nil)
}

// drawEdit shows the form, with what the user is called where nothing was typed.
func (f *Feature) drawEdit(w http.ResponseWriter, r *http.Request, status int, form *directory.Corrected, wrong []ui.FieldError) error {
	v := web.VisitOf(r)
	p, err := f.editable(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	if err != nil {
		return err
	}
	if !v.Actor.Proved(v.Now) {
		return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
	}
	if form == nil {
		form = &directory.Corrected{Name: p.DisplayName, Mail: p.Mail}
	}
	return web.Render(w, r, status, editPage(ui.ShellOf(r), editData{Desk: desk.Of(v), profile: p, Form: *form, Problems: wrong}))
}

func (f *Feature) submitEdit(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	form := directory.Corrected{Name: r.PostFormValue("name"), Mail: r.PostFormValue("mail")}
	err := f.Directory.Rename(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"), form)
	if wrong, ok := desk.FormFault(err); ok {
		return f.drawEdit(w, r, web.Status(err), &form, desk.Problems(v.Locale, wrong))
	}
	return toUser(w, r, err, "directory.edit.done")
}
