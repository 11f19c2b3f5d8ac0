package web

import (
	"net/http"
	"strings"
	"time"
)

// Meter counts requests.
type Meter interface {
	Begin()
	// Done is told the path of the route's pattern, never the address that was asked for.
	Done(route, method string, status int, took time.Duration)
}

// metered counts and logs what next answers.
func (s *Server) metered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.Meter != nil {
			s.Meter.Begin()
		}
		began, seen := time.Now(), &counted{ResponseWriter: w, status: http.StatusInternalServerError} // what a panic becomes
		defer func() { s.answered(r, seen.status, time.Since(began)) }()
		next.ServeHTTP(seen, r)
		if !seen.told {
			seen.status = http.StatusOK
		}
	})
}

// slow is what nobody should wait for.
const slow = 3 * time.Second

func (s *Server) answered(r *http.Request, status int, took time.Duration) {
	route, method := routeOf(r), methodOf(r)
	if s.Meter != nil {
		s.Meter.Done(route, method, status, took)
	}
	about := append(called(r), "route", route, "method", method, "status", status, "ms", took.Milliseconds())
	switch {
	case took >= slow:
		s.Log.Warn("slow request", about...)
	case s.LogRequests:
		s.Log.Info("request", about...)
	}
}

// routeOf is the path of the pattern that the mux has found: "other" for addresses
// that nothing answers, "refused" for what did not come as far as the mux.
func routeOf(r *http.Request) string {
	_, path, found := strings.Cut(r.Pattern, " ")
	switch {
	case found:
		return path
	case r.Pattern == "":
		return "refused"
	}
	return "other"
}

// methodOf bounds what strangers can make a label of.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return r.Method
	}
	return "other"
}

// counted remembers the status of an answer.
type counted struct {
	http.ResponseWriter
	status int
	told   bool
}

func (c *counted) WriteHeader(status int) {
	if !c.told && status >= 200 {
		c.status, c.told = status, true
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counted) Write(b []byte) (int, error) {
	if !c.told {
		c.status, c.told = http.StatusOK, true
	}
	return c.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// innermost is the writer of net/http itself.
func innermost(w http.ResponseWriter) http.ResponseWriter {
	for {
		outer, wraps := w.(interface{ Unwrap() http.ResponseWriter })
		if !wraps {
			return w
		}
		w = outer.Unwrap()
	}
}
