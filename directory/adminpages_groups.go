package directory

import (
	"net/http"

	"sojourn/internal/web"
	"sojourn/ui"
)

type groupsData struct {
	desk
	Query  string
	After  string
	Groups []Group
	Next   string
}

func (d groupsData) page(after string) string {
	return with(d.At("groups"), "q", d.Query, "after", after)
}

func (f *Feature) showGroups(w http.ResponseWriter, r *http.Request) error {
	v, q := web.VisitOf(r), r.URL.Query()
	data := groupsData{desk: deskOf(v), Query: query(q), After: q.Get("after")}
	var err error
	data.Groups, data.Next, err = f.GroupList(r.Context(), v.Actor, v.Tenant.ID, data.Query, data.After)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, groupsPage(ui.ShellOf(r), data))
}

type newGroupData struct {
	desk
	Name, Description string
	Problems          []ui.FieldError
}

func (f *Feature) showNewGroup(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if _, err := reading(v.Actor, v.Tenant.ID, ManageUsers); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, newGroupPage(ui.ShellOf(r), newGroupData{desk: deskOf(v)}))
}

func (f *Feature) submitNewGroup(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	data := newGroupData{desk: deskOf(v), Name: r.PostFormValue("name"), Description: r.PostFormValue("description")}
	g, err := f.CreateGroup(r.Context(), v.Actor, v.Tenant.ID, data.Name, data.Description)
	if wrong, ok := formFault(err); ok {
		data.Problems = problems(v.Locale, wrong)
		return web.Render(w, r, web.Status(err), newGroupPage(ui.ShellOf(r), data))
	}
	if err != nil {
		return err
	}
	web.Say(w, "ok", "directory.group.done", "name", g.Name)
	return back(w, r, data.At("groups", g.ID))
}

type groupData struct {
	desk
	GroupView
	After    string
	Member   string // as typed into the form that adds one
	Problems []ui.FieldError
}

func (f *Feature) showGroup(w http.ResponseWriter, r *http.Request) error {
	return f.drawGroup(w, r, http.StatusOK, "", nil)
}

func (f *Feature) drawGroup(w http.ResponseWriter, r *http.Request, status int, member string, wrong []ui.FieldError) error {
	v, after := web.VisitOf(r), r.URL.Query().Get("after")
	g, err := f.GroupView(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("group"), after)
	if err != nil {
		return err
	}
	return web.Render(w, r, status, groupPage(ui.ShellOf(r), groupData{desk: deskOf(v), GroupView: g, After: after, Member: member, Problems: wrong}))
}

func (f *Feature) submitMember(w http.ResponseWriter, r *http.Request) error {
	v, typed := web.VisitOf(r), r.PostFormValue("member")
	u, err := f.FindUser(r.Context(), v.Actor, v.Tenant.ID, typed)
	if wrong, ok := formFault(err); ok {
		return f.drawGroup(w, r, web.Status(err), typed, problems(v.Locale, wrong))
	}
	if err == nil {
		err = f.AddMember(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("group"), u.ID)
	}
	return toGroup(w, r, err, "directory.group.member.added", "name", u.DisplayName)
}

func (f *Feature) submitMemberOut(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.RemoveMember(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("group"), r.PathValue("user"))
	return toGroup(w, r, err, "directory.group.member.removed")
}

// toGroup answers an act on a group with its page and a message.
func toGroup(w http.ResponseWriter, r *http.Request, err error, said string, pairs ...string) error {
	if err != nil {
		return err
	}
	web.Say(w, "ok", said, pairs...)
	return back(w, r, deskOf(web.VisitOf(r)).At("groups", r.PathValue("group")))
}

func (f *Feature) showDeleteGroup(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if _, err := reading(v.Actor, v.Tenant.ID, ManageUsers); err != nil {
		return err
	}
	g, err := f.GroupView(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("group"), "")
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, deleteGroupPage(ui.ShellOf(r), groupData{desk: deskOf(v), GroupView: g}))
}

func (f *Feature) submitDeleteGroup(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if err := f.DeleteGroup(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("group")); err != nil {
		return err
	}
	web.Say(w, "ok", "directory.group.delete.done")
	return back(w, r, deskOf(v).At("groups"))
}
