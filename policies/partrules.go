package policies

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"sojourn/accounts"
)

// place is where a part of the policy is, nil for what is no part.
func (p *Policy) place(part Part) any {
	switch part {
	case SecondPart:
		return &p.SecondStep
	case MethodsPart:
		return &p.Methods
	case CampaignPart:
		return &p.Campaign
	case ResetPart:
		return &p.Reset
	case PasswordsPart:
		return &p.Passwords
	case LockOutPart:
		return &p.LockOut
	case SessionsPart:
		return &p.Sessions
	}
	return nil
}

// text is a part as it is kept. Values that mean the same are the same text.
func (p Policy) text(part Part) string {
	p.tidy()
	data, err := json.Marshal(p.place(part))
	if err != nil {
		return "" // plain values always marshal
	}
	return string(data)
}

// Mark tells one value of a part from another: a change says by it which value it
// was made from.
func (p Policy) Mark(part Part) string {
	sum := sha256.Sum256([]byte(p.text(part)))
	return hex.EncodeToString(sum[:12])
}

// tidy leaves out what says nothing.
func (p *Policy) tidy() {
	p.SecondStep.Members = p.SecondStep.Members.tidied()
	p.Campaign.For = p.Campaign.For.tidied()
	p.Reset.For = p.Reset.For.tidied()
	methods := Methods{}
	for t, s := range p.Methods {
		if s = s.tidied(); s != (Scope{Who: Everybody}) {
			methods[t] = s
		}
	}
	p.Methods = methods
	var chosen []accounts.MethodType
	for _, t := range accounts.ResetTypes {
		if slices.Contains(p.Reset.Methods, t) {
			chosen = append(chosen, t)
		}
	}
	p.Reset.Methods = chosen
	p.Passwords.Banned = tidyWords(p.Passwords.Banned)
}

func (s Scope) tidied() Scope {
	if s.Who != OneGroup {
		s.Group = ""
	}
	if s.Who == Nobody {
		s.Except = ""
	}
	return s
}

// tidyWords folds words, and sorts them without doubles.
func tidyWords(words []string) []string {
	var out []string
	for _, w := range words {
		if w = strings.Join(strings.Fields(accounts.Fold(w)), " "); w != "" {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Words parts what was typed into a field of banned words: one a line, or with
// commas between them.
func Words(typed string) []string {
	return tidyWords(strings.FieldsFunc(typed, func(r rune) bool { return r == '\n' || r == '\r' || r == ',' || r == ';' }))
}

// scopes are the scopes of a part.
func (p Policy) scopes(part Part) []Scope {
	switch part {
	case SecondPart:
		return []Scope{p.SecondStep.Members}
	case CampaignPart:
		return []Scope{p.Campaign.For}
	case ResetPart:
		return []Scope{p.Reset.For}
	case MethodsPart:
		var out []Scope
		for _, t := range Governed {
			out = append(out, p.Methods.Scope(t))
		}
		return out
	}
	return nil
}

// GroupsOf are the ids of the groups that a part speaks of.
func (p Policy) GroupsOf(part Part) []string {
	var out []string
	for _, s := range p.scopes(part) {
		for _, g := range []string{s.tidied().Group, s.tidied().Except} {
			if g != "" && !slices.Contains(out, g) {
				out = append(out, g)
			}
		}
	}
	return out
}
