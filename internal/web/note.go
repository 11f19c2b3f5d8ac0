package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"time"
)

// Note is a one-time message for the next page. It travels in a cookie as a
// message key and its values, never as markup.
type Note struct {
	Kind string   `json:"k"` // ok · info · warn · err
	Key  string   `json:"m"`
	Args []string `json:"a,omitempty"`
	More string   `json:"l,omitempty"` // key of the words of a link
	At   string   `json:"h,omitempty"` // where it leads, a path of the portal
}

const noteCookie = "_note"

// Say leaves a message for the next page. args are pairs of placeholder name
// and value.
func Say(w http.ResponseWriter, kind, key string, args ...string) {
	say(w, Note{Kind: kind, Key: key, Args: args})
}

// SayMore leaves a message with a link.
func SayMore(w http.ResponseWriter, kind, key, more, at string) {
	say(w, Note{Kind: kind, Key: key, More: more, At: at})
}

func say(w http.ResponseWriter, n Note) {
	data, err := json.Marshal(n)
	if err != nil {
		return // texts always marshal
	}
	cookiesOf(w).Set(w, noteCookie, base64.RawURLEncoding.EncodeToString(data), time.Minute)
}

// takeNote reads the message and removes it, so that it shows once.
func takeNote(w http.ResponseWriter, r *http.Request) *Note {
	cookies := cookiesOf(w)
	value := cookies.Of(r, noteCookie)
	if value == "" || r.Method != http.MethodGet {
		return nil
	}
	cookies.Set(w, noteCookie, "", 0)
	data, err := base64.RawURLEncoding.DecodeString(value)
	var n Note
	if err != nil || len(data) > 2000 || json.Unmarshal(data, &n) != nil || len(n.Args)%2 != 0 {
		return nil
	}
	if n.At != "" && LocalPath(n.At) != n.At {
		return nil
	}
	for _, a := range n.Args {
		if !clean(a) {
			return nil
		}
	}
	return &n
}
