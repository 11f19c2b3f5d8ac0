package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
)

// Note is a one-time message for the next page. It travels in a cookie as a
// message key and its values, never as markup.
type Note struct {
	Kind string   `json:"k"` // ok · info · warn · err
	Key  string   `json:"m"`
	Args []string `json:"a,omitempty"`
}

const noteCookie = "sojourn_note"

// Say leaves a message for the next page. args are pairs of placeholder name
// and value.
func Say(w http.ResponseWriter, kind, key string, args ...string) {
	data, err := json.Marshal(Note{Kind: kind, Key: key, Args: args})
	if err != nil {
		return // texts always marshal
	}
	http.SetCookie(w, &http.Cookie{
		Name: noteCookie, Value: base64.RawURLEncoding.EncodeToString(data), Path: "/", MaxAge: 60,
		HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// takeNote reads the message and removes it, so that it shows once.
func takeNote(w http.ResponseWriter, r *http.Request) *Note {
	c, err := r.Cookie(noteCookie)
	if err != nil || r.Method != http.MethodGet {
		return nil
	}
	http.SetCookie(w, &http.Cookie{Name: noteCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	data, err := base64.RawURLEncoding.DecodeString(c.Value)
	var n Note
	if err != nil || len(data) > 2000 || json.Unmarshal(data, &n) != nil || len(n.Args)%2 != 0 {
		return nil
	}
	for _, a := range n.Args {
		if !clean(a) {
			return nil
		}
	}
	return &n
}
