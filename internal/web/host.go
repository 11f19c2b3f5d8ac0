package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"sojourn/internal/fault"
)

// hosted refuses requests for another host (DNS rebinding). Health checks ask by
// whatever address they know.
func (s *Server) hosted(next http.Handler) http.Handler {
	allowed := map[string]bool{s.Base.Host: true}
	if host := s.Base.Hostname(); IsLoopback(host) {
		for _, alias := range []string{"localhost", "127.0.0.1", "[::1]"} {
			allowed[alias+":"+s.Base.Port()] = true
		}
	}
	refuse := s.route(Route{Access: Bare, Handler: func(w http.ResponseWriter, r *http.Request) error {
		return Render(w, r, http.StatusMisdirectedRequest, s.Problem(r, http.StatusMisdirectedRequest,
			fault.New(fault.NotFound, "unknown_host", "ui.error.host.title")))
	}})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !allowed[strings.ToLower(r.Host)] && r.URL.Path != "/healthz" && r.URL.Path != "/readyz" {
			refuse.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// IsLoopback says whether a host name or address is this machine itself.
func IsLoopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.IsLoopback()
}

// addressOf is where a request comes from. Forwarded headers count only from
// configured proxies, read from the right: what stands further left is the
// sender's own word.
func (s *Server) addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusted(host); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		host = next.Unmap().String()
	}
	return host
}

func (s *Server) trusted(host string) bool {
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	for _, p := range s.Proxies {
		if p.Contains(ip.Unmap()) {
			return true
		}
	}
	return false
}
