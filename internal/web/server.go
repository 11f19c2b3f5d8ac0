package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/a-h/templ"

	"sojourn/internal/actor"
	"sojourn/internal/fault"
	"sojourn/internal/i18n"
	"sojourn/internal/id"
	"sojourn/internal/secret"
)

// Server makes one http.Handler of the route table.
type Server struct {
	Base    *url.URL // where people reach the portal; links and cookies follow it
	Proxies []netip.Prefix
	Box     *secret.Box
	Words   *i18n.Bundle
	Zone    *time.Location
	Log     *slog.Logger
	Now     func() time.Time
	Gate    Gate
	Meter   Meter  // nil: nobody counts
	Tracer  Tracer // nil: nobody follows
	// LogRequests makes a line of each request; slow ones have theirs always.
	LogRequests bool
	// Frame readies a request for showing pages (the shell around them).
	Frame func(r *http.Request) *http.Request
	// Problem is the page that shows a fault.
	Problem func(r *http.Request, status int, f *fault.Fault) templ.Component
	// Instead answers in place of a route's own handler, where it is not nil: for
	// people whose organization has not turned the page on.
	Instead func(v *Visit, rt Route) Handler
}

// Handler is the portal: routes, and around them what every request goes through.
func (s *Server) Handler(t *Table) http.Handler {
	mux := http.NewServeMux()
	for _, route := range t.Routes() {
		mux.Handle(route.Pattern, s.route(route))
	}
	mux.Handle("/", s.route(Route{Access: Open, Handler: func(http.ResponseWriter, *http.Request) error { return fault.Missing() }}))
	cross := http.NewCrossOriginProtection()
	if err := cross.AddTrustedOrigin(s.Base.Scheme + "://" + s.Base.Host); err != nil {
		panic(err) // the configuration has checked the base URL
	}
	cross.SetDenyHandler(s.route(Route{Access: Bare, Handler: func(http.ResponseWriter, *http.Request) error {
		return fault.New(fault.Forbidden, "cross_site", "ui.error.crossSite.title")
	}}))
	portal := s.metered(s.hosted(cross.Handler(mux)))
	if s.Tracer != nil {
		portal = s.traced(portal)
	}
	return s.observed(portal)
}

// Secure says whether the portal is reached over https.
func (s *Server) Secure() bool { return s.cookies().secure() }

func (s *Server) cookies() Cookies { return Cookies{Base: s.Base} }

func (s *Server) route(rt Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setHeaders(w.Header(), rt.Class, s.Secure())
		if rt.Access != Bare {
			w = &answer{w, s.cookies()}
		}
		v := &Visit{Now: s.Now(), Zone: s.Zone, Locale: s.Words.Default()}
		r = WithVisit(r, v)
		framed, err := s.enter(w, r, v, rt)
		if err == nil {
			err = s.handler(v, rt)(w, framed)
		}
		if err != nil {
			s.fail(w, v, framed, err)
		}
	})
}

// handler is what answers a request that was let in.
func (s *Server) handler(v *Visit, rt Route) Handler {
	if s.Instead != nil && v.SignedIn() {
		if other := s.Instead(v, rt); other != nil {
			return other
		}
	}
	return rt.Handler
}

// enter takes a request through everything that comes before its handler. The
// request it returns can show a page, also when it is refused.
func (s *Server) enter(w http.ResponseWriter, r *http.Request, v *Visit, rt Route) (*http.Request, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil || !clean(r.URL.Path) || !cleanValues(query) {
		return r, fault.New(fault.Invalid, "bad_text", "ui.error.text.title")
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
	default:
		w.Header().Set("Allow", "GET, HEAD, POST")
		return r, fault.New(fault.Method, "method_not_allowed", "ui.error.method.title")
	}
	if rt.Access == Bare {
		return r, nil
	}
	v.Note = takeNote(w, r)
	v.Actor.Address, v.Actor.Agent = s.addressOf(r), cut(r.UserAgent(), 300)
	err = s.Gate.Visit(w, r, v, query.Get("tenantId"))
	v.Locale = s.localeOf(r, query, v.Person.Language).In(v.Person.Region) // a failing gate is told in the right language too
	if zone := i18n.Zone(v.Person.Zone); zone != nil {
		v.Zone = zone
	}
	s.keepChoice(w, query)
	if err == nil {
		err = s.admit(w, r, v, rt)
	}
	return s.Frame(r), err
}

// admit holds the request against what its route asks for.
func (s *Server) admit(w http.ResponseWriter, r *http.Request, v *Visit, rt Route) error {
	if rt.Access != Open && !v.SignedIn() {
		return fault.New(fault.SignedOut, "signed_out", "ui.error.signedOut.title")
	}
	if rt.Access == Manage {
		if err := s.Gate.Manage(r, v, r.PathValue("tenant")); err != nil {
			return err
		}
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return nil
	}
	return readForm(w, r, v, rt, s.Box)
}

