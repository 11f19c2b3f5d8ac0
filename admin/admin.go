package admin

import (
	"sojourn/directory"
	"sojourn/internal/web"
	"sojourn/ui"
)

// Feature is the room.
type Feature struct{}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /manage/{tenant}", web.Manage, f.showStart)
}

// area is one part of the admin centre.
type area struct {
	name  string // as pages name their place in the navigation
	path  string // below the organization's administration
	icon  string
	right directory.Right // to read it
}

// areas are all parts, in the order of the navigation.
var areas = []area{
	{"users", "users", "users", directory.ReadDirectory},
	{"deleted", "deleted-users", "trash", directory.ReadDeleted},
	{"requests", "requests", "inbox", directory.AnswerMemberships},
	{"groups", "groups", "group", directory.ReadDirectory},
	{"connections", "connections", "external", directory.ReadDirectory},
	{"properties", "properties", "settings", directory.ManageProperties},
	{"experience", "experience", "user", directory.ManageProperties},
	{"policies", "policies", "shield", directory.ReadPolicies},
	{"hardware-tokens", "hardware-tokens", "key", directory.ManageMethods},
	{"external-collaboration", "external-collaboration", "door", directory.ManageProperties},
	{"undelivered", "undelivered", "mail", directory.ManageProperties},
	{"audit", "audit", "list", directory.ReadAudit},
}

func (a area) key(thing string) string { return "admin." + a.name + "." + thing }

func (a area) href(tenantID string) string { return "/manage/" + tenantID + "/" + a.path }

// readable are the parts that somebody with these roles may read.
func readable(roles []directory.Role) []area {
	var out []area
	for _, a := range areas {
		if directory.Allows(roles, a.right) {
			out = append(out, a)
		}
	}
	return out
}

// Entries is the navigation of the administration of a tenant for somebody with
// these roles.
func Entries(tenantID string, roles []directory.Role) []ui.Entry {
	var out []ui.Entry
	for _, a := range readable(roles) {
		out = append(out, ui.Entry{Key: a.key("title"), Href: a.href(tenantID), Icon: a.icon, Name: a.name})
	}
	return out
}
