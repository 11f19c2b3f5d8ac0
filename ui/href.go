package ui

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"
)

// local says whether an address stays on this portal. A browser reads a
// backslash as a slash and drops tabs and line breaks, so those are refused.
func local(path string) bool {
	if path == "" || path[0] != '/' && path[0] != '?' && path[0] != '#' {
		return false
	}
	if strings.HasPrefix(path, "//") {
		return false
	}
	for i := 0; i < len(path); i++ {
		if path[i] < 0x20 || path[i] == '\\' || path[i] == 0x7f {
			return false
		}
	}
	return true
}

func queryEscape(s string) string { return url.QueryEscape(s) }

// web is an address of another site that may stand in a link, or "".
func web(address string) templ.SafeURL {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return templ.SafeURL(u.String())
}

// same is an address of this portal that carries nothing on.
func same(path string) templ.SafeURL {
	if !local(path) {
		return "/"
	}
	return templ.SafeURL(path)
}

// place is the name the organization switcher shows while it is shut.
func (s *Shell) place() string {
	if s.Selected != "" {
		return s.Selected
	}
	for _, p := range s.Places {
		if p.Current {
			return p.Name
		}
	}
	for _, p := range s.Places {
		if p.Home {
			return p.Name
		}
	}
	return s.T("ui.switch.title")
}
