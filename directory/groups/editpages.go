package groups

import (
	"net/http"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/web"
	"sojourn/ui"
)

type editGroupData struct {
	newGroupData
	Was directory.Group
}

func (f *Feature) showEditGroup(w http.ResponseWriter, r *http.Request) error {
	return f.drawEditGroup(w, r, http.StatusOK, nil, nil)
}

// drawEditGroup shows the form, with what the group is called where nothing was
// typed.
func (f *Feature) drawEditGroup(w http.ResponseWriter, r *http.Request, status int, form *newGroupData, wrong []ui.FieldError) error {
	v := web.VisitOf(r)
	g, err := f.editable(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("group"))
	if err != nil {
		return err
	}
	if form == nil {
		form = &newGroupData{Name: g.Name, Description: g.Description}
	}
	form.Desk, form.Problems = desk.Of(v), wrong
	return web.Render(w, r, status, editGroupPage(ui.ShellOf(r), editGroupData{newGroupData: *form, Was: g}))
}

func (f *Feature) submitEditGroup(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	form := newGroupData{Name: r.PostFormValue("name"), Description: r.PostFormValue("description")}
	err := f.Directory.RenameGroup(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("group"), form.Name, form.Description)
	if wrong, ok := desk.FormFault(err); ok {
		return f.drawEditGroup(w, r, web.Status(err), &form, desk.Problems(v.Locale, wrong))
	}
	return toGroup(w, r, err, "directory.edit.done")
}
