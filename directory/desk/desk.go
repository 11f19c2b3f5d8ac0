package desk

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"sojourn/directory"
	"sojourn/internal/web"
	"sojourn/ui"
)

// Desk is where an administrator sits: the organization, the way to its pages,
// and what the pages offer.
type Desk struct {
	Base             string // path of the organization's administration
	Organization     string
	CanManage        bool // create, change, delete and restore users and groups
	CanInvite        bool // add guests
	CanReadDeleted   bool
	CanSetProperties bool
	CanHold          bool // put on legal hold, and release
	CanClose         bool // close the organization, or stop that
	CanManageMethods bool // see and take away sign-in methods, end sessions
	CanSendLinks     bool // have a password link sent
}

// Of is the desk of a visit.
func Of(v *web.Visit) Desk {
	roles := directory.RolesHeld(v.Actor)
	active := v.Tenant.State == string(directory.TenantActive)
	return Desk{
		Base: "/manage/" + v.Tenant.ID, Organization: v.Tenant.Name,
		CanManage:        active && directory.Allows(roles, directory.ManageUsers),
		CanInvite:        active && directory.Allows(roles, directory.InviteGuests),
		CanReadDeleted:   directory.Allows(roles, directory.ReadDeleted),
		CanSetProperties: active && directory.Allows(roles, directory.ManageProperties),
		CanHold:          active && directory.Allows(roles, directory.ManageHolds),
		CanClose:         directory.Allows(roles, directory.ManageClosing),
		CanManageMethods: active && directory.Allows(roles, directory.ManageMethods),
		CanSendLinks:     active && directory.Allows(roles, directory.SendLinks),
	}
}

// At is the path of a page of the administration.
func (d Desk) At(parts ...string) string {
	path := d.Base
	for _, part := range parts {
		path += "/" + url.PathEscape(part)
	}
	return path
}

// With adds what is not empty to a path as its query: pairs of name and value.
func With(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Add(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// Back answers a POST with the page to look at now.
func Back(w http.ResponseWriter, r *http.Request, path string) error {
	return web.See(w, r, string(ui.ShellOf(r).Href(path)))
}

// Done answers an act with a message and the page to look at now; an act that
// was refused stays an error.
func Done(w http.ResponseWriter, r *http.Request, err error, path, said string, pairs ...string) error {
	if err != nil {
		return err
	}
	web.Say(w, "ok", said, pairs...)
	return Back(w, r, path)
}

// PageHref is the link of a pager, or none.
func PageHref(s *ui.Shell, there bool, path string) templ.SafeURL {
	if !there {
		return ""
	}
	return s.Href(path)
}
