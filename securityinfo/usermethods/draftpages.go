package usermethods

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/securityinfo"
)

const (
	draftCookie = "_given"
	draftLife   = 5 * time.Minute
	maxDraft    = 2000 // octets
)

// draft is what was typed into a form whose button asked for a proof: its page has it
// again afterwards. It stays in the browser it was typed in.
type draft struct {
	Account string // who typed it
	Path    string // of the form
	Phone   securityinfo.PhoneForm
	Address string
}

func (f *Feature) cookies() web.Cookies {
	base, _ := url.Parse(f.BaseURL) // checked when the portal starts
	return web.Cookies{Base: base}
}

// keep puts away what was typed, where a proof is asked before it can be taken.
func (f *Feature) keep(w http.ResponseWriter, r *http.Request, err error, d draft) {
	if !fault.Is(err, "proof_needed") {
		return
	}
	d.Account, d.Path = web.VisitOf(r).Actor.AccountID, r.URL.Path
	if data, err := json.Marshal(d); err == nil && len(data) <= maxDraft {
		f.cookies().Set(w, draftCookie, base64.RawURLEncoding.EncodeToString(data), draftLife)
	}
}

// takeDraft gives what was typed into this form, once.
func (f *Feature) takeDraft(w http.ResponseWriter, r *http.Request) (d draft, found bool) {
	value := f.cookies().Of(r, draftCookie)
	if value == "" || r.Method != http.MethodGet {
		return draft{}, false
	}
	f.cookies().Set(w, draftCookie, "", 0)
	data, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil || len(data) > maxDraft || json.Unmarshal(data, &d) != nil {
		return draft{}, false
	}
	return d, d.Account == web.VisitOf(r).Actor.AccountID && d.Path == r.URL.Path
}
