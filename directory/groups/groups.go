package groups

import (
	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/internal/web"
)

// Feature is the room: its pages and what they read.
type Feature struct {
	DB        *db.DB
	Directory *directory.Feature
}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /manage/{tenant}/groups", web.Manage, f.showGroups)
	t.Handle("GET /manage/{tenant}/groups/new", web.Manage, f.showNewGroup)
	t.Handle("POST /manage/{tenant}/groups/new", web.Manage, f.submitNewGroup)
	t.Handle("GET /manage/{tenant}/groups/{group}", web.Manage, f.showGroup)
	t.Handle("POST /manage/{tenant}/groups/{group}/members", web.Manage, f.submitMember)
	t.Handle("POST /manage/{tenant}/groups/{group}/members/{user}/remove", web.Manage, f.submitMemberOut)
	t.Handle("GET /manage/{tenant}/groups/{group}/edit", web.Manage, f.showEditGroup)
	t.Handle("POST /manage/{tenant}/groups/{group}/edit", web.Manage, f.submitEditGroup)
	t.Handle("GET /manage/{tenant}/groups/{group}/delete", web.Manage, f.showDeleteGroup)
	t.Handle("POST /manage/{tenant}/groups/{group}/delete", web.Manage, f.submitDeleteGroup)
}
