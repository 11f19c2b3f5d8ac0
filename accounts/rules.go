package accounts

import (
	"net/mail"
	"strings"

	"sojourn/internal/fault"
)

const maxAddress = 254 // octets, RFC 5321 4.5.3.1.3

// Address checks what was typed as a mail address or principal name and
// returns it without spaces around.
func Address(typed string) (string, error) {
	s := strings.TrimSpace(typed)
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Address != s || parsed.Name != "" || len(s) > maxAddress || Domain(s) == "" ||
		strings.ContainsAny(s, " \t\r\n<>\"(),;:\\") {
		return "", fault.New(fault.Invalid, "bad_address", "accounts.address.invalid")
	}
	return s, nil
}

const maxName = 120 // characters

// PersonName checks the name of a person as it will be shown.
func PersonName(typed string) (string, error) {
	s := strings.Join(strings.Fields(typed), " ")
	if s == "" {
		return "", fault.New(fault.Invalid, "name_missing", "accounts.name.missing")
	}
	if len([]rune(s)) > maxName {
		return "", fault.New(fault.Invalid, "name_long", "accounts.name.long", "max", maxName)
	}
	for _, r := range s {
		if r < 0x20 || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return "", fault.New(fault.Invalid, "name_characters", "accounts.name.characters")
		}
	}
	return s, nil
}
