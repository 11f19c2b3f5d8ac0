package mail

import "crypto/x509"

// Trusting is s with other certificate authorities than the machine's.
func (s SMTP) Trusting(roots *x509.CertPool) SMTP {
	s.roots = roots
	return s
}
