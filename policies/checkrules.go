package policies

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sojourn/accounts"
	"sojourn/internal/fault"
)

// The numbers a policy may have. None is weaker than the portal's own.
const (
	MaxSnooze    = 14 // days
	MaxTimes     = 99
	MinQuestions = 3
	MaxQuestions = 5
	MaxReconfirm = 730 // days
	MinFree      = 3
	MaxFree      = 5
	MinMost      = 10
	MaxMost      = 100
	MinIdle      = 15 * time.Minute
	MaxIdle      = 8 * time.Hour
	MinLasts     = time.Hour
	MaxLasts     = 24 * time.Hour
	MaxStay      = 30 // days
	MaxWords     = 1000
	MinWord      = 4 // characters
	MaxWord      = 16
	maxHelpdesk  = 300 // octets
)

// acceptable says what is wrong with a part, field by field. The others are those that
// stand: no part may make another one impossible to follow.
func (p Policy) acceptable(part Part) error {
	p.tidy()
	f := fault.New(fault.Invalid, "bad_policy", "policies.refused.title")
	for _, s := range p.scopes(part) {
		s.check(f)
	}
	switch part {
	case SecondPart:
		p.checkSecond(f, "policies.second.noMethod")
	case MethodsPart:
		p.checkSecond(f, "policies.methods.noSecond")
		p.checkCampaign(f, "policies.methods.noCampaign")
		p.checkResetMethods(f, "who", "policies.methods.noReset")
	case CampaignPart:
		p.checkCampaign(f, "policies.campaign.noMethod")
		within(f, "snooze", p.Campaign.Snooze, 0, MaxSnooze)
		within(f, "times", p.Campaign.Times, 0, MaxTimes)
	case ResetPart:
		p.checkReset(f)
	case PasswordsPart:
		p.Passwords.check(f)
	case LockOutPart:
		within(f, "free", p.LockOut.Free, MinFree, MaxFree)
		within(f, "most", p.LockOut.Most, MinMost, MaxMost)
	case SessionsPart:
		p.Sessions.check(f)
	}
	return f.ErrOrNil()
}

func within(f *fault.Fault, field string, n, least, most int) {
	if n < least || n > most {
		f.Field(field, "policies.number", "min", least, "max", most)
	}
}

func (s Scope) check(f *fault.Fault) {
	switch {
	case s.Who != Nobody && s.Who != OneGroup && s.Who != Everybody:
		f.Field("who", "policies.scope.missing")
	case s.Who == OneGroup && s.Group == "":
		f.Field("group", "policies.scope.group.missing")
	case s.Who == OneGroup && s.Group == s.Except:
		f.Field("except", "policies.scope.same")
	}
}

// empty says that a scope means nobody, whatever groups there are.
func (s Scope) empty() bool { return s.Who == Nobody }

// open says that a scope means everybody, whatever groups there are.
func (s Scope) open() bool { return s.Who == Everybody && s.Except == "" }

// anybodys says whether a method is for anybody.
func (m Methods) anybodys(t accounts.MethodType) bool { return !m.Scope(t).empty() }

// secondTypes are the second factors among the methods.
func secondTypes() []accounts.MethodType {
	return slices.DeleteFunc(slices.Clone(Governed), func(t accounts.MethodType) bool { return !t.IsSecond() })
}

// requires says whether the second step is required of anybody at home.
func (s SecondStep) requires() bool { return !s.Members.empty() || s.Administrators }

// checkSecond: who must take a second step must be able to have one.
func (p Policy) checkSecond(f *fault.Fault, key string) {
	if p.SecondStep.requires() && !slices.ContainsFunc(secondTypes(), p.Methods.anybodys) {
		f.Field("who", key)
	}
}

// checkCampaign: whom the campaign asks must be able to add what it asks for by
// themselves. A token is handed out.
func (p Policy) checkCampaign(f *fault.Fault, key string) {
	if !p.Campaign.For.empty() && !p.Methods.anybodys(accounts.Authenticator) && !p.Methods.anybodys(accounts.Passkey) {
		f.Field("who", key)
	}
}

func (p Policy) checkReset(f *fault.Fault) {
	r := p.Reset
	if r.Number != 1 && r.Number != 2 {
		f.Field("number", "policies.reset.number.missing")
	} else {
		p.checkResetMethods(f, "methods", "policies.reset.methods.few")
		p.checkAppAlone(f)
	}
	within(f, "register", r.ToRegister, MinQuestions, MaxQuestions)
	switch {
	case r.ToAnswer < MinQuestions || r.ToAnswer > MaxQuestions:
		within(f, "answer", r.ToAnswer, MinQuestions, MaxQuestions)
	case r.ToAnswer > r.ToRegister:
		f.Field("answer", "policies.reset.answer.many")
	}
	within(f, "reconfirm", r.Reconfirm, 0, MaxReconfirm)
	if !helpdesk(r.Helpdesk) {
		f.Field("helpdesk", "policies.reset.helpdesk.invalid")
	}
}

// checkResetMethods: whoever may get back in by themselves must be able to have
// as many methods as it takes.
func (p Policy) checkResetMethods(f *fault.Fault, field, key string) {
	usable := slices.DeleteFunc(slices.Clone(p.Reset.Methods), func(t accounts.MethodType) bool { return !p.Methods.anybodys(t) })
	if !p.Reset.For.empty() && len(usable) < p.Reset.Number {
		f.Field(field, key, "n", p.Reset.Number)
	}
}

// checkAppAlone: the phone with the app is what people have lost when they cannot get
// in, so there are as many others as it takes.
func (p Policy) checkAppAlone(f *fault.Fault) {
	if p.Reset.For.empty() || !slices.Contains(p.Reset.Methods, accounts.Authenticator) || len(f.Fields) > 0 {
		return
	}
	if len(p.Reset.Methods)-1 < p.Reset.Number {
		f.Field("methods", "policies.reset.methods.app", "n", p.Reset.Number)
	}
}

// helpdesk: a web address, a mail address, or nothing.
func helpdesk(s string) bool {
	if s == "" {
		return true
	}
	if len(s) > maxHelpdesk || strings.TrimSpace(s) != s {
		return false
	}
	if _, err := accounts.Address(s); err == nil {
		return true
	}
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

func (p Passwords) check(f *fault.Fault) {
	if len(p.Banned) > MaxWords {
		f.Field("words", "policies.passwords.many", "max", MaxWords, "n", len(p.Banned))
		return
	}
	for _, w := range p.Banned {
		if n := utf8.RuneCountInString(w); n < MinWord || n > MaxWord {
			f.Field("words", "policies.passwords.length", "word", w, "min", MinWord, "max", MaxWord)
			return
		}
	}
}

func (s Sessions) check(f *fault.Fault) {
	if s.Idle < MinIdle || s.Idle > MaxIdle {
		within(f, "idle", int(s.Idle/time.Minute), int(MinIdle/time.Minute), int(MaxIdle/time.Minute))
	}
	if s.Lasts < MinLasts || s.Lasts > MaxLasts {
		within(f, "lasts", int(s.Lasts/time.Hour), int(MinLasts/time.Hour), int(MaxLasts/time.Hour))
	} else if s.Idle > s.Lasts && s.Idle <= MaxIdle {
		f.Field("idle", "policies.sessions.idle.long")
	}
	within(f, "stay", s.Stay, 0, MaxStay)
}
