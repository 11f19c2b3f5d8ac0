package users

import (
	"net/http"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

type userData struct {
	desk.Desk
	profile
	Group    string // as typed into the form that adds one
	Problems []ui.FieldError
}

// act says whether the page offers acts on the user.
func (d userData) act() bool { return d.CanManage && d.WithinRank }

// mayProtect says whether the page leads to the sign-in methods of the user.
func (d userData) mayProtect() bool { return d.CanManageMethods }

// linkable says whether a link to set a password can be sent, if there is an address
// to send it to.
func (d userData) linkable() bool { return d.CanSendLinks && d.WithinRank && d.Home && d.Enabled }

// resendable says whether there is an invitation to send once more.
func (d userData) resendable() bool {
	return d.CanInvite && d.Live() && d.ExternalState == directory.Pending && d.AccountID == ""
}

func (f *Feature) showUser(w http.ResponseWriter, r *http.Request) error {
	return f.drawUser(w, r, http.StatusOK, "", nil)
}

func (f *Feature) drawUser(w http.ResponseWriter, r *http.Request, status int, group string, wrong []ui.FieldError) error {
	v := web.VisitOf(r)
	p, err := f.profile(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	if err != nil {
		return err
	}
	return web.Render(w, r, status, userPage(ui.ShellOf(r), userData{Desk: desk.Of(v), profile: p, Group: group, Problems: wrong}))
}

func (f *Feature) submitDisable(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.Directory.Disable(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	return toUser(w, r, err, "directory.disable.done")
}

func (f *Feature) submitEnable(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.Directory.Enable(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	return toUser(w, r, err, "directory.enable.done")
}

func (f *Feature) submitLink(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	_, err := f.Directory.SendLink(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	return toUser(w, r, err, "directory.link.done")
}

func (f *Feature) submitJoin(w http.ResponseWriter, r *http.Request) error {
	v, typed := web.VisitOf(r), r.PostFormValue("group")
	g, err := f.findGroup(r.Context(), v.Actor, v.Tenant.ID, typed)
	if wrong, ok := desk.FormFault(err); ok {
		return f.drawUser(w, r, web.Status(err), typed, desk.Problems(v.Locale, wrong))
	}
	if err == nil {
		err = f.Directory.AddMember(r.Context(), v.Actor, v.Tenant.ID, g.ID, r.PathValue("user"))
	}
	return toUser(w, r, err, "directory.user.group.added", "name", g.Name)
}

func (f *Feature) submitPart(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.Directory.RemoveMember(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("group"), r.PathValue("user"))
	return toUser(w, r, err, "directory.user.group.removed")
}

func (f *Feature) submitGrant(w http.ResponseWriter, r *http.Request) error {
	v, role := web.VisitOf(r), desk.OneOf(r.PostFormValue("role"), directory.Roles...)
	err := f.Directory.Grant(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"), role)
	if d := desk.Of(v); fault.Is(err, "proof_needed") {
		return desk.Back(w, r, desk.With("/prove", "returnUrl", d.At("users", r.PathValue("user"))))
	}
	return toUser(w, r, err, "directory.user.role.granted", "role", v.Locale.T(role.Key()))
}

func (f *Feature) submitRevoke(w http.ResponseWriter, r *http.Request) error {
	v, role := web.VisitOf(r), desk.OneOf(r.PathValue("role"), directory.Roles...)
	if role == "" {
		return fault.Missing()
	}
	err := f.Directory.Revoke(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"), role)
	return toUser(w, r, err, "directory.user.role.revoked", "role", v.Locale.T(role.Key()))
}

type deleteData struct {
	desk.Desk
	leaver
}

func (f *Feature) showDelete(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	p, err := f.leaver(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, deletePage(ui.ShellOf(r), deleteData{Desk: desk.Of(v), leaver: p}))
}

func (f *Feature) submitDelete(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.Directory.Delete(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("user"))
	return toUser(w, r, err, "directory.delete.done")
}

// toUser answers an act on a user with their page and a message.
func toUser(w http.ResponseWriter, r *http.Request, err error, said string, pairs ...string) error {
	return desk.Done(w, r, err, desk.Of(web.VisitOf(r)).At("users", r.PathValue("user")), said, pairs...)
}
