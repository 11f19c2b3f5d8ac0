package myaccount

import (
	"slices"
	"strings"
)

// kept are the pages that nobody is without, whatever their organization has
// turned on: leaving is never switched off, nor is how one signs in.
var kept = []string{"/organizations", "/requests", "/security-info", "/password", "/prove", "/enter", "/sign-out", "/sign-out-everywhere", "/accounts", "/stay", "/help", "/photo"}

// Withheld says whether a page of the account portal, by the pattern of its
// route, is kept from somebody whose home organization has not turned the portal
// on for them.
func Withheld(pattern string) bool {
	_, path, _ := strings.Cut(pattern, " ")
	return !slices.ContainsFunc(kept, func(k string) bool { return path == k || strings.HasPrefix(path, k+"/") })
}
