package accounts

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sojourn/internal/fault"
)

const maxAddress = 254 // octets, RFC 5321 4.5.3.1.3

// Address checks what was typed as a mail address or principal name and
// returns it without spaces around.
//
// A letter goes to the address as written, and the account is keyed by its
// folded form: the two must name one mailbox. So whatever folds to something
// else than its own ASCII lower case is refused (İ to i, ﬁ to fi, full width), and
// domains are written in ASCII. A domain without a dot is one that somebody has not
// typed to the end, and one in brackets is a machine.
func Address(typed string) (string, error) {
	s := norm.NFC.String(strings.TrimSpace(typed))
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Address != s || parsed.Name != "" || len(s) > maxAddress || Domain(s) == "" ||
		strings.ContainsAny(s, " \t\r\n<>\"(),;:\\?%&") || Fold(s) != lowerASCII(s) || !isASCII(Domain(s)) || !dotted(Domain(s)) {
		return "", fault.New(fault.Invalid, "bad_address", "accounts.address.invalid")
	}
	return s, nil
}

func dotted(domain string) bool {
	return strings.Contains(domain, ".") && !strings.HasPrefix(domain, "[")
}

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
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
	if !Visible(s) {
		return "", fault.New(fault.Invalid, "name_characters", "accounts.name.characters")
	}
	return s, nil
}

// Visible says whether a text can be shown as a name: no control or formatting
// characters, none that fills space unseen, no link that mail programs would make
// of it, and something to see. The joiners that some scripts need are let through
// between letters.
func Visible(s string) bool {
	folded := strings.ToLower(s)
	if !utf8.ValidString(s) || strings.Contains(folded, "://") || strings.Contains(folded, "www.") {
		return false
	}
	seen := false
	runes := []rune(s)
	for i, r := range runes {
		switch {
		case r == '\u200c' || r == '\u200d':
			if i == 0 || i == len(runes)-1 || !unicode.In(runes[i-1], unicode.L, unicode.M) || !unicode.In(runes[i+1], unicode.L, unicode.M) {
				return false
			}
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp), fills(r):
			return false
		case !unicode.In(r, unicode.Z, unicode.M):
			seen = true
		}
	}
	return seen
}

// fills: characters that take part in a text without being seen
// (Default_Ignorable_Code_Point, as far as they are no format characters).
func fills(r rune) bool {
	return r == 0x034f || r == 0x115f || r == 0x1160 || r == 0x17b4 || r == 0x17b5 || r >= 0x180b && r <= 0x180f ||
		r == 0x3164 || r == 0xffa0 || r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0000 && r <= 0xe0fff
}
