package authenticator

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
	t.Handle("GET /security-info/authenticator", web.SignedIn, f.showBegin)
	t.Handle("POST /security-info/authenticator", web.SignedIn, f.submitBegin)
	t.Handle("GET /security-info/authenticator/scan", web.SignedIn, f.showScan)
	t.Handle("POST /security-info/authenticator/scan", web.SignedIn, f.submitScan)
	t.Handle("GET /security-info/organizations/{tenant}/authenticator", web.SignedIn, f.showBegin)
	t.Handle("POST /security-info/organizations/{tenant}/authenticator", web.SignedIn, f.submitBegin)
	t.Handle("GET /security-info/organizations/{tenant}/authenticator/scan", web.SignedIn, f.showScan)
	t.Handle("POST /security-info/organizations/{tenant}/authenticator/scan", web.SignedIn, f.submitScan)
	t.Handle("GET /security-info/organizations/{tenant}/authenticator/delete", web.SignedIn, f.showDeleteBound)
	t.Handle("POST /security-info/organizations/{tenant}/authenticator/delete", web.SignedIn, f.submitDeleteBound)
	t.Handle("GET /security-info/authenticator/{method}/delete", web.SignedIn, f.showDelete)
	t.Handle("POST /security-info/authenticator/{method}/delete", web.SignedIn, f.submitDelete)
}
