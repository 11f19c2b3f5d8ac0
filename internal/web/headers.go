package web

import "net/http"

const (
	pagePolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
		"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
	filePolicy    = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
	sandboxPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; base-uri 'none'"
)

// setHeaders writes the security headers of a class; secure is whether the
// portal is reached over https.
func setHeaders(h http.Header, c Class, secure bool) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin") // with no-referrer Chromium sends "Origin: null" on our own forms
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)")
	if secure {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
	switch c {
	case File:
		h.Set("Content-Security-Policy", filePolicy)
	case Sandbox:
		h.Set("Content-Security-Policy", sandboxPolicy)
		h.Set("Cache-Control", "no-store")
	default:
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Frame-Options", "DENY") // for engines that do not know frame-ancestors
		h.Set("Cache-Control", "no-store")
	}
}
