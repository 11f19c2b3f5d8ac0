package web

import (
	"context"
	"net/http"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/i18n"
)

// Visit is what is known of who asks: filled by the gate, once a request.
type Visit struct {
	Actor   actor.Actor // zero when nobody is signed in
	Person  Person
	Locale  *i18n.Locale
	Zone    *time.Location
	Now     time.Time
	FormKey string // what the form tokens of this browser are made with
	Tenant  Tenant // the organization selected by ?tenantId=, or managed
	Ends    Ending // zero when nobody is signed in
	Note    *Note  // one-time message waiting to be shown
	// MustRegister: the session opens nothing but the pages on which what the
	// organization requires is set up. IsAsked: it is asked to, and may skip it.
	MustRegister, IsAsked bool
	// Furnish reads what only the shell of a page needs. It runs once, when a page
	// is shown: an answer that is a redirect does without.
	Furnish func() error
}

// furnish leaves nothing to try again: the page that tells of its failure is
// shown without what was to be read.
func furnish(r *http.Request) error {
	v := VisitOf(r)
	if v == nil || v.Furnish == nil {
		return nil
	}
	do := v.Furnish
	v.Furnish = nil
	return do()
}

// Person is the signed-in account.
type Person struct {
	AccountID  string
	Name       string
	Address    string // the name they sign in with, to show
	Language   string // '' until chosen
	Region     string // whose way of writing dates and numbers; '' until chosen
	Zone       string // IANA name; '' until chosen
	Photo      string // id of the photo, '' without one
	HomeTenant string // '' for accounts without a home
	HomeName   string
	Withheld   bool // the home organization has not turned the portal on for them
}

// Ending is when who is signed in can no longer go on if they do nothing, so that
// they can be warned.
type Ending struct {
	At    time.Time
	Final bool // whatever they do
	Proof bool // they stay signed in, but their password is asked again
	// Session is when they are signed out, where Proof is before that.
	Session time.Time
}

// Tenant is the organization that a request is about.
type Tenant struct {
	ID    string
	Name  string
	State string
	User  string // the asker's user there
	Carry string // as ?tenantId= named it, carried on by links
}

// SignedIn says whether somebody is signed in.
func (v *Visit) SignedIn() bool { return v.Person.AccountID != "" }

type visitKey struct{}

// VisitOf gives the visit of a request that went through the table.
func VisitOf(r *http.Request) *Visit {
	v, _ := r.Context().Value(visitKey{}).(*Visit)
	return v
}

// WithVisit is r with a visit; the server and tests of pages use it.
func WithVisit(r *http.Request, v *Visit) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
}

// Gate resolves who asks. Both methods run one query each and trust nothing that
// was true at an earlier request.
type Gate interface {
	// Visit fills Actor, Person, FormKey and Tenant; without a session it leaves
	// them zero. tenant is the value of ?tenantId= or "".
	Visit(w http.ResponseWriter, r *http.Request, v *Visit, tenant string) error
	// Manage turns the visit into one of an administrator of the tenant, or
	// answers with a fault.
	Manage(r *http.Request, v *Visit, tenant string) error
}
