package accesspass

import (
	"sojourn/internal/web"
	"sojourn/securityinfo"
)

// Feature is the room: its pages.
type Feature struct {
	Info *securityinfo.Feature
}

// Routes mounts the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /security-info/pass/delete", web.SignedIn, f.showDelete)
	t.Handle("POST /security-info/pass/delete", web.SignedIn, f.submitDelete)
}
