package emails

import (
	"sojourn/internal/web"
	"sojourn/securityinfo"
)

// Feature is the room: its pages.
type Feature struct {
	Info *securityinfo.Feature
}

const path = "/security-info/email"

// Routes mounts the pages of the room. An account has one address.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET "+path, web.SignedIn, f.showAddress)
	t.Handle("POST "+path, web.SignedIn, f.submitAddress)
	t.Handle("GET "+path+"/code", web.SignedIn, f.showCode)
	t.Handle("POST "+path+"/code", web.SignedIn, f.submitCode)
	t.Handle("POST "+path+"/again", web.SignedIn, f.submitAgain)
	t.Handle("GET "+path+"/delete", web.SignedIn, f.showDelete)
	t.Handle("POST "+path+"/delete", web.SignedIn, f.submitDelete)
}

// addressForm is the page that asks for an address.
type addressForm struct {
	Now      string // the address there is, in full; "" where one is added
	Address  string // as typed
	Problems []problem
}

// titleKey: one is added, or another takes its place.
func (f addressForm) titleKey() string {
	if f.Now != "" {
		return "securityinfo.email.change"
	}
	return "securityinfo.email.add"
}

// codeForm is the page that asks for the code that was mailed.
type codeForm struct {
	Method   string
	Address  string
	Problems []problem
}
