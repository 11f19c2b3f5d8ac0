package register

import (
	"slices"
	"strings"

	"sojourn/accounts"
)

// paths are the pages on which methods are added.
var paths = map[accounts.MethodType]string{
	accounts.Passkey:        "/security-info/passkeys/new",
	accounts.Authenticator:  "/security-info/authenticator",
	accounts.HardwareToken:  "/security-info/token",
	accounts.MobilePhone:    "/security-info/phones/phone",
	accounts.AlternatePhone: "/security-info/phones/alternate",
	accounts.OfficePhone:    "/security-info/phones/office",
	accounts.Email:          "/security-info/emails",
	accounts.Questions:      "/security-info/questions",
}

// offers are the methods that have such a page.
func offers(kinds []accounts.MethodType) []accounts.MethodType {
	return slices.DeleteFunc(slices.Clone(kinds), func(t accounts.MethodType) bool { return paths[t] == "" })
}

// ways are where a session goes that must set something up: proving afresh, adding
// a method, leaving. All else is closed to it, what comes to be later too.
var ways = []string{
	"/register", "/register/", "/sign-in/registered", "/prove", "/prove/", "/stay", "/sign-out", "/sign-out-everywhere", "/photo/",
	"/security-info/authenticator", "/security-info/authenticator/scan", "/security-info/token", "/security-info/token/", "/security-info/phones/", "/security-info/passkeys/",
	"/security-info/emails", "/security-info/emails/", "/security-info/questions",
}

// isWay says whether a route is one of them; none that deletes is.
func isWay(pattern string) bool {
	_, path, _ := strings.Cut(pattern, " ")
	if strings.HasSuffix(path, "/delete") {
		return false
	}
	return slices.ContainsFunc(ways, func(w string) bool { return path == w || strings.HasSuffix(w, "/") && strings.HasPrefix(path, w) })
}
