package signinpolicies

import (
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"sojourn/accounts"
	"sojourn/policies"
	"sojourn/ui"
)

// lines say a part of a policy in words. The view knows the groups' names.
func lines(s *ui.Shell, v view, part policies.Part, p policies.Policy) []templ.Component {
	switch part {
	case policies.SecondPart:
		return secondLines(s, v, p.SecondStep)
	case policies.MethodsPart:
		return methodLines(s, v, p.Methods)
	case policies.CampaignPart:
		return campaignLines(s, v, p.Campaign)
	case policies.ResetPart:
		return resetLines(s, v, p.Reset)
	case policies.PasswordsPart:
		return []templ.Component{s.MsgN("policies.passwords.says", len(p.Passwords.Banned))}
	case policies.LockOutPart:
		return []templ.Component{s.Msg("policies.lockout.says", "free", p.LockOut.Free, "most", p.LockOut.Most)}
	case policies.SessionsPart:
		return sessionLines(s, p.Sessions)
	}
	return nil
}

// linesOf are the lines of a topic: of one method, where it is about one.
func linesOf(s *ui.Shell, v view, t topic, p policies.Policy) []templ.Component {
	if t.method != "" {
		return []templ.Component{whom(s, v, "methods", p.Methods.Scope(t.method))}
	}
	return lines(s, v, t.part, p)
}

// whom says a scope, and whom it leaves out; key is the policy whose sentences say
// it.
func whom(s *ui.Shell, v view, key string, scope policies.Scope) templ.Component {
	said := s.Msg("policies.scope.for."+key+"."+string(scope.Who), "group", group(s, v, scope.Group))
	if scope.Who == policies.Nobody || scope.Except == "" {
		return said
	}
	return s.Msg("policies.scope.except", "whom", said, "group", group(s, v, scope.Except))
}

func group(s *ui.Shell, v view, id string) templ.Component {
	if name := v.GroupName(id); name != "" {
		return ui.Name(name)
	}
	return s.Msg("policies.scope.gone")
}

func secondLines(s *ui.Shell, v view, p policies.SecondStep) []templ.Component {
	out := []templ.Component{whom(s, v, "second", p.Members)}
	if p.Administrators {
		out = append(out, s.Msg("policies.second.says.administrators"))
	}
	switch {
	case p.Guests && p.TrustHome:
		out = append(out, s.Msg("policies.second.says.guestsTrusted"))
	case p.Guests:
		out = append(out, s.Msg("policies.second.says.guests"))
	}
	return out
}

// methodLines name what is not everybody's.
func methodLines(s *ui.Shell, v view, m policies.Methods) []templ.Component {
	var out []templ.Component
	for _, t := range policies.Governed {
		if scope := m.Scope(t); scope != (policies.Scope{Who: policies.Everybody}) {
			out = append(out, s.Msg("policies.methods.says", "method", methodName(s, t), "whom", whom(s, v, "methods", scope)))
		}
	}
	if len(out) == 0 {
		return []templ.Component{s.Msg("policies.methods.says.all")}
	}
	return append(out, s.Msg("policies.methods.says.rest"))
}

func campaignLines(s *ui.Shell, v view, c policies.Campaign) []templ.Component {
	out := []templ.Component{whom(s, v, "campaign", c.For)}
	if c.For.Who == policies.Nobody {
		return out
	}
	if c.Snooze == 0 {
		out = append(out, s.Msg("policies.campaign.says.always"))
	} else {
		out = append(out, s.MsgN("policies.campaign.says.snooze", c.Snooze))
	}
	if c.Times == 0 {
		return append(out, s.Msg("policies.campaign.says.endless"))
	}
	return append(out, s.MsgN("policies.campaign.says.times", c.Times))
}

func resetLines(s *ui.Shell, v view, r policies.Reset) []templ.Component {
	out := []templ.Component{whom(s, v, "reset", r.For)}
	if r.For.Who != policies.Nobody {
		out = append(out, s.MsgN("policies.reset.says.number", r.Number, "methods", methodNames(s, r.Methods)))
		for _, t := range r.Methods {
			if t == accounts.Questions {
				out = append(out, s.Msg("policies.reset.says.questions", "register", r.ToRegister, "answer", r.ToAnswer))
			}
		}
	}
	if r.Register {
		out = append(out, s.Msg("policies.reset.says.register"))
		if r.Reconfirm > 0 {
			out = append(out, s.MsgN("policies.reset.says.reconfirm", r.Reconfirm))
		}
	}
	switch {
	case r.TellOwner && r.TellAdmins:
		out = append(out, s.Msg("policies.reset.says.tellBoth"))
	case r.TellOwner:
		out = append(out, s.Msg("policies.reset.says.tellOwner"))
	case r.TellAdmins:
		out = append(out, s.Msg("policies.reset.says.tellAdministrators"))
	}
	if r.Helpdesk != "" {
		out = append(out, s.Msg("policies.reset.says.helpdesk", "where", ui.Address(r.Helpdesk)))
	}
	return out
}