// fail shows an error: a redirect where signing in or proving is what is
// missing, else the page of the fault with its status.
func (s *Server) fail(w http.ResponseWriter, v *Visit, r *http.Request, err error) {
	f, ok := fault.Of(err)
	if !ok {
		if r.Context().Err() != nil {
			return // the asker has hung up
		}
		s.Log.Error("request failed", append(called(r), "route", r.Pattern, "error", err)...)
		f = fault.New(0, "internal", "ui.error.internal.title")
	}
	switch f.Kind {
	case fault.SignedOut:
		if r.Method == http.MethodPost { // whoever pressed a button must know that nothing came of it
			Say(w, "warn", "ui.error.signedOut.nothing")
		}
		http.Redirect(w, r, "/sign-in?returnUrl="+url.QueryEscape(ComeBack(r)), http.StatusSeeOther)
		return
	case fault.Proof:
		http.Redirect(w, r, cmp.Or(f.At, "/prove")+"?returnUrl="+url.QueryEscape(ComeBack(r)), http.StatusSeeOther)
		return
	case fault.Unavailable:
		s.Log.Warn("unavailable", append(called(r), "route", r.Pattern, "error", err)...)
		w.Header().Set("Retry-After", "5")
	}
	status := statusOf(f.Kind)
	if err := Render(w, r, status, s.Problem(r, status, f)); err != nil {
		s.Log.Error("problem page failed", append(called(r), "error", err)...)
		http.Error(w, v.Locale.T(f.Key, f.Args...), status)
	}
}

func statusOf(k fault.Kind) int {
	switch k {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	case fault.Method:
		return http.StatusMethodNotAllowed
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.Gone:
		return http.StatusGone
	}
	return http.StatusInternalServerError
}

// Status is the status code of an error, for handlers that show a form again.
func Status(err error) int {
	if f, ok := fault.Of(err); ok {
		return statusOf(f.Kind)
	}
	return http.StatusInternalServerError
}

// ComeBack is the page to return to: this one, or for a POST the one its form
// stood on.
func ComeBack(r *http.Request) string {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return LocalPath(r.URL.RequestURI())
	}
	if from, err := url.Parse(r.Referer()); err == nil && from.Host == r.Host {
		return LocalPath(from.RequestURI())
	}
	return "/"
}

// localeOf: "?lng=" first, then the choice kept in the cookie, then the
// account's language, then what the browser asks for.
func (s *Server) localeOf(r *http.Request, query url.Values, account string) *i18n.Locale {
	return s.Words.Match(r.Header.Get("Accept-Language"), query.Get("lng"), s.cookies().Of(r, languageCookie), account)
}

const languageCookie = "_language"

func (s *Server) keepChoice(w http.ResponseWriter, query url.Values) {
	if l := s.Words.Get(query.Get("lng")); l != nil {
		s.KeepLanguage(w, l)
	}
}

// KeepLanguage remembers a choice of language in this browser for a year.
func (s *Server) KeepLanguage(w http.ResponseWriter, l *i18n.Locale) {
	s.cookies().Set(w, languageCookie, l.Lang(), 365*24*time.Hour)
}

func cut(s string, n int) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "")
	}
	return s
}

type requestKey struct{}

// names are what a request is called: by us, and in a trace if it is in one.
type names struct{ number, trace string }

func namesOf(r *http.Request) *names {
	if n, ok := r.Context().Value(requestKey{}).(*names); ok {
		return n
	}
	return &names{}
}

// RequestID is the number of a request, made here and told in X-Request-Id.
func RequestID(r *http.Request) string { return namesOf(r).number }

// called is what a line of the log calls a request.
func called(r *http.Request) []any {
	n := namesOf(r)
	if n.trace == "" {
		return []any{"id", n.number}
	}
	return []any{"id", n.number, "trace", n.trace}
}

// observed numbers and logs requests (the route's pattern, never the address or
// who asked) and turns a panic into the error page.
func (s *Server) observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		number := id.System.Random()
		w.Header().Set("X-Request-Id", number)
		setHeaders(w.Header(), Page, s.Secure()) // for what the mux answers by itself
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, &names{number: number}))
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				s.Log.Error("panic", append(called(r), "panic", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))...)
				setHeaders(w.Header(), Page, s.Secure())
				v := &Visit{Now: s.Now(), Zone: s.Zone, Locale: s.Words.Default(), Actor: actor.Actor{}}
				s.fail(w, v, WithVisit(r, v), errors.New("panic"))
			}
		}()
		next.ServeHTTP(w, r)
	})
}
