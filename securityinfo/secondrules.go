package securityinfo

import (
	"crypto/subtle"
	"encoding/base32"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"golang.org/x/text/unicode/norm"

	"sojourn/accounts"
	"sojourn/internal/fault"
)

const (
	seedSize   = 20 // octets: 160 bits, RFC 4226 section 4
	codePeriod = 30 // seconds of a step of time, RFC 6238 section 4.1
	codeWindow = 1  // steps on either side: clocks of phones differ
	codeDigits = 6

	// SetUpTime is how long a seed waits for the code that proves it.
	SetUpTime = 15 * time.Minute

	codesMade    = 10
	codesLow     = 3  // left: time to make new ones
	codeSize     = 10 // octets: 80 bits
	maxMethod    = 60 // characters of a name
	maxIssuer    = 40
	codeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // without letters that look like digits
)

var (
	seedText = base32.StdEncoding.WithPadding(base32.NoPadding)
	codeText = base32.NewEncoding(codeAlphabet).WithPadding(base32.NoPadding)
)

// maker makes codes by the time: an app or a token.
type maker struct {
	seed   []byte
	sha256 bool // else SHA-1
	period int  // seconds of a step of time; 0 is the usual
}

func (m maker) seconds() int64 {
	if m.period == 0 {
		return codePeriod
	}
	return int64(m.period)
}

// stepAt is the step of time that a moment is in.
func (m maker) stepAt(t time.Time) int64 { return t.Unix() / m.seconds() }

// codeAt is what is shown in a step of time.
func (m maker) codeAt(step int64) (string, error) {
	with := otp.AlgorithmSHA1
	if m.sha256 {
		with = otp.AlgorithmSHA256
	}
	return hotp.GenerateCodeCustom(seedText.EncodeToString(m.seed), uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: with})
}

// stepAt is the step of time of apps.
func stepAt(t time.Time) int64 { return maker{}.stepAt(t) }

// codeAt is what an app with this seed shows in a step of time.
func codeAt(seed []byte, step int64) (string, error) { return maker{seed: seed}.codeAt(step) }

// matchStep finds the step of time at which an app with this seed showed a code.
func matchStep(seed []byte, code string, now time.Time, last int64) (step int64, found, spent bool, err error) {
	return maker{seed: seed}.match(code, now, last)
}

// match finds the step of time at which a code was shown. One at or before last has
// been taken already: spent says so, and it is not found.
func (m maker) match(code string, now time.Time, last int64) (step int64, found, spent bool, err error) {
	for s := m.stepAt(now) - codeWindow; s <= m.stepAt(now)+codeWindow; s++ {
		right, err := m.codeAt(s)
		if err != nil {
			return 0, false, false, err
		}
		if s < 0 || subtle.ConstantTimeCompare([]byte(right), []byte(code)) != 1 {
			continue
		}
		if s > last && !found {
			step, found = s, true
		}
		spent = spent || s <= last
	}
	return step, found, spent && !found, nil
}

// plain is a code without what people put between its signs.
func plain(typed string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -–.\t\u00a0", r) {
			return -1
		}
		return r
	}, strings.ToUpper(norm.NFKC.String(strings.TrimSpace(typed))))
}

// appCode reads what was typed as the code of an app.
func appCode(typed string) (string, error) { return sixDigits(typed, "securityinfo.second.digits") }

func sixDigits(typed, otherwise string) (string, error) {
	code := plain(typed)
	if len(code) != codeDigits || strings.Trim(code, "0123456789") != "" {
		return "", fault.New(fault.Invalid, "wrong_code", otherwise)
	}
	return code, nil
}

// recoveryCode is a code as it is printed: four groups of four.
func recoveryCode(random [codeSize]byte) string {
	return InFours(codeText.EncodeToString(random[:]), "-")
}

// printedCode reads what was typed as a recovery code; what is often mistaken
// for a digit is one.
func printedCode(typed string) (string, error) {
	code := strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(plain(typed))
	if len(code) != codeText.EncodedLen(codeSize) || strings.Trim(code, codeAlphabet) != "" {
		return "", fault.New(fault.Invalid, "wrong_code", "securityinfo.second.printed")
	}
	return code, nil
}

// InFours cuts a text into groups, to be read out or typed.
func InFours(s, between string) string {
	var b strings.Builder
	for i := range len(s) {
		if i > 0 && i%4 == 0 {
			b.WriteString(between)
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// methodName checks what somebody calls a method of theirs; it may be nothing.
func methodName(typed string) (string, error) {
	s := strings.Join(strings.Fields(typed), " ")
	switch {
	case s == "":
		return "", nil
	case utf8.RuneCountInString(s) > maxMethod:
		return "", fault.New(fault.Invalid, "name_long", "securityinfo.method.name.long", "max", maxMethod)
	case !accounts.Visible(s):
		return "", fault.New(fault.Invalid, "name_characters", "accounts.name.characters")
	}
	return s, nil
}

// keyURI is what the QR code says: who makes the codes for whom, and the seed
// (the Key URI Format of authenticator apps). What is not said is the usual.
func keyURI(issuer, account string, seed []byte) string {
	escape := func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
	return "otpauth://totp/" + escape(issuer) + ":" + escape(account) + "?secret=" + seedText.EncodeToString(seed) + "&issuer=" + escape(issuer)
}

// issuerName is under which name the codes stand in the app.
func issuerName(organization string) string {
	name := strings.TrimSpace(strings.ReplaceAll(organization, ":", " "))
	if name == "" {
		return "Sojourn"
	}
	if utf8.RuneCountInString(name) <= maxIssuer {
		return name
	}
	cut := string([]rune(name)[:maxIssuer+1])
	if at := strings.LastIndexFunc(cut, unicode.IsSpace); at > 0 { // no word is cut in two, but one that is longer than all
		return strings.TrimRightFunc(cut[:at], unicode.IsSpace)
	}
	return string([]rune(name)[:maxIssuer])
}

// mayAdd says whether one more authenticator app or hardware token may be added.
func mayAdd(list []accounts.Method) error {
	n := 0
	for _, m := range list {
		if m.Type.ShowsCodes() {
			n++
		}
	}
	if n >= accounts.MaxAuthenticators {
		return fault.New(fault.Conflict, "too_many_methods", "securityinfo.add.full", "max", accounts.MaxAuthenticators)
	}
	return nil
}

// mayMake says whether recovery codes can be made: they stand in for another
// factor, and seen says which ones the asker knows to be replaced.
func mayMake(list []accounts.Method, seen string) error {
	if !accounts.HasSecondStep(list) {
		return fault.New(fault.Conflict, "no_second_step", "securityinfo.codes.without")
	}
	if codesAmong(list).ID != seen {
		return fault.New(fault.Conflict, "codes_made", "securityinfo.codes.made")
	}
	return nil
}

// codesAmong are the recovery codes of a list, the zero Method if there are none.
func codesAmong(list []accounts.Method) accounts.Method {
	for _, m := range list {
		if m.Type == accounts.RecoveryCodes {
			return m
		}
	}
	return accounts.Method{}
}

// isLow says whether so few recovery codes are left that new ones are due.
func isLow(left int) bool { return left <= codesLow }
