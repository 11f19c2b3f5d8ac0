package policies

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/internal/fault"
)

func scopeOf(w Who) Scope { return Scope{Who: w} }

// none allows nobody some methods.
func none(types ...accounts.MethodType) Methods {
	m := Methods{}
	for _, t := range types {
		m[t] = scopeOf(Nobody)
	}
	return m
}

func TestAcceptable(t *testing.T) {
	seconds := secondTypes()
	for name, c := range map[string]struct {
		part   Part
		change func(p *Policy)
		want   string // field:key, "" for what is taken
	}{
		"second of nobody":              {SecondPart, func(p *Policy) { p.SecondStep.Members = scopeOf(Nobody) }, ""},
		"second of all":                 {SecondPart, func(p *Policy) { p.SecondStep.Members = scopeOf(Everybody) }, ""},
		"second of whom?":               {SecondPart, func(p *Policy) { p.SecondStep.Members = Scope{} }, "who:policies.scope.missing"},
		"second of no group":            {SecondPart, func(p *Policy) { p.SecondStep.Members = scopeOf(OneGroup) }, "group:policies.scope.group.missing"},
		"second of a group less itself": {SecondPart, func(p *Policy) { p.SecondStep.Members = Scope{OneGroup, "g", "g"} }, "except:policies.scope.same"},
		"second without a method":       {SecondPart, func(p *Policy) { p.SecondStep.Members, p.Methods = scopeOf(Everybody), none(seconds...) }, "who:policies.second.noMethod"},
		"of administrators without":     {SecondPart, func(p *Policy) { p.SecondStep.Administrators, p.Methods = true, none(seconds...) }, "who:policies.second.noMethod"},
		"of guests without":             {SecondPart, func(p *Policy) { p.SecondStep.Guests, p.Methods = true, none(seconds...) }, ""},
		"with one for a group": {SecondPart, func(p *Policy) {
			p.SecondStep.Members, p.Methods = scopeOf(Everybody), none(seconds...).With(accounts.Passkey, Scope{Who: OneGroup, Group: "g"})
		}, ""},
		"methods all gone":               {MethodsPart, func(p *Policy) { p.Methods = none(seconds...) }, ""},
		"methods gone that are required": {MethodsPart, func(p *Policy) { p.SecondStep.Members, p.Methods = scopeOf(Everybody), none(seconds...) }, "who:policies.methods.noSecond"},
		"methods gone of the campaign": {MethodsPart, func(p *Policy) {
			p.Campaign.For, p.Methods = scopeOf(Everybody), none(accounts.Authenticator, accounts.Passkey)
		}, "who:policies.methods.noCampaign"},
		"one of the campaign stays": {MethodsPart, func(p *Policy) { p.Campaign.For, p.Methods = scopeOf(Everybody), none(accounts.Authenticator) }, ""},
		"methods gone of resetting": {MethodsPart, func(p *Policy) { p.Methods = none(accounts.ResetTypes...) }, "who:policies.methods.noReset"},
		"too few of resetting":      {MethodsPart, func(p *Policy) { p.Reset.Number, p.Methods = 2, none(accounts.ResetTypes[1:]...) }, "who:policies.methods.noReset"},
		"nobody resets":             {MethodsPart, func(p *Policy) { p.Reset.For, p.Methods = scopeOf(Nobody), none(accounts.ResetTypes...) }, ""},
		"campaign without": {CampaignPart, func(p *Policy) {
			p.Campaign.For, p.Methods = scopeOf(Everybody), none(accounts.Authenticator, accounts.Passkey)
		}, "who:policies.campaign.noMethod"},
		"snooze −1":              {CampaignPart, func(p *Policy) { p.Campaign.Snooze = -1 }, "snooze:policies.number"},
		"snooze 0":               {CampaignPart, func(p *Policy) { p.Campaign.Snooze = 0 }, ""},
		"snooze 14":              {CampaignPart, func(p *Policy) { p.Campaign.Snooze = 14 }, ""},
		"snooze 15":              {CampaignPart, func(p *Policy) { p.Campaign.Snooze = 15 }, "snooze:policies.number"},
		"times 100":              {CampaignPart, func(p *Policy) { p.Campaign.Times = 100 }, "times:policies.number"},
		"reset as it is":         {ResetPart, func(p *Policy) {}, ""},
		"number 0":               {ResetPart, func(p *Policy) { p.Reset.Number = 0 }, "number:policies.reset.number.missing"},
		"number 3":               {ResetPart, func(p *Policy) { p.Reset.Number = 3 }, "number:policies.reset.number.missing"},
		"no methods":             {ResetPart, func(p *Policy) { p.Reset.Methods = nil }, "methods:policies.reset.methods.few"},
		"no methods, for nobody": {ResetPart, func(p *Policy) { p.Reset.For, p.Reset.Methods = scopeOf(Nobody), nil }, ""},
		"one of two":             {ResetPart, func(p *Policy) { p.Reset.Number, p.Reset.Methods = 2, []accounts.MethodType{accounts.Email} }, "methods:policies.reset.methods.few"},
		"two, one not allowed": {ResetPart, func(p *Policy) {
			p.Reset.Number, p.Reset.Methods, p.Methods = 2, []accounts.MethodType{accounts.Email, accounts.MobilePhone}, none(accounts.Email)
		}, "methods:policies.reset.methods.few"},
		"the app alone":   {ResetPart, func(p *Policy) { p.Reset.Methods = []accounts.MethodType{accounts.Authenticator} }, "methods:policies.reset.methods.app"},
		"the app and one": {ResetPart, func(p *Policy) { p.Reset.Methods = []accounts.MethodType{accounts.Authenticator, accounts.Email} }, ""},
		"the app and one of two": {ResetPart, func(p *Policy) {
			p.Reset.Number, p.Reset.Methods = 2, []accounts.MethodType{accounts.Authenticator, accounts.Email}
		}, "methods:policies.reset.methods.app"},
		"the app and two of two": {ResetPart, func(p *Policy) {
			p.Reset.Number, p.Reset.Methods = 2, []accounts.MethodType{accounts.Authenticator, accounts.Email, accounts.Questions}
		}, ""},
		"mail alone":                     {ResetPart, func(p *Policy) { p.Reset.Methods = []accounts.MethodType{accounts.Email} }, ""},
		"a passkey resets nothing":       {ResetPart, func(p *Policy) { p.Reset.Methods = []accounts.MethodType{accounts.Passkey} }, "methods:policies.reset.methods.few"},
		"2 questions registered":         {ResetPart, func(p *Policy) { p.Reset.ToRegister, p.Reset.ToAnswer = 2, 3 }, "register:policies.number answer:policies.reset.answer.many"},
		"6 questions registered":         {ResetPart, func(p *Policy) { p.Reset.ToRegister = 6 }, "register:policies.number"},
		"2 answered":                     {ResetPart, func(p *Policy) { p.Reset.ToAnswer = 2 }, "answer:policies.number"},
		"5 of 4 answered":                {ResetPart, func(p *Policy) { p.Reset.ToRegister, p.Reset.ToAnswer = 4, 5 }, "answer:policies.reset.answer.many"},
		"5 of 5 answered":                {ResetPart, func(p *Policy) { p.Reset.ToAnswer = 5 }, ""},
		"confirm after 730":              {ResetPart, func(p *Policy) { p.Reset.Reconfirm = 730 }, ""},
		"confirm after 731":              {ResetPart, func(p *Policy) { p.Reset.Reconfirm = 731 }, "reconfirm:policies.number"},
		"helpdesk by link":               {ResetPart, func(p *Policy) { p.Reset.Helpdesk = "https://help.contoso.example/reset?x=1" }, ""},
		"helpdesk by mail":               {ResetPart, func(p *Policy) { p.Reset.Helpdesk = "help@contoso.example" }, ""},
		"helpdesk by script":             {ResetPart, func(p *Policy) { p.Reset.Helpdesk = "javascript:alert(1)" }, "helpdesk:policies.reset.helpdesk.invalid"},
		"helpdesk of somebody":           {ResetPart, func(p *Policy) { p.Reset.Helpdesk = "https://bank.example@evil.example/" }, "helpdesk:policies.reset.helpdesk.invalid"},
		"helpdesk in words":              {ResetPart, func(p *Policy) { p.Reset.Helpdesk = "ask Bob" }, "helpdesk:policies.reset.helpdesk.invalid"},
		"helpdesk too long":              {ResetPart, func(p *Policy) { p.Reset.Helpdesk = "https://help.example/" + strings.Repeat("a", 300) }, "helpdesk:policies.reset.helpdesk.invalid"},
		"no words":                       {PasswordsPart, func(p *Policy) {}, ""},
		"a word of 3":                    {PasswordsPart, func(p *Policy) { p.Passwords.Banned = []string{"abc"} }, "words:policies.passwords.length"},
		"a word of 4":                    {PasswordsPart, func(p *Policy) { p.Passwords.Banned = []string{"ａｂｃｄ"} }, ""},
		"a word of 16":                   {PasswordsPart, func(p *Policy) { p.Passwords.Banned = []string{strings.Repeat("é", 16)} }, ""},
		"a word of 17":                   {PasswordsPart, func(p *Policy) { p.Passwords.Banned = []string{strings.Repeat("a", 17)} }, "words:policies.passwords.length"},
		"a thousand":                     {PasswordsPart, func(p *Policy) { p.Passwords.Banned = many(1000) }, ""},
		"a thousand and one":             {PasswordsPart, func(p *Policy) { p.Passwords.Banned = many(1001) }, "words:policies.passwords.many"},
		"free 2":                         {LockOutPart, func(p *Policy) { p.LockOut.Free = 2 }, "free:policies.number"},
		"free 3, most 10":                {LockOutPart, func(p *Policy) { p.LockOut = LockOut{3, 10} }, ""},
		"free 6: weaker than the portal": {LockOutPart, func(p *Policy) { p.LockOut.Free = 6 }, "free:policies.number"},
		"most 9":                         {LockOutPart, func(p *Policy) { p.LockOut.Most = 9 }, "most:policies.number"},
		"most 101":                       {LockOutPart, func(p *Policy) { p.LockOut.Most = 101 }, "most:policies.number"},
		"idle 14 min":                    {SessionsPart, func(p *Policy) { p.Sessions.Idle = 14 * time.Minute }, "idle:policies.number"},
		"idle 15 min":                    {SessionsPart, func(p *Policy) { p.Sessions.Idle = 15 * time.Minute }, ""},
		"idle 481 min":                   {SessionsPart, func(p *Policy) { p.Sessions.Idle = 481 * time.Minute }, "idle:policies.number"},
		"idle longer than all":           {SessionsPart, func(p *Policy) { p.Sessions.Lasts = 7 * time.Hour }, "idle:policies.sessions.idle.long"},
		"lasts 0":                        {SessionsPart, func(p *Policy) { p.Sessions.Lasts = 0 }, "lasts:policies.number"},
		"lasts 25":                       {SessionsPart, func(p *Policy) { p.Sessions.Lasts = 25 * time.Hour }, "lasts:policies.number"},
		"what is no number":              {SessionsPart, func(p *Policy) { p.Sessions = Sessions{-time.Minute, -time.Hour, -1} }, "idle:policies.number lasts:policies.number stay:policies.number"},
		"stay 0":                         {SessionsPart, func(p *Policy) { p.Sessions.Stay = 0 }, ""},
		"stay 31":                        {SessionsPart, func(p *Policy) { p.Sessions.Stay = 31 }, "stay:policies.number"},
	} {
		p := Default()
		c.change(&p)
		if got := problemsOf(p.acceptable(c.part)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	for _, part := range Parts {
		if err := Default().acceptable(part); err != nil {
			t.Errorf("the default of %s: %s", part, problemsOf(err))
		}
	}
}

func problemsOf(err error) string {
	if err == nil {
		return ""
	}
	f, ok := fault.Of(err)
	if !ok {
		return err.Error()
	}
	var out []string
	for _, field := range f.Fields {
		out = append(out, field.Name+":"+field.Key)
	}
	return strings.Join(out, " ")
}

func many(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("word%d", i))
	}
	return out
}

