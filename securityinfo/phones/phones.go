package phones

import (
	"sojourn/internal/web"
	"sojourn/securityinfo"
)

// Feature is the room: its pages.
type Feature struct {
	Info *securityinfo.Feature
}

// Routes mounts the pages of the room. A method is named by its type: an account
// has one of each.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /security-info/phones/{method}", web.SignedIn, f.showNumber)
	t.Handle("POST /security-info/phones/{method}", web.SignedIn, f.submitNumber)
	t.Handle("GET /security-info/phones/{method}/code", web.SignedIn, f.showCode)
	t.Handle("POST /security-info/phones/{method}/code", web.SignedIn, f.submitCode)
	t.Handle("POST /security-info/phones/{method}/again", web.SignedIn, f.submitAgain)
	t.Handle("GET /security-info/phones/{method}/delete", web.SignedIn, f.showDelete)
	t.Handle("POST /security-info/phones/{method}/delete", web.SignedIn, f.submitDelete)
}
