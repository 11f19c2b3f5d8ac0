package passkeys

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
	t.Handle("GET /security-info/passkeys/{kind}", web.SignedIn, f.showAdd)
	t.Handle("POST /security-info/passkeys/{kind}", web.SignedIn, f.submitAdd)
	t.Handle("POST /security-info/passkeys/{kind}/ask", web.SignedIn, f.submitAsk)
	t.Handle("GET /security-info/passkeys/{method}/name", web.SignedIn, f.showName)
	t.Handle("POST /security-info/passkeys/{method}/name", web.SignedIn, f.submitName)
	t.Handle("GET /security-info/passkeys/{method}/delete", web.SignedIn, f.showDelete)
	t.Handle("POST /security-info/passkeys/{method}/delete", web.SignedIn, f.submitDelete)
}

// kind is what is added: the last part of the page's address.
type kind string

const (
	passkeyKind kind = "new" // kept by this device, a phone or a password manager
	keyKind     kind = "key" // a security key, to be carried along
)

// kindOf reads an address; ok is false for every other word.
func kindOf(word string) (k kind, ok bool) {
	k = kind(word)
	return k, k == passkeyKind || k == keyKind
}

func (k kind) portable() bool { return k == keyKind }

// path is where one is added.
func (k kind) path() string { return "/security-info/passkeys/" + string(k) }

// word is its message key under securityinfo.passkeys.
func (k kind) word(what string) string { return "securityinfo.passkeys." + string(k) + "." + what }
