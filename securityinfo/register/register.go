package register

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
	t.Handle("GET /register", web.SignedIn, f.showRegister)
	t.Handle("GET /register/methods", web.SignedIn, f.showMethods)
	t.Handle("POST /register/skip", web.SignedIn, f.submitSkip)
	t.Handle("POST /register/confirm", web.SignedIn, f.submitConfirm)
}
