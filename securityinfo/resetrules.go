package securityinfo

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/phone"
	"sojourn/policies"
)

const (
	resetLife = 15 * time.Minute
	maxTyped  = 254 // octets of a mail address, RFC 5321 4.5.3.1.3
)

// ResetWay is how somebody proves who they are without the password.
type ResetWay string

const (
	ByEmail      ResetWay = "email"
	ByText       ResetWay = "text"
	ByMobileCall ResetWay = "call"
	ByOfficeCall ResetWay = "office"
	ByApp        ResetWay = "authenticator"
	ByToken      ResetWay = "token"
	ByAnswers    ResetWay = "questions"
)

// resetWays are all of them, in the order in which they are offered.
var resetWays = []ResetWay{ByEmail, ByText, ByMobileCall, ByOfficeCall, ByApp, ByToken, ByAnswers}

// Type is the sort of method that is proved.
func (w ResetWay) Type() accounts.MethodType {
	switch w {
	case ByEmail:
		return accounts.Email
	case ByText, ByMobileCall:
		return accounts.MobilePhone
	case ByOfficeCall:
		return accounts.OfficePhone
	case ByApp:
		return accounts.Authenticator
	case ByToken:
		return accounts.HardwareToken
	case ByAnswers:
		return accounts.Questions
	}
	return ""
}

// Sent says whether a code is sent for it.
func (w ResetWay) Sent() bool { return w == ByEmail || w.phone() != "" }

// phone is how a code comes to a telephone, "" for what is none.
func (w ResetWay) phone() accounts.Way {
	switch w {
	case ByText:
		return accounts.ByText
	case ByMobileCall, ByOfficeCall:
		return accounts.ByCall
	}
	return ""
}

// resetStep is where a reset stands; every step has one successor.
type resetStep string

const (
	resetFirst    resetStep = "first"    // the name is fixed, a proof is asked
	resetSecond   resetStep = "second"   // one proof was right, another of a different type is asked
	resetPassword resetStep = "password" // everything was proved, a new password is asked
	resetDone     resetStep = "done"
)

// offered are the ways in which people with a name at a domain can get back in, as
// far as anybody can tell who knows no more than that name: first those that the
// organization has chosen, then those that its administrators may use besides.
func offered(p policies.Policy, mails bool, r reach, proved []accounts.MethodType) (ways, besides []ResetWay) {
	for _, w := range resetWays {
		t := w.Type()
		scope, named := p.Methods[t]
		switch {
		case slices.Contains(proved, t), named && scope.Who == policies.Nobody, w == ByEmail && !mails, w == ByToken && !r.Tokens:
		case w.phone() != "" && !slices.Contains(r.waysFor(t), w.phone()):
		case slices.Contains(p.Reset.Methods, t):
			ways = append(ways, w)
		case t != accounts.Questions:
			besides = append(besides, w)
		}
	}
	return ways, besides
}

// resetName takes what was typed as a name: every name is written as an address is.
// Whether anybody has it is not asked here.
func resetName(typed string) (string, error) {
	s := strings.TrimSpace(typed)
	if s == "" {
		return "", fault.New(fault.Invalid, "name_missing", "signin.name.missing").Field("name", "signin.name.missing")
	}
	if len(s) > maxTyped || strings.ContainsFunc(s, unicode.IsControl) || strings.ContainsFunc(s, unicode.IsSpace) || accounts.Domain(s) == "" {
		return "", fault.New(fault.Invalid, "name_invalid", "signin.name.invalid").Field("name", "signin.name.invalid")
	}
	return s, nil
}

// resetPlace takes what was typed as the place a code is to go to, folded or as E.164.
// Whose it is is not asked here.
func resetPlace(w ResetWay, typed string, countries phone.Countries) (string, error) {
	if w == ByEmail {
		address, err := accounts.Address(typed)
		return accounts.Fold(address), bad("place", err)
	}
	country := ""
	if len(countries) > 0 {
		country = countries[0]
	}
	n, err := phone.Parse(typed, country)
	if err != nil {
		return "", fault.New(fault.Invalid, "phone_invalid", "securityinfo.reset.number.invalid").Field("place", "securityinfo.reset.number.invalid")
	}
	return n.E164, nil
}

