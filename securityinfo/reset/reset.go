package reset

import (
	"net/http"
	"net/url"
	"time"

	"sojourn/internal/web"
	"sojourn/securityinfo"
)

// Feature is the room: its pages.
type Feature struct {
	Info *securityinfo.Feature
	Base *url.URL // where people reach the portal: the cookie follows it
}

// Routes mounts the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /reset", web.Open, f.showName)
	t.Handle("POST /reset", web.Open, f.submitName)
	t.Handle("GET /reset/verify", web.Open, f.showWays)
	t.Handle("GET /reset/verify/{method}", web.Open, f.showProof)
	t.Handle("POST /reset/verify/{method}", web.Open, f.submitProof)
	t.Handle("POST /reset/verify/{method}/send", web.Open, f.submitSend)
	t.Handle("GET /reset/password", web.Open, f.showPassword)
	t.Handle("POST /reset/password", web.Open, f.submitPassword)
	t.Handle("GET /reset/done", web.Open, f.showDone)
	t.Handle("GET /reset/help", web.Open, f.showHelp)
	t.Handle("POST /reset/help", web.Open, f.submitHelp)
}

// The cookie carries a reset over the redirects between its steps: in the address it
// would be logged.
const (
	resetCookie = "_reset"
	cookieLife  = 15 * time.Minute
)

func (f *Feature) setCookie(w http.ResponseWriter, value string) {
	web.Cookies{Base: f.Base}.Set(w, resetCookie, value, cookieLife)
}

func (f *Feature) cookieOf(r *http.Request) string {
	return web.Cookies{Base: f.Base}.Of(r, resetCookie)
}
