package web

import "net/http"

const (
	pagePolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
		"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
	filePolicy    = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
	picturePolicy = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
	sandboxPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; base-uri 'none'"
)

// header is one header with its value, made once for all requests: what is
// only pointed at costs nothing. Whoever sets the header anew makes a new value.
type header struct {
	name   string // in its canonical form
	values []string
}

func fixed(name, value string) header { return header{http.CanonicalHeaderKey(name), []string{value}} }

var (
	onEverything = []header{
		fixed("X-Content-Type-Options", "nosniff"),
		fixed("Referrer-Policy", "same-origin"), // with no-referrer Chromium sends "Origin: null" on our own forms
		fixed("Cross-Origin-Opener-Policy", "same-origin"),
		fixed("Cross-Origin-Resource-Policy", "same-origin"),
		fixed("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)"),
	}
	onSecure = fixed("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	onClass  = [...][]header{
		File:    {fixed("Content-Security-Policy", filePolicy)},
		Sandbox: {fixed("Content-Security-Policy", sandboxPolicy), fixed("Cache-Control", "no-store")},
		Picture: {fixed("Content-Security-Policy", picturePolicy), fixed("Cache-Control", "no-store")}, // its handler says how long it may be kept
		Page: {
			fixed("Content-Security-Policy", pagePolicy),
			fixed("X-Frame-Options", "DENY"), // for engines that do not know frame-ancestors
			fixed("Cache-Control", "no-store"),
		},
	}
)

// setHeaders writes the security headers of a class; secure is whether the
// portal is reached over https.
func setHeaders(h http.Header, c Class, secure bool) {
	for _, f := range onEverything {
		h[f.name] = f.values
	}
	if secure {
		h[onSecure.name] = onSecure.values
	}
	for _, f := range onClass[Page] { // of an earlier call
		delete(h, f.name)
	}
	for _, f := range onClass[c] {
		h[f.name] = f.values
	}
}
