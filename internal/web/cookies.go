package web

import (
	"net/http"
	"net/url"
	"time"
)

// Cookies are the rule of every cookie of the portal. Over https the name keeps
// other hosts and paths from setting it. Plain http is for loopback only, where
// cookies ignore ports: the port is in the name.
type Cookies struct {
	Base *url.URL // where people reach the portal; nil is somewhere over https
}

// Name is what a cookie is called; part tells the portal's cookies apart.
func (c Cookies) Name(part string) string {
	if c.secure() {
		return "__Host-sojourn" + part
	}
	port := c.Base.Port()
	if port == "" {
		port = "80"
	}
	return "sojourn" + part + "_" + port
}

// Set leaves a cookie for some time; no value removes it.
func (c Cookies) Set(w http.ResponseWriter, part, value string, life time.Duration) {
	age := int(life / time.Second)
	if value == "" {
		age = -1
	}
	http.SetCookie(w, &http.Cookie{
		Name: c.Name(part), Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: c.secure(), SameSite: http.SameSiteLaxMode,
	})
}

// Of is the value of a cookie in a request, "" if there is none.
func (c Cookies) Of(r *http.Request, part string) string {
	found, err := r.Cookie(c.Name(part))
	if err != nil {
		return ""
	}
	return found.Value
}

func (c Cookies) secure() bool { return c.Base == nil || c.Base.Scheme == "https" }

// answer is the writer that handlers get: it knows how the portal's cookies are
// set, which a handler that only leaves a message need not.
type answer struct {
	http.ResponseWriter
	cookies Cookies
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

func cookiesOf(w http.ResponseWriter) Cookies {
	if a, ok := w.(*answer); ok {
		return a.cookies
	}
	return Cookies{}
}
