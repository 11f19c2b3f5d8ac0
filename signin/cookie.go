package signin

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"sojourn/internal/id"
	"sojourn/internal/web"
)

// The cookie names a browser; it is 256 random bits, of which only the hash is
// stored.
func (f *Feature) cookies() web.Cookies { return web.Cookies{Base: f.Base} }

const (
	browserCookie = ""
	// flowCookie carries a flow over the redirect between its steps: in the
	// address it would be logged.
	flowCookie = "_flow"
)

func (f *Feature) setCookie(w http.ResponseWriter, part, value string, life time.Duration) {
	f.cookies().Set(w, part, value, life)
}

// cookieOf reads the browser's cookie; anything we cannot have set is none.
func (f *Feature) cookieOf(r *http.Request) string { return secretIn(f.cookies().Of(r, browserCookie)) }

func (f *Feature) flowOf(r *http.Request) string { return secretIn(f.cookies().Of(r, flowCookie)) }

func secretIn(value string) string {
	if !isSecret(value) {
		return ""
	}
	return value
}

// isSecret says whether s has the form of 256 bits as id.Source writes them.
func isSecret(s string) bool {
	if len(s) != 43 {
		return false
	}
	_, err := base64.RawURLEncoding.DecodeString(s)
	return err == nil
}

// Unnamed is what a browser is bound to before it has a row: forms and flows
// name it by the hash of its cookie.
func Unnamed(cookie string) string { return hex.EncodeToString(id.Hash(cookie)) }

// entrance says whether a page is for people without a session and holds a form,
// which only a browser with a cookie can send.
func entrance(r *http.Request) bool {
	if r.Method != http.MethodGet {
		return false
	}
	path := r.URL.Path
	return path == "/sign-in" || strings.HasPrefix(path, "/welcome/") || strings.HasPrefix(path, "/setup/") ||
		strings.HasPrefix(path, "/not-me/") || path == "/reset" ||
		path == "/dev/mail" // the demo's, with a form that moves the clock
}
