package securityinfo

import (
	"strings"
	"time"

	"sojourn/internal/fault"
)

// What a temporary access pass may be.
const (
	MinPass     = 8 // characters
	MaxPass     = 48
	MinPassLife = 10 * time.Minute
	MaxPassLife = 8 * time.Hour
)

// passText is a pass of so many characters from random octets, one of which makes
// a character.
func passText(random []byte) string {
	var b strings.Builder
	for _, r := range random {
		b.WriteByte(codeAlphabet[int(r)%len(codeAlphabet)]) // 32 divides 256: every sign is as likely
	}
	return b.String()
}

// typedPass reads what was typed as a pass; what is often mistaken for a digit is
// one.
func typedPass(typed string) (string, error) {
	pass := strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(plain(typed))
	switch {
	case pass == "":
		return "", fault.New(fault.Invalid, "pass_missing", "securityinfo.pass.missing")
	case len(pass) > MaxPass:
		return "", fault.New(fault.Invalid, "wrong_pass", "securityinfo.pass.wrong")
	}
	return pass, nil
}
