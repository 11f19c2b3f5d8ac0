package directory

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sojourn/internal/fault"
	"sojourn/internal/i18n"
	"sojourn/internal/web"
	"sojourn/ui"
)

// AdminRoutes are the pages of Users, Deleted users, Groups and Properties.
func (f *Feature) AdminRoutes(t *web.Table) {
	t.Handle("GET /manage/{tenant}/users", web.Manage, f.showUsers)
	t.Handle("GET /manage/{tenant}/users/new", web.Manage, f.showNewUser)
	t.Handle("POST /manage/{tenant}/users/new", web.Manage, f.submitNewUser)
	t.Handle("GET /manage/{tenant}/users/{user}", web.Manage, f.showUser)
	t.Handle("GET /manage/{tenant}/users/{user}/delete", web.Manage, f.showDelete)
	t.Handle("POST /manage/{tenant}/users/{user}/delete", web.Manage, f.submitDelete)
	t.Handle("POST /manage/{tenant}/users/{user}/disable", web.Manage, f.submitDisable)
	t.Handle("POST /manage/{tenant}/users/{user}/enable", web.Manage, f.submitEnable)
	t.Handle("POST /manage/{tenant}/users/{user}/link", web.Manage, f.submitLink)
	t.Handle("POST /manage/{tenant}/users/{user}/groups", web.Manage, f.submitJoin)
	t.Handle("POST /manage/{tenant}/users/{user}/groups/{group}/remove", web.Manage, f.submitPart)
	t.Handle("POST /manage/{tenant}/users/{user}/roles", web.Manage, f.submitGrant)
	t.Handle("POST /manage/{tenant}/users/{user}/roles/{role}/revoke", web.Manage, f.submitRevoke)

	t.Handle("GET /manage/{tenant}/deleted-users", web.Manage, f.showDeleted)
	t.Handle("POST /manage/{tenant}/deleted-users/restore", web.Manage, f.submitRestore)
	t.Handle("GET /manage/{tenant}/deleted-users/restored", web.Manage, f.showOutcomes)
	t.Handle("GET /manage/{tenant}/deleted-users/results/{departure}", web.Manage, f.showOutcome)
	t.Handle("POST /manage/{tenant}/deleted-users/chosen", web.Manage, f.submitChosen)
	t.Handle("GET /manage/{tenant}/deleted-users/delete", web.Manage, f.showErase)
	t.Handle("POST /manage/{tenant}/deleted-users/delete", web.Manage, f.submitErase)
	t.Handle("GET /manage/{tenant}/deleted-users/refused", web.Manage, f.showNotErased)

	t.Handle("GET /manage/{tenant}/groups", web.Manage, f.showGroups)
	t.Handle("GET /manage/{tenant}/groups/new", web.Manage, f.showNewGroup)
	t.Handle("POST /manage/{tenant}/groups/new", web.Manage, f.submitNewGroup)
	t.Handle("GET /manage/{tenant}/groups/{group}", web.Manage, f.showGroup)
	t.Handle("POST /manage/{tenant}/groups/{group}/members", web.Manage, f.submitMember)
	t.Handle("POST /manage/{tenant}/groups/{group}/members/{user}/remove", web.Manage, f.submitMemberOut)
	t.Handle("GET /manage/{tenant}/groups/{group}/delete", web.Manage, f.showDeleteGroup)
	t.Handle("POST /manage/{tenant}/groups/{group}/delete", web.Manage, f.submitDeleteGroup)

	t.Handle("GET /manage/{tenant}/properties", web.Manage, f.showProperties)
	t.Handle("POST /manage/{tenant}/properties", web.Manage, f.submitProperties)
}

// desk is where an administrator sits: the organization, the way to its pages,
// and what the pages offer. What they offer is only what they show: every verb
// decides for itself.
type desk struct {
	Base             string // path of the organization's administration
	Organization     string
	CanManage        bool // create, change, delete and restore users and groups
	CanInvite        bool // add guests
	CanReadDeleted   bool
	CanSetProperties bool
}

func deskOf(v *web.Visit) desk {
	roles := RolesHeld(v.Actor)
	active := v.Tenant.State == string(TenantActive)
	return desk{
		Base: "/manage/" + v.Tenant.ID, Organization: v.Tenant.Name,
		CanManage: active && Allows(roles, ManageUsers), CanInvite: active && Allows(roles, InviteGuests),
		CanReadDeleted: Allows(roles, ReadDeleted), CanSetProperties: active && Allows(roles, ManageProperties),
	}
}

// At is the path of a page of the administration.
func (d desk) At(parts ...string) string {
	path := d.Base
	for _, part := range parts {
		path += "/" + url.PathEscape(part)
	}
	return path
}

// with adds what is not empty to a path as its query: pairs of name and value.
func with(path string, pairs ...string) string {
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

// back answers a POST with the page to look at now.
func back(w http.ResponseWriter, r *http.Request, path string) error {
	return web.See(w, r, string(ui.ShellOf(r).Href(path)))
}

// formFault is what a form page shows again with what is wrong at its fields;
// other errors are not the form's.
func formFault(err error) (*fault.Fault, bool) {
	f, ok := fault.Of(err)
	return f, ok && len(f.Fields) > 0
}

// problems are the fields of a fault in words.
func problems(l *i18n.Locale, f *fault.Fault) []ui.FieldError {
	var out []ui.FieldError
	for _, field := range f.Fields {
		out = append(out, ui.FieldError{Field: field.Name, Text: l.T(field.Key, field.Args...)})
	}
	return out
}

// problemAt is what is wrong with one field, or "".
func problemAt(list []ui.FieldError, field string) string {
	for _, e := range list {
		if e.Field == field {
			return e.Text
		}
	}
	return ""
}

// oneOf is s if it is among what is known, else "".
func oneOf[T ~string](s string, known ...T) T {
	if slices.Contains(known, T(s)) {
		return T(s)
	}
	return ""
}

// query is the search a list was asked for.
func query(q url.Values) string { return strings.TrimSpace(q.Get("q")) }
