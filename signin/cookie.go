package signin

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"sojourn/internal/id"
)

// The cookie names a browser; it is 256 random bits, of which only the hash is
// stored. Over https its name keeps other hosts and paths from setting it. Plain
// http is for loopback only, where cookies ignore ports: the port is in the name.
func (f *Feature) cookieName() string {
	if f.secure() {
		return "__Host-sojourn"
	}
	return "sojourn_" + f.port()
}

// flowCookieName is of the cookie that carries a flow over the redirect between
// its steps: in the address it would be logged.
func (f *Feature) flowCookieName() string {
	if f.secure() {
		return "__Host-sojourn_flow"
	}
	return "sojourn_flow_" + f.port()
}

func (f *Feature) secure() bool { return f.Base.Scheme == "https" }

func (f *Feature) port() string {
	if port := f.Base.Port(); port != "" {
		return port
	}
	return "80"
}

func (f *Feature) setCookie(w http.ResponseWriter, name, value string, life time.Duration) {
	age := int(life / time.Second)
	if value == "" {
		age = -1
	}
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: f.secure(), SameSite: http.SameSiteLaxMode,
	})
}

// cookieOf reads the browser's cookie; anything we cannot have set is none.
func (f *Feature) cookieOf(r *http.Request) string { return secretIn(r, f.cookieName()) }

func (f *Feature) flowOf(r *http.Request) string { return secretIn(r, f.flowCookieName()) }

func secretIn(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil || !isSecret(c.Value) {
		return ""
	}
	return c.Value
}

// isSecret says whether s has the form of 256 bits as id.Source writes them.
func isSecret(s string) bool {
	if len(s) != 43 {
		return false
	}
	_, err := base64.RawURLEncoding.DecodeString(s)
	return err == nil
}

// unnamed is what a browser is bound to before it has a row: forms and flows
// name it by the hash of its cookie.
func unnamed(cookie string) string { return hex.EncodeToString(id.Hash(cookie)) }

// entrance says whether a page is for people without a session and holds a form,
// which only a browser with a cookie can send.
func entrance(r *http.Request) bool {
	if r.Method != http.MethodGet {
		return false
	}
	path := r.URL.Path
	return path == "/sign-in" || strings.HasPrefix(path, "/welcome/") || strings.HasPrefix(path, "/setup/") ||
		path == "/dev/mail" // the demo's, with a form that moves the clock
}
