package users

import (
	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/web"
)

// Feature is the room: its pages and what they read.
type Feature struct {
	DB        *db.DB
	Words     *i18n.Bundle
	Directory *directory.Feature
}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /manage/{tenant}/users", web.Manage, f.showUsers)
	t.Handle("GET /manage/{tenant}/users/new", web.Manage, f.showNewUser)
	t.Handle("POST /manage/{tenant}/users/new", web.Manage, f.submitNewUser)
	t.Handle("GET /manage/{tenant}/users/{user}", web.Manage, f.showUser)
	t.Handle("GET /manage/{tenant}/users/{user}/edit", web.Manage, f.showEdit)
	t.Handle("POST /manage/{tenant}/users/{user}/edit", web.Manage, f.submitEdit)
	t.Handle("GET /manage/{tenant}/users/{user}/delete", web.Manage, f.showDelete)
	t.Handle("POST /manage/{tenant}/users/{user}/delete", web.Manage, f.submitDelete)
	t.Handle("POST /manage/{tenant}/users/{user}/disable", web.Manage, f.submitDisable)
	t.Handle("POST /manage/{tenant}/users/{user}/enable", web.Manage, f.submitEnable)
	t.Handle("POST /manage/{tenant}/users/{user}/link", web.Manage, f.submitLink)
	t.Handle("GET /manage/{tenant}/users/{user}/hold", web.Manage, f.showHold)
	t.Handle("POST /manage/{tenant}/users/{user}/hold", web.Manage, f.submitHold)
	t.Handle("POST /manage/{tenant}/users/{user}/release", web.Manage, f.submitRelease)
	t.Handle("POST /manage/{tenant}/users/{user}/groups", web.Manage, f.submitJoin)
	t.Handle("POST /manage/{tenant}/users/{user}/groups/{group}/remove", web.Manage, f.submitPart)
	t.Handle("POST /manage/{tenant}/users/{user}/roles", web.Manage, f.submitGrant)
	t.Handle("POST /manage/{tenant}/users/{user}/roles/{role}/revoke", web.Manage, f.submitRevoke)
}
