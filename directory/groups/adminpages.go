package groups

import (
	"net/http"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

type groupsData struct {
	desk.Desk
	Query  string
	After  string
	Groups []directory.Group
	Next   string
}

func (d groupsData) page(after string) string {
	return desk.With(d.At("groups"), "q", d.Query, "after", after)
}

func (f *Feature) showGroups(w http.ResponseWriter, r *http.Request) error {
	v, q := web.VisitOf(r), r.URL.Query()
	data := groupsData{Desk: desk.Of(v), Query: desk.Query(q), After: q.Get("after")}
	var err error
	data.Groups, data.Next, err = f.list(r.Context(), v.Actor, v.Tenant.ID, data.Query, data.After)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, groupsPage(ui.ShellOf(r), data))
}

type newGroupData struct {
	desk.Desk
	Name, Description string
	Problems          []ui.FieldError
}

func (f *Feature) showNewGroup(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if err := directory.MayRead(v.Actor, v.Tenant.ID, directory.ManageUsers); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, newGroupPage(ui.ShellOf(r), newGroupData{Desk: desk.Of(v)}))
}

func (f *Feature) submitNewGroup(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	data := newGroupData{Desk: desk.Of(v), Name: r.PostFormValue("name"), Description: r.PostFormValue("description")}
	g, err := f.Directory.CreateGroup(r.Context(), v.Actor, v.Tenant.ID, data.Name, data.Description)
	if wrong, ok := desk.FormFault(err); ok {
		data.Problems = desk.Problems(v.Locale, wrong)
		return web.Render(w, r, web.Status(err), newGroupPage(ui.ShellOf(r), data))
	}
	return desk.Done(w, r, err, data.At("groups", g.ID), "directory.group.done", "name", g.Name)
}

type groupData struct {
	desk.Desk
	view
	After    string
	Member   string // as typed into the form that adds one
	Problems []ui.FieldError
}

// regroups says whether the page offers to change the group.
func (d groupData) regroups() bool { return d.CanManage && d.Change }

func (f *Feature) showGroup(w http.ResponseWriter, r *http.Request) error {
	return f.drawGroup(w, r, http.StatusOK, "", nil)
}

func (f *Feature) drawGroup(w http.ResponseWriter, r *http.Request, status int, member string, wrong []ui.FieldError) error {
	v, after := web.VisitOf(r), r.URL.Query().Get("after")
	g, err := f.view(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("group"), after)
	if err != nil {
		return err
	}
	return web.Render(w, r, status, groupPage(ui.ShellOf(r), groupData{Desk: desk.Of(v), view: g, After: after, Member: member, Problems: wrong}))
}

func (f *Feature) submitMember(w http.ResponseWriter, r *http.Request) error {
	v, typed := web.VisitOf(r), r.PostFormValue("member")
	u, err := f.findUser(r.Context(), v.Actor, v.Tenant.ID, typed)
	if wrong, ok := desk.FormFault(err); ok {
		return f.drawGroup(w, r, web.Status(err), typed, desk.Problems(v.Locale, wrong))
	}
	if err == nil {
		err = f.Directory.AddMember(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("group"), u.ID)
	}
	return toGroup(w, r, err, "directory.group.member.added", "name", u.DisplayName)
}

func (f *Feature) submitMemberOut(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.Directory.RemoveMember(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("group"), r.PathValue("user"))
	return toGroup(w, r, err, "directory.group.member.removed")
}

// toGroup answers an act on a group with its page and a message.
func toGroup(w http.ResponseWriter, r *http.Request, err error, said string, pairs ...string) error {
	return desk.Done(w, r, err, desk.Of(web.VisitOf(r)).At("groups", r.PathValue("group")), said, pairs...)
}

func (f *Feature) showDeleteGroup(w http.ResponseWriter, r *http.Request) error {
	return f.drawDeleteGroup(w, r, http.StatusOK)
}

// drawDeleteGroup asks before a group is deleted, or says why it cannot be.
func (f *Feature) drawDeleteGroup(w http.ResponseWriter, r *http.Request, status int) error {
	v := web.VisitOf(r)
	if err := directory.MayRead(v.Actor, v.Tenant.ID, directory.ManageUsers); err != nil {
		return err
	}
	g, err := f.view(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("group"), "")
	if err != nil {
		return err
	}
	data := groupData{Desk: desk.Of(v), view: g}
	if len(g.Uses) > 0 {
		return web.Render(w, r, http.StatusConflict, usedGroupPage(ui.ShellOf(r), data))
	}
	return web.Render(w, r, status, deleteGroupPage(ui.ShellOf(r), data))
}

func (f *Feature) submitDeleteGroup(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.Directory.DeleteGroup(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("group"))
	if fault.Is(err, "group_used") {
		return f.drawDeleteGroup(w, r, web.Status(err))
	}
	return desk.Done(w, r, err, desk.Of(v).At("groups"), "directory.group.delete.done")
}