// What means the same has one mark, and comes back as it was kept.
func TestMark(t *testing.T) {
	p := Default()
	same := func(part Part, change func(p *Policy)) {
		t.Helper()
		q := p
		change(&q)
		if q.Mark(part) != p.Mark(part) {
			t.Errorf("%s: %s is not %s", part, q.text(part), p.text(part))
		}
	}
	same(MethodsPart, func(p *Policy) { p.Methods = Methods{} })
	same(MethodsPart, func(p *Policy) { p.Methods = Methods{accounts.Email: scopeOf(Everybody)} })
	same(SecondPart, func(p *Policy) { p.SecondStep.Members = Scope{Who: Nobody, Group: "g", Except: "h"} })
	same(PasswordsPart, func(p *Policy) { p.Passwords.Banned = []string{" ", ""} })
	same(ResetPart, func(p *Policy) {
		p.Reset.Methods = slices.Clone(p.Reset.Methods)
		slices.Reverse(p.Reset.Methods)
	})
	p.Methods = none(accounts.Questions)
	p.Passwords.Banned = []string{"Zoo ", "ÀBLE", "zoo"}
	p.SecondStep.Members = Scope{Who: OneGroup, Group: "g", Except: "h"}
	for _, part := range Parts {
		back := Default()
		if err := back.take(part.Setting(), p.text(part)); err != nil {
			t.Fatal(err)
		}
		if back.Mark(part) != p.Mark(part) {
			t.Errorf("%s: %s came back as %s", part, p.text(part), back.text(part))
		}
		if Default().Mark(part) == p.Mark(part) && (part == MethodsPart || part == PasswordsPart || part == SecondPart) {
			t.Errorf("%s: another value has the same mark", part)
		}
	}
	if err := p.take("policy.unknown", "{"); err != nil {
		t.Error(err)
	}
	if got := Words("Alpha\r\nbeta, gamma;ALPHA\n\n  two  words \n"); !slices.Equal(got, []string{"alpha", "beta", "gamma", "two words"}) {
		t.Errorf("%q", got)
	}
}

