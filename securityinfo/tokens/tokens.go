package tokens

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
	t.Handle("GET /security-info/token", web.SignedIn, f.showSerial)
	t.Handle("POST /security-info/token", web.SignedIn, f.submitSerial)
	t.Handle("GET /security-info/token/name", web.SignedIn, f.showName)
	t.Handle("POST /security-info/token/name", web.SignedIn, f.submitName)
	t.Handle("GET /security-info/token/code", web.SignedIn, f.showCode)
	t.Handle("POST /security-info/token/code", web.SignedIn, f.submitCode)
	t.Handle("GET /security-info/token/{method}/delete", web.SignedIn, f.showDelete)
	t.Handle("POST /security-info/token/{method}/delete", web.SignedIn, f.submitDelete)
}