func methodNames(s *ui.Shell, types []accounts.MethodType) string {
	var names []string
	for _, t := range types {
		names = append(names, methodName(s, t))
	}
	return s.Locale.List(names)
}

func sessionLines(s *ui.Shell, p policies.Sessions) []templ.Component {
	out := []templ.Component{
		s.Msg("policies.sessions.says.idle", "time", length(s, p.Idle)),
		s.Msg("policies.sessions.says.lasts", "time", length(s, p.Lasts)),
	}
	if p.Stay == 0 {
		return append(out, s.Msg("policies.sessions.says.noStay"))
	}
	return append(out, s.MsgN("policies.sessions.says.stay", p.Stay))
}

// length is a time in hours, and in minutes where it is not whole ones.
func length(s *ui.Shell, d time.Duration) string {
	hours, minutes := int(d/time.Hour), int(d%time.Hour/time.Minute)
	var parts []string
	if hours > 0 {
		parts = append(parts, s.N("policies.hours", hours))
	}
	if minutes > 0 || hours == 0 {
		parts = append(parts, s.N("policies.minutes", minutes))
	}
	return s.Locale.List(parts)
}

func whoOptions(s *ui.Shell, key string) []ui.Option {
	var out []ui.Option
	for _, w := range []policies.Who{policies.Nobody, policies.OneGroup, policies.Everybody} {
		out = append(out, ui.Option{Value: string(w), Text: s.T("policies.scope.option." + key + "." + string(w))})
	}
	return out
}

func groupOptions(s *ui.Shell, v view, none string) []ui.Option {
	out := []ui.Option{{Text: s.T(none)}}
	for _, g := range v.Choices {
		out = append(out, ui.Option{Value: g.ID, Text: g.Name})
	}
	return out
}

func numberOptions(s *ui.Shell) []ui.Option {
	return []ui.Option{
		{Value: "1", Text: s.T("policies.reset.number.one"), Hint: s.T("policies.reset.number.one.hint")},
		{Value: "2", Text: s.T("policies.reset.number.two"), Hint: s.T("policies.reset.number.two.hint")},
	}
}

// icons of the parts.
var icons = map[policies.Part]string{
	policies.SecondPart: "shield", policies.MethodsPart: "key", policies.CampaignPart: "info", policies.ResetPart: "undo", policies.PasswordsPart: "blocked",
	policies.LockOutPart: "lock", policies.SessionsPart: "clock",
}

// asked are the words of an effect: what it is the number of.
func asked(part policies.Part, e policies.Effect) string {
	return "policies.effect." + string(part) + "." + e.Code
}

// unpeopledKey says that a policy would be for nobody; two-step verification can be
// required of others too.
func unpeopledKey(part policies.Part) string {
	if part == policies.SecondPart {
		return "policies.check.unpeopled.second"
	}
	return "policies.check.unpeopled"
}

// found are the banned words that a password was made of.
func found(words []string) string { return strings.Join(words, ", ") }

// openWord is what one can do with a policy: change it, or look at it.
func openWord(s *ui.Shell, d pageData) string {
	if d.CanSet {
		return s.T("policies.list.change")
	}
	return s.T("policies.list.look")
}

func verdict(t *policies.Scoring) ui.Kind {
	if t.Refused {
		return ui.Warn
	}
	return ui.Good
}

func verdictKey(t *policies.Scoring) string {
	if t.Refused {
		return "policies.try.refused"
	}
	return "policies.try.taken"
}

// boxID is the id of the box at i; the first has the id of the field.
func boxID(field string, i int) string {
	if i == 0 {
		return field
	}
	return field + "-" + strconv.Itoa(i+1)
}

// goneIn says whether the topic speaks of a group that was deleted.
func goneIn(d pageData) bool {
	if d.method == "" {
		return d.Gone(d.part)
	}
	scope := d.Methods.Scope(d.method)
	return scope.Group != "" && d.GroupName(scope.Group) == "" || scope.Except != "" && d.GroupName(scope.Except) == ""
}

// up is the page above.
func (d pageData) up() string {
	if d.method != "" {
		return d.At("policies", "methods")
	}
	return d.At("policies")
}
