package securityinfo

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/policies"
)

const (
	minLength = 15   // code points; no second factor stands beside the password
	minBeside = 8    // where one is required of its owner
	maxLength = 1024 // octets
	maxAround = 8    // digits and signs around a known word do not hide it
)

// normal is the form in which every password is checked and hashed. It is fixed
// for ever: the same keys pressed on another system must give the same octets.
func normal(password string) string { return norm.NFC.String(password) }

// acceptable says why a password may not be chosen. about holds what anybody
// knows of its owner: names, organization, addresses.
func acceptable(password string, about ...string) error {
	return suitable(password, demand{}, about...)
}

// demand is what an organization adds to what every password must be.
type demand struct {
	Beside bool     // a second factor is required beside it, so it may be shorter
	Banned []string // words it may not be made of
}

func (d demand) length() int {
	if d.Beside {
		return minBeside
	}
	return minLength
}

// suitable says why a password may not be chosen where more is demanded.
func suitable(password string, d demand, about ...string) error {
	if password == "" {
		return refusal("password_missing", "securityinfo.refused.missing")
	}
	if len(password) > maxLength || len(normal(password)) > maxLength {
		return refusal("password_long", "securityinfo.refused.long", "max", maxLength)
	}
	password = normal(password)
	if utf8.RuneCountInString(password) < d.length() {
		return refusal("password_short", "securityinfo.refused.short", "min", d.length())
	}
	for _, plain := range readings(password) {
		switch {
		case isRepeated(plain):
			return refusal("password_repeated", "securityinfo.refused.repeated")
		case isSequence(plain):
			return refusal("password_sequence", "securityinfo.refused.sequence")
		case isKnown(plain):
			return refusal("password_common", "securityinfo.refused.common")
		case isOwn(plain, about):
			return refusal("password_own", "securityinfo.refused.own")
		}
	}
	if len(d.Banned) > 0 {
		if score := policies.Score(password, d.Banned); score.Refused {
			return refusal("password_banned", "securityinfo.refused.banned")
		}
	}
	return nil
}

func refusal(code, key string, args ...any) error {
	return fault.New(fault.Invalid, code, key, args...)
}

// leet undoes the usual disguises; 1 stands for two letters.
var (
	leetI = strings.NewReplacer("@", "a", "4", "a", "3", "e", "1", "i", "!", "i", "0", "o", "$", "s", "5", "s", "7", "t", "+", "t")
	leetL = strings.NewReplacer("@", "a", "4", "a", "3", "e", "1", "l", "!", "i", "0", "o", "$", "s", "5", "s", "7", "t", "+", "t")
)

// readings are the ways a guesser reads a password: folded, and with its
// disguises undone.
func readings(password string) []string {
	folded := accounts.Fold(password)
	return []string{folded, leetI.Replace(folded), leetL.Replace(folded)}
}

// squeeze keeps letters and digits.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// core is s without the digits and signs around it, as long as they are few.
func core(s string) string {
	inner := strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if utf8.RuneCountInString(s)-utf8.RuneCountInString(inner) > maxAround {
		return s
	}
	return inner
}

// plainly is s squeezed, or nothing where more than a few signs fell away: they
// are what makes such a password hard to guess.
func plainly(s string) []rune {
	plain := []rune(squeeze(s))
	if utf8.RuneCountInString(s)-len(plain) > maxAround {
		return nil
	}
	return plain
}

// isRepeated: one short piece over and over, "abcabcabc…" as well as "aaa…".
func isRepeated(s string) bool {
	plain := plainly(s)
	return period([]rune(s)) <= 4 || len(plain) > 0 && period(plain) <= 4
}

// period is the length of the shortest piece that s is made of when it is
// written again and again; the last one may be cut short.
func period(s []rune) int {
	for p := 1; p < len(s); p++ {
		fits := true
		for i := p; i < len(s) && fits; i++ {
			fits = s[i] == s[i-p]
		}
		if fits {
			return p
		}
	}
	return len(s)
}

