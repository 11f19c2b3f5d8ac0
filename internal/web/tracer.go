package web

import (
	"context"
	"net"
	"net/http"
)

// Tracer follows requests.
type Tracer interface {
	// Begin is told the number of a request and the traceparent that a trusted proxy sent
	// along, or "": a stranger's would let them choose what is traced. It gives the
	// context of what is done within, and the id of the trace, "" where it is not kept.
	Begin(ctx context.Context, number, parent string) (within context.Context, id string)
	// Done is told the path of the route's pattern, never the address that was asked for.
	Done(ctx context.Context, route, method string, status int)
}

// traced follows what next answers.
func (s *Server) traced(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		parent := ""
		if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil && s.trusted(host) {
			parent = r.Header.Get("Traceparent")
		}
		n := namesOf(r)
		ctx, id := s.Tracer.Begin(r.Context(), n.number, parent)
		n.trace, r = id, r.WithContext(ctx)
		seen := &counted{ResponseWriter: w, status: http.StatusInternalServerError} // what a panic becomes
		defer func() { s.Tracer.Done(ctx, routeOf(r), methodOf(r), seen.status) }()
		next.ServeHTTP(seen, r)
		if !seen.told {
			seen.status = http.StatusOK
		}
	})
}
