// Package id makes identifiers and secrets. Rooms hold a Source, so that a
// test can say which ids come next.
package id

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"

	"github.com/google/uuid"
)

// Source makes ids.
type Source struct {
	// New gives an id that sorts by time (UUIDv7), for records only their
	// owners see.
	New func() string
	// Random gives an id that tells nothing (UUIDv4), for anything a stranger
	// may guess at.
	Random func() string
	// Secret gives 256 random bits for a cookie or a link; store its Hash.
	Secret func() string
}

// System is the real source.
var System = Source{
	New:    func() string { return uuid.Must(uuid.NewV7()).String() },
	Random: uuid.NewString,
	Secret: func() string {
		b := make([]byte, 32)
		rand.Read(b) // never fails: crypto/rand ends the process first
		return base64.RawURLEncoding.EncodeToString(b)
	},
}

// Hash is what is stored of a secret: SHA-256 is enough for 256 random bits.
func Hash(secret string) []byte {
	h := sha256.Sum256([]byte(secret))
	return h[:]
}

// Valid says whether s is a UUID as this package writes them: 36 characters,
// lower case, hyphens; no braces, no urn. Anything else is an unknown id.
func Valid(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case (c < '0' || c > '9') && (c < 'a' || c > 'f'):
			return false
		}
	}
	return true
}