// isSequence: letters, digits or keys in order, up or down, from nine on to zero.
func isSequence(s string) bool {
	runes := plainly(s)
	if len(runes) < 2 {
		return false
	}
	if isRun(runes) {
		return true
	}
	for _, step := range []rune{1, -1} {
		inOrder := true
		for i := 1; i < len(runes) && inOrder; i++ {
			inOrder = follows(runes[i-1], runes[i], step)
		}
		if inOrder {
			return true
		}
	}
	return false
}

// rows are the keys beside each other, of the usual keyboards.
var rows = []string{"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn"}

const shortRun = 4 // keys; less is in many a word

// isRun: runs of keys beside each other, forwards or backwards, and nothing else.
func isRun(s []rune) bool {
	for len(s) > 0 {
		n := min(shortRun, len(s))
		for n < len(s) && beside(string(s[:n+1])) {
			n++
		}
		if !beside(string(s[:n])) {
			return false
		}
		s = s[n:]
	}
	return true
}

func beside(keys string) bool {
	backwards := []rune(keys)
	slices.Reverse(backwards)
	for _, row := range rows {
		if strings.Contains(row, keys) || strings.Contains(row, string(backwards)) {
			return true
		}
	}
	return false
}

func follows(a, b, step rune) bool {
	switch {
	case b-a == step:
		return true
	case a >= '0' && a <= '9' && b >= '0' && b <= '9':
		return (b-a+10)%10 == (step+10)%10
	case a >= 'a' && a <= 'z' && b >= 'a' && b <= 'z':
		return (b-a+26)%26 == (step+26)%26
	}
	return false
}

// isKnown: the whole password is in the list, or a password of the list with a
// few digits or signs around it, or one of them written several times.
func isKnown(s string) bool {
	for _, s := range []string{s, core(s)} {
		runes := plainly(s)
		if isCommon(string(runes)) || isCommon(string(runes[:period(runes)])) {
			return true
		}
	}
	return false
}

// isOwn: nothing but names everybody knows of the owner, one after the other,
// with few digits and signs.
func isOwn(s string, about []string) bool {
	letters := []rune(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s))
	if len(letters) == 0 || utf8.RuneCountInString(s)-len(letters) > maxAround {
		return false
	}
	return madeOf(letters, ownWords(about))
}

// ownWords cuts names and addresses into the pieces a guesser would try.
func ownWords(about []string) [][]rune {
	words := [][]rune{[]rune("sojourn")}
	for _, text := range about {
		folded := accounts.Fold(text)
		pieces := append(strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) }), folded)
		for _, w := range pieces {
			w = strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) {
					return r
				}
				return -1
			}, w)
			if utf8.RuneCountInString(w) >= 2 {
				words = append(words, []rune(w))
			}
		}
	}
	return words
}

// madeOf says whether letters can be written as words of the list in a row.
func madeOf(letters []rune, words [][]rune) bool {
	reached := make([]bool, len(letters)+1)
	reached[0] = true
	for i := range letters {
		if !reached[i] {
			continue
		}
		for _, w := range words {
			if end := i + len(w); end <= len(letters) && string(letters[i:end]) == string(w) {
				reached[end] = true
			}
		}
	}
	return reached[len(letters)]
}

func required(typed, key string) (string, error) {
	s := strings.TrimSpace(typed)
	if s == "" {
		return "", fault.New(fault.Invalid, "missing", key)
	}
	return s, nil
}

// domainName checks a domain as the set-up page takes it: labels of letters,
// digits and hyphens, two at least (RFC 1035 2.3.1).
func domainName(typed string) (string, error) {
	s := strings.TrimSuffix(accounts.Fold(typed), ".")
	labels := strings.Split(s, ".")
	bad := len(labels) < 2 || len(s) > 253
	for _, l := range labels {
		bad = bad || l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' ||
			strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-") != ""
	}
	if bad {
		return "", fault.New(fault.Invalid, "bad_domain", "securityinfo.setup.domain.invalid")
	}
	return s, nil
}

// localPart checks what stands before the @ of a principal name.
func localPart(typed, domain string) error {
	_, err := accounts.Address(typed + "@" + domain)
	if err != nil || strings.ContainsAny(typed, "@#") {
		return fault.New(fault.Invalid, "bad_signin", "securityinfo.setup.signin.invalid")
	}
	return nil
}