// resetCounter is where a wrong proof counts.
type resetCounter struct {
	name  string
	words words
}

// counters are where a wrong proof of a sort counts: in the first one that is not used
// up. A new password starts afresh, so its version is part of the name.
func (r Reset) counters(t accounts.MethodType, guessable bool) []resetCounter {
	if !guessable {
		return []resetCounter{{r.ownCounter(), resetWords.upTo(flowTries)}}
	}
	all := "reset:" + r.account + ":" + strconv.Itoa(r.version) + ":" + string(t)
	list := []resetCounter{{all, resetWords.upTo(strangersTries)}}
	if r.near {
		list = append([]resetCounter{{all + ":own", resetWords.upTo(ownersTries)}}, list...)
	}
	return list
}

// ownCounter is where tries at nothing count. It goes with the reset.
func (r Reset) ownCounter() string { return "reset-flow:" + r.id() }

// claimant is the account behind a name, as far as getting back in asks for it. The
// zero claimant is nobody.
type claimant struct {
	ID      string
	Open    bool // neither ended nor disabled nor closed at home
	Version int  // of the password
	Asked   policies.Asked
	List    []accounts.Method
	Own     []accounts.Identity // proved mailboxes, of an account without a home
	Answers accounts.Answers
}

// can says whether a method of a type counts for this account.
func (c claimant) can(t accounts.MethodType) bool {
	if t == accounts.Email && len(c.Own) > 0 {
		return true
	}
	switch t {
	case accounts.Email, accounts.MobilePhone, accounts.OfficePhone, accounts.Authenticator, accounts.HardwareToken:
	case accounts.Questions:
		if len(c.Answers.Hashes) < c.Asked.Reset.ToAnswer {
			return false
		}
	default:
		return false
	}
	return has(c.List, t) && c.Asked.ResetBy(t)
}

// different counts the different methods the account could prove.
func (c claimant) different() int {
	n := 0
	for _, t := range accounts.ResetTypes {
		if c.can(t) {
			n++
		}
	}
	return n
}

// need is how many of them it has to prove.
func (c claimant) need() int { return c.Asked.ResetNumber(accounts.HasSecondStep(c.List)) }

// barred says why an account does not get back in by itself, "" where it does.
func (c claimant) barred() string {
	switch {
	case c.ID == "":
		return "nobody"
	case !c.Open:
		return "disabled"
	case !c.Asked.MayReset():
		return "policy"
	case c.different() < c.need():
		return "few"
	}
	return ""
}

// place is where something of this account's is that somebody named: the method, ""
// for a mailbox it signs in with, and the address or telephone as it is stored.
func (c claimant) place(w ResetWay, named string) (m accounts.Method, found bool) {
	for _, m := range c.List {
		if m.Type == w.Type() && (w == ByEmail && accounts.Fold(m.Address) == named || w != ByEmail && m.Number == named) {
			return m, true
		}
	}
	if w != ByEmail {
		return accounts.Method{}, false
	}
	for _, one := range c.Own {
		if accounts.Fold(one.Address) == named {
			return accounts.Method{Type: accounts.Email, Address: one.Address}, true
		}
	}
	return accounts.Method{}, false
}

// next is the step behind a proof that was right.
func (c claimant) next(proved []accounts.MethodType) resetStep {
	if len(proved) >= c.need() {
		return resetPassword
	}
	return resetSecond
}

// through says whether what was proved is enough, now that the password is to be set.
func (c claimant) through(proved []accounts.MethodType) bool {
	for _, t := range proved {
		if !c.can(t) {
			return false
		}
	}
	return c.barred() == "" && len(proved) >= c.need()
}

// drawn are some of a list, by lot.
func drawn(list []string, many int, lot func(string) []byte) []string {
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b string) int { return bytes.Compare(lot(a), lot(b)) })
	return out[:min(many, len(out))]
}

func joined(types []accounts.MethodType) string {
	var out []string
	for _, t := range types {
		out = append(out, string(t))
	}
	return strings.Join(out, "+")
}

func parted(text string) (out []accounts.MethodType) {
	for t := range strings.SplitSeq(text, "+") {
		if t != "" {
			out = append(out, accounts.MethodType(t))
		}
	}
	return out
}
