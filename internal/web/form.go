package web

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"sojourn/internal/fault"
	"sojourn/internal/secret"
)

// maxBody bounds every request body, in bytes.
const maxBody = 1 << 20

// FormToken is the value of a form's hidden field "csrf". It is masked anew for
// each page, so that compression tells nothing about it (BREACH).
func FormToken(box *secret.Box, v *Visit) string {
	token := box.FormToken(v.FormKey, v.Person.AccountID)
	masked := make([]byte, 2*len(token))
	rand.Read(masked[:len(token)])
	subtle.XORBytes(masked[len(token):], masked[:len(token)], token)
	return base64.RawURLEncoding.EncodeToString(masked)
}

// readForm parses the body of a POST and checks that its form was drawn by us,
// in this browser, for the account that is signed in now.
func readForm(w http.ResponseWriter, r *http.Request, v *Visit, rt Route, box *secret.Box) error {
	// The innermost writer closes the connection of who sends too much.
	r.Body = http.MaxBytesReader(innermost(w), r.Body, max(maxBody, rt.Upload))
	if err := parse(r, rt); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return fault.New(fault.TooLarge, "too_large", "ui.error.large.title")
		}
		return fault.New(fault.Invalid, "bad_form", "ui.error.form.title")
	}
	if !cleanValues(r.PostForm) {
		return fault.New(fault.Invalid, "bad_text", "ui.error.text.title")
	}
	if drawnFor := r.PostFormValue("account"); v.SignedIn() && drawnFor != "" && drawnFor != v.Person.AccountID {
		return fault.New(fault.Conflict, "other_account", "ui.error.account.title", "name", v.Person.Name)
	}
	if !validToken(box, v, r.PostFormValue("csrf")) {
		return fault.New(fault.Forbidden, "stale_form", "ui.error.stale.title")
	}
	return nil
}

// parse reads fields, and a file where the route takes one. What has been let in
// fits into memory: nothing is written to disk.
func parse(r *http.Request, rt Route) error {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if rt.Upload > 0 && kind == "multipart/form-data" {
		return r.ParseMultipartForm(rt.Upload)
	}
	return r.ParseForm()
}

func validToken(box *secret.Box, v *Visit, given string) bool {
	masked, err := base64.RawURLEncoding.DecodeString(given)
	if err != nil || len(masked) == 0 || len(masked)%2 != 0 {
		return false
	}
	half := len(masked) / 2
	token := make([]byte, half)
	subtle.XORBytes(token, masked[:half], masked[half:])
	return box.IsFormToken(token, v.FormKey, v.Person.AccountID)
}

// cleanValues refuses NUL and invalid UTF-8: one database would take them, the
// other would fail.
func cleanValues(values map[string][]string) bool {
	for name, list := range values {
		if !clean(name) {
			return false
		}
		for _, s := range list {
			if !clean(s) {
				return false
			}
		}
	}
	return true
}

func clean(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// maxReturn bounds the address to come back to: room for a page of chosen users.
const maxReturn = 4096

// LocalPath is where to go on after a flow: a path of ours, or "/" for
// anything else. Backslashes and control characters are refused because browsers
// read them their own way.
func LocalPath(s string) string {
	if len(s) == 0 || len(s) > maxReturn || s[0] != '/' || strings.HasPrefix(s, "//") || strings.ContainsAny(s, "\\\t\r\n") || !clean(s) {
		return "/"
	}
	for _, r := range s {
		if r < 0x20 || r == 0x7f {
			return "/"
		}
	}
	return s
}
