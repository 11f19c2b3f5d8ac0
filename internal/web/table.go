package web

import (
	"net/http"
	"slices"
	"strings"
)

// Handler answers a request or says why not. A *fault.Fault becomes a page with
// its status; any other error is an internal one.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Access is who may ask.
type Access int

const (
	Open     Access = iota // anybody; a session is used where there is one
	SignedIn               // somebody with a session
	Manage                 // an administrator of the tenant in the path
	Bare                   // no session is looked up at all: files, health
)

func (a Access) String() string {
	return [...]string{"open", "signed-in", "manage", "bare"}[a]
}

// Class is the set of security headers of a route.
type Class int

const (
	Page    Class = iota // one of our pages
	File                 // a file whose name is its hash
	Sandbox              // somebody else's content: shown, but it can do nothing
	Picture              // made of what somebody sent: shown inside our pages
)

// Route is one line of the table.
type Route struct {
	Pattern string
	Access  Access
	Class   Class
	Upload  int64 // bytes of a body with a file, for the few routes that take one
	Handler Handler
}

// Table collects the routes of all rooms. The negative walk and the header test
// read it, so that no route can forget its guards.
type Table struct{ routes []Route }

// Handle adds a page.
func (t *Table) Handle(pattern string, access Access, h Handler) {
	t.Add(Route{Pattern: pattern, Access: access, Handler: h})
}

// Add adds a route of any class.
func (t *Table) Add(r Route) { t.routes = append(t.routes, r) }

// Routes are all routes, by path and method.
func (t *Table) Routes() []Route {
	out := slices.Clone(t.routes)
	slices.SortStableFunc(out, func(a, b Route) int {
		return strings.Compare(sortKey(a.Pattern), sortKey(b.Pattern))
	})
	return out
}

func sortKey(pattern string) string {
	method, path, found := strings.Cut(pattern, " ")
	if !found {
		return pattern
	}
	return path + " " + method
}
