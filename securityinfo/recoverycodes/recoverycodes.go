package recoverycodes

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
	t.Handle("GET /security-info/recovery-codes", web.SignedIn, f.showMake)
	t.Handle("POST /security-info/recovery-codes", web.SignedIn, f.submitMake)
	t.Handle("POST /security-info/recovery-codes/download", web.SignedIn, f.submitDownload)
	t.Handle("GET /security-info/recovery-codes/used", web.SignedIn, f.showUsed)
	t.Handle("GET /security-info/recovery-codes/delete", web.SignedIn, f.showDelete)
	t.Handle("POST /security-info/recovery-codes/delete", web.SignedIn, f.submitDelete)
}
