package requests

import (
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sojourn/internal/caps"
	"sojourn/internal/fault"
)

// maxText is the length of what somebody writes here, in code points.
const maxText = 1000

// written checks what somebody wrote: plain text of some lines.
func written(typed string, required bool, key string) (string, error) {
	s := strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(typed, "\r\n", "\n"), "\r", "\n"))
	switch {
	case required && s == "":
		return "", fault.New(fault.Invalid, "text_missing", key)
	case utf8.RuneCountInString(s) > maxText:
		return "", fault.New(fault.Invalid, "text_long", "requests.text.long", "max", maxText)
	}
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return "", fault.New(fault.Invalid, "text_characters", "requests.text.characters")
		}
	}
	return s, nil
}

// limits are how often somebody, somebody's network and everybody together may ask.
// The network address stands as a hash, a /64 for one.
func limits(accountID, tenantID, source string) []caps.Cap {
	list := []caps.Cap{{Counter: "request-person:" + accountID, Most: 10}}
	if ip, err := netip.ParseAddr(source); err == nil {
		ip = ip.Unmap()
		bits := 32
		if ip.Is6() {
			bits = 64
		}
		network, err := ip.WithZone("").Prefix(bits)
		if err == nil {
			sum := sha256.Sum256([]byte(network.String()))
			list = append(list, caps.Cap{Counter: "request-source:" + hex.EncodeToString(sum[:]), Most: 60})
		}
	}
	return append(list, caps.Cap{Counter: "request-tenant:" + tenantID, Most: 500})
}

// addressHash is what remains of an address once its person is erased.
func addressHash(salt []byte, folded string) []byte {
	sum := sha256.Sum256(append(slices.Clone(salt), folded...))
	return sum[:]
}
