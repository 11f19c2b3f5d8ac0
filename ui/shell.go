package ui

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"sojourn/internal/i18n"
)

// Shell is what every page needs to know about the request and the person:
// filled once a request by app, read by layouts and elements. All fields may
// be zero.
type Shell struct {
	Locale      *i18n.Locale
	Zone        *time.Location
	Now         time.Time
	Path        string  // of the request
	Person      *Person // nil when nobody is signed in
	Token, For  string  // hidden fields "csrf" and "account" of every form
	Carry       string  // the value of ?tenantId= that every link carries on
	Places      []Place // of the organization switcher
	AllPlaces   bool    // there are more places than the switcher lists
	Selected    string  // name of the organization selected by ?tenantId
	Administers []Place // organizations whose administration the person may enter
	Admin       *Admin  // under /manage
	Withheld    bool    // the home organization has not turned the portal on: there is no overview
	Entries     []Entry // navigation of the account portal
	Languages   []Language
	Note        *Note // one-time message
	Stay        *Stay // when being signed in ends; nil when nobody is
	Dev         bool
}

// Stay is what a page knows of its end, for the warning before it.
type Stay struct {
	Left  int    // seconds
	Also  int    // seconds until one is signed out, where only the password is asked before
	Ask   string // address that a click to stay asks
	Back  string // address of the page itself
	Final bool   // it ends whatever is done
	Proof bool   // only the password is asked again
}

// say is the message key of a word of the warning.
func (t *Stay) say(word string) string {
	switch {
	case t.Proof:
		return "ui.stay.proof." + word
	case t.Final && word == "soon":
		return "ui.stay.final"
	}
	return "ui.stay." + word
}

// Person is who is signed in.
type Person struct {
	Name, Address string
	Kind          string // message key of the kind of account: ui.kind.work …
	Home          string // name of the home organization, or ""
	Photo         string // id of the photo, or ""
}

// Place is an organization one can go to.
type Place struct {
	Name, Href    string
	Current, Home bool
}

// Admin is the organization being administered and its navigation.
type Admin struct {
	Tenant, Name string
	Entries      []Entry
}

// Entry is one line of a navigation. Name is what Head.Current says to mark it.
type Entry struct {
	Key, Href, Icon, Name string
}

// Language is a link to the same page in another language.
type Language struct {
	Lang, Name, Href string
}

// page is the address of the page without a language.
func (l Language) page() string {
	u, err := url.Parse(l.Href)
	if err != nil {
		return "/"
	}
	query := u.Query()
	query.Del("lng")
	u.RawQuery = query.Encode()
	return u.String()
}

// Note is a one-time message, shown at the top of the next page.
type Note struct {
	Kind, Text string // Kind: ok, err, info or warn
	More       Link   // where there is more; may be none
}

// Head is what a page tells its layout.
type Head struct {
	Title   string // plain text, for the title of the window
	Current string // name of the navigation entry this page belongs to
	Failed  bool   // the page shows a refused form: the title says so
	Narrow  bool   // a form or confirmation: a column one can read
}

type shellKey struct{}

// WithShell puts the shell of a request in its context.
func WithShell(ctx context.Context, s *Shell) context.Context {
	return context.WithValue(ctx, shellKey{}, s)
}

// ShellOf is the shell of a request, never nil.
func ShellOf(r *http.Request) *Shell {
	if s, ok := r.Context().Value(shellKey{}).(*Shell); ok && s != nil {
		return s
	}
	return &Shell{}
}

// Href makes a link to a page of the portal. It carries the selected
// organization on and refuses any address that would leave the portal.
func (s *Shell) Href(path string) templ.SafeURL {
	if !local(path) {
		return "/"
	}
	if s.Carry == "" {
		return templ.SafeURL(path)
	}
	path, fragment, hasFragment := strings.Cut(path, "#")
	_, query, hasQuery := strings.Cut(path, "?")
	switch {
	case !hasQuery:
		path += "?tenantId=" + queryEscape(s.Carry)
	case !strings.HasPrefix(query, "tenantId=") && !strings.Contains(query, "&tenantId="):
		path += "&tenantId=" + queryEscape(s.Carry)
	}
	if hasFragment {
		path += "#" + fragment
	}
	return templ.SafeURL(path)
}

// T is the message of a key as plain text.
func (s *Shell) T(key string, pairs ...any) string {
	if s.Locale == nil {
		return key
	}
	return s.Locale.T(key, pairs...)
}

// N is the message of a key in the plural form of n, as plain text.
func (s *Shell) N(key string, n int, pairs ...any) string {
	if s.Locale == nil {
		return key
	}
	return s.Locale.N(key, n, pairs...)
}

// Msg is the package's Msg in the language of the shell.
func (s *Shell) Msg(key string, pairs ...any) templ.Component { return Msg(s.Locale, key, pairs...) }

// MsgN is the package's MsgN in the language of the shell.
func (s *Shell) MsgN(key string, n int, pairs ...any) templ.Component {
	return MsgN(s.Locale, key, n, pairs...)
}

func (s *Shell) lang() string {
	if s.Locale == nil {
		return "en"
	}
	return s.Locale.Lang()
}

func (s *Shell) dir() string {
	if s.Locale == nil {
		return "ltr"
	}
	return s.Locale.Dir()
}

// at is a moment on the person's own clock.
func (s *Shell) at(t time.Time) time.Time {
	if s.Zone == nil {
		return t.UTC()
	}
	return t.In(s.Zone)
}

// title is the title of the window: what, where, whose.
func (s *Shell) title(h Head) string {
	title := h.Title
	if h.Failed {
		title = s.T("ui.title.failed", "title", title)
	}
	if s.Admin != nil && s.Admin.Name != "" {
		title += " – " + s.Admin.Name
	}
	return title + " – " + Brand
}

// Brand is the name of the product.
const Brand = "Sojourn"
