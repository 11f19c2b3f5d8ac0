package signinpolicies

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sojourn/accounts"
	"sojourn/policies"
	"sojourn/ui"
)

// form is a policy as a form says it.
type form struct{ url.Values }

// Seen is the mark of the value that the form was drawn from.
func (f form) Seen() string { return f.Get("seen") }

// Has says whether a box is ticked.
func (f form) Has(field, value string) bool { return slices.Contains(f.Values[field], value) }

// On says whether a box of yes or no is ticked.
func (f form) On(field string) bool { return f.Get(field) == on }

const on = "yes"

func tick(is bool) string {
	if is {
		return on
	}
	return ""
}

// number is a field of digits. What is no number is out of all bounds.
func (f form) number(field string) int {
	n, err := strconv.Atoi(strings.TrimSpace(f.Get(field)))
	if err != nil || n < 0 || n > 1_000_000 {
		return -1
	}
	return n
}

func (f form) setNumber(field string, n int) { f.Set(field, strconv.Itoa(n)) }

// scope is whom the form means.
func (f form) scope() policies.Scope {
	return policies.Scope{Who: policies.Who(f.Get("who")), Group: f.Get("group"), Except: f.Get("except")}
}

func (f form) setScope(s policies.Scope) {
	f.Set("who", string(s.Who))
	f.Set("group", s.Group)
	f.Set("except", s.Except)
}

// only is the form with the fields of a topic, without those of the frame around it.
func (f form) only(fields []string) form {
	out := form{url.Values{}}
	for _, name := range append(slices.Clone(fields), "seen", "named", "excepted") {
		for _, value := range f.Values[name] {
			if value != "" {
				out.Add(name, value)
			}
		}
	}
	return out
}

// pairs are the fields as they go along unseen.
func (f form) pairs() []ui.Option {
	var out []ui.Option
	for _, name := range sortedKeys(f.Values) {
		for _, value := range f.Values[name] {
			out = append(out, ui.Option{Text: name, Value: value})
		}
	}
	return out
}

func sortedKeys(v url.Values) []string {
	var names []string
	for name := range v {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// topic is one page on which something is decided.
type topic struct {
	path   string // below the policies
	part   policies.Part
	method accounts.MethodType // where it is about one
	fields []string
	write  func(p policies.Policy, f form)  // what stands, into the form
	read   func(f form, p *policies.Policy) // what the form says, into the policy
}

// topics are all of them.
var topics = append([]topic{
	{path: "second", part: policies.SecondPart, fields: []string{"who", "group", "except", "administrators", "guests", "trust"}, write: writeSecond, read: readSecond},
	{path: "campaign", part: policies.CampaignPart, fields: []string{"who", "group", "except", "snooze", "times"}, write: writeCampaign, read: readCampaign},
	{path: "reset", part: policies.ResetPart, fields: []string{"who", "group", "number", "methods", "register", "answer", "ask", "reconfirm", "owner", "administrators", "helpdesk"},
		write: writeReset, read: readReset},
	{path: "passwords", part: policies.PasswordsPart, fields: []string{"words"}, write: writePasswords, read: readPasswords},
	{path: "lockout", part: policies.LockOutPart, fields: []string{"free", "most"}, write: writeLockOut, read: readLockOut},
	{path: "sessions", part: policies.SessionsPart, fields: []string{"idle", "lasts", "stay"}, write: writeSessions, read: readSessions},
}, methodTopics()...)

// methodTopics are one for each method.
func methodTopics() []topic {
	var out []topic
	for _, t := range policies.Governed {
		out = append(out, topic{
			path: "methods/" + string(t), part: policies.MethodsPart, method: t, fields: []string{"who", "group", "except"},
			write: func(p policies.Policy, f form) { f.setScope(p.Methods.Scope(t)) },
			read:  func(f form, p *policies.Policy) { p.Methods = p.Methods.With(t, f.scope()) },
		})
	}
	return out
}

func writeSecond(p policies.Policy, f form) {
	f.setScope(p.SecondStep.Members)
	f.Set("administrators", tick(p.SecondStep.Administrators))
	f.Set("guests", tick(p.SecondStep.Guests))
	f.Set("trust", tick(p.SecondStep.TrustHome))
}

func readSecond(f form, p *policies.Policy) {
	p.SecondStep = policies.SecondStep{Members: f.scope(), Administrators: f.On("administrators"), Guests: f.On("guests"), TrustHome: f.On("trust")}
}

func writeCampaign(p policies.Policy, f form) {
	f.setScope(p.Campaign.For)
	f.setNumber("snooze", p.Campaign.Snooze)
	f.setNumber("times", p.Campaign.Times)
}

func readCampaign(f form, p *policies.Policy) {
	p.Campaign = policies.Campaign{For: f.scope(), Snooze: f.number("snooze"), Times: f.number("times")}
}

func writeReset(p policies.Policy, f form) {
	r := p.Reset
	f.setScope(r.For)
	f.setNumber("number", r.Number)
	for _, t := range r.Methods {
		f.Add("methods", string(t))
	}
	f.setNumber("register", r.ToRegister)
	f.setNumber("answer", r.ToAnswer)
	f.Set("ask", tick(r.Register))
	f.setNumber("reconfirm", r.Reconfirm)
	f.Set("owner", tick(r.TellOwner))
	f.Set("administrators", tick(r.TellAdmins))
	f.Set("helpdesk", r.Helpdesk)
}

func readReset(f form, p *policies.Policy) {
	r := policies.Reset{
		For: f.scope(), Number: f.number("number"), ToRegister: f.number("register"), ToAnswer: f.number("answer"), Register: f.On("ask"),
		Reconfirm: f.number("reconfirm"), TellOwner: f.On("owner"), TellAdmins: f.On("administrators"), Helpdesk: strings.TrimSpace(f.Get("helpdesk")),
	}
	for _, t := range accounts.ResetTypes {
		if f.Has("methods", string(t)) {
			r.Methods = append(r.Methods, t)
		}
	}
	p.Reset = r
}

func writePasswords(p policies.Policy, f form) {
	f.Set("words", strings.Join(p.Passwords.Banned, "\n"))
}

func readPasswords(f form, p *policies.Policy) {
	p.Passwords = policies.Passwords{Banned: policies.Words(f.Get("words"))}
}

func writeLockOut(p policies.Policy, f form) {
	f.setNumber("free", p.LockOut.Free)
	f.setNumber("most", p.LockOut.Most)
}

func readLockOut(f form, p *policies.Policy) {
	p.LockOut = policies.LockOut{Free: f.number("free"), Most: f.number("most")}
}

func writeSessions(p policies.Policy, f form) {
	f.setNumber("idle", int(p.Sessions.Idle/time.Minute))
	f.setNumber("lasts", int(p.Sessions.Lasts/time.Hour))
	f.setNumber("stay", p.Sessions.Stay)
}

func readSessions(f form, p *policies.Policy) {
	p.Sessions = policies.Sessions{
		Idle: time.Duration(f.number("idle")) * time.Minute, Lasts: time.Duration(f.number("lasts")) * time.Hour, Stay: f.number("stay"),
	}
}