func TestChanged(t *testing.T) {
	before, after := Default(), Default()
	after.SecondStep = SecondStep{Members: Scope{Who: OneGroup, Group: "g1", Except: "g2"}, Administrators: true, TrustHome: true}
	after.Passwords.Banned = []string{"contoso", "blank"}
	after.Sessions.Idle = 90 * time.Minute
	for part, want := range map[Part]map[string]string{
		SecondPart:    {"members": "none → group g1 except g2", "administrators": "no → yes"},
		PasswordsPart: {"words": "0 → 2", "added": "blank, contoso"},
		SessionsPart:  {"idle": "8h0m0s → 1h30m0s"},
		LockOutPart:   {},
	} {
		if got := changed(before, after, part); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, want %v", part, got, want)
		}
	}
	back := changed(after, before, PasswordsPart)
	if back["removed"] != "blank, contoso" || back["added"] != "" {
		t.Errorf("%v", back)
	}
}

// Every method that has words here has a policy, and the other way about.
func TestGoverned(t *testing.T) {
	for _, t2 := range Governed {
		if !t2.IsSecond() && !t2.Resets() && !t2.SignsIn() {
			t.Errorf("%s is good for nothing", t2)
		}
	}
	for _, t2 := range accounts.ResetTypes {
		if !slices.Contains(Governed, t2) {
			t.Errorf("%s has no policy", t2)
		}
	}
}
