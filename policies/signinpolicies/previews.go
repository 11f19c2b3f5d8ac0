package signinpolicies

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/policies"
	"sojourn/ui"
)

// made makes up policies for the previews.
type made struct {
	desk.Made
	view view
}

// Previews are the states of the pages, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	m := madeUp(s)
	plain := pageData{Desk: m.All, view: view{View: policies.MadeUp(policies.Default(), nil, nil)}, CanSet: true}
	full := pageData{Desk: m.All, view: m.view, CanSet: true}
	reader := full
	reader.CanSet = false
	gone := full
	gone.view.View = policies.MadeUp(m.view.Policy, map[string]string{"g1": "All staff"}, nil)
	out := []ui.Preview{
		{Name: "nothing set", Page: listPage(m.Shell, plain)},
		{Name: "all set", Page: listPage(m.Shell, full)},
		{Name: "a reader, a group is gone", Page: listPage(m.Shell, func() pageData { d := gone; d.CanSet = false; return d }())},
		{Name: "methods", Page: methodsPage(m.Shell, full)},
	}
	for _, one := range topics {
		if one.method != "" && one.method != accounts.MobilePhone {
			continue
		}
		name := strings.ReplaceAll(one.path, "/", " ")
		out = append(out,
			ui.Preview{Name: name, Page: one.page(m.Shell, m.filled(full, one))},
			ui.Preview{Name: name + ", asks", Page: checkPage(m.Shell, checkData{pageData: m.filled(full, one), After: m.view.Policy, weighed: m.weighed(one.part)})},
		)
	}
	return append(out, m.others(full, reader, gone)...)
}

// others are what a page can come to.
func (m made) others(full, reader, gone pageData) []ui.Preview {
	second, reset, words, sessions := topicOf(policies.SecondPart), topicOf(policies.ResetPart), topicOf(policies.PasswordsPart), topicOf(policies.SessionsPart)
	newer := m.filled(full, second)
	newer.Newer = true
	refused := m.filled(full, reset)
	refused.Form.Set("number", "2")
	refused.Form.Values["methods"] = []string{string(accounts.Authenticator)}
	refused.Problems = []ui.FieldError{
		{Field: "methods", Text: m.Shell.T("policies.reset.methods.app", "n", 2)},
		{Field: "register", Text: m.Shell.T("policies.number", "min", policies.MinQuestions, "max", policies.MaxQuestions)},
		{Field: "helpdesk", Text: m.Shell.T("policies.reset.helpdesk.invalid")},
	}
	refused.Form.Set("register", "7")
	refused.Form.Set("helpdesk", "call Bob")
	weak := policies.Score("C0ntoso-Blank1", m.view.Passwords.Banned)
	good := policies.Score("a harbour full of quiet rain", m.view.Passwords.Banned)
	tried, passed := m.filled(full, words), m.filled(reader, words)
	tried.Tried, passed.Tried = &weak, &good
	locked := m.filled(full, second)
	locked.Problems = []ui.FieldError{{Field: "who", Text: m.Shell.T("policies.refused.lockedOut", "n", 12)}}
	return []ui.Preview{
		{Name: "second, somebody was quicker", Page: second.page(m.Shell, newer)},
		{Name: "second, refused", Page: second.page(m.Shell, locked)},
		{Name: "second, a group is gone", Page: second.page(m.Shell, m.filled(gone, second))},
		{Name: "second, to read", Page: second.page(m.Shell, m.filled(reader, second))},
		{Name: "reset, refused", Page: reset.page(m.Shell, refused)},
		{Name: "reset, to read", Page: reset.page(m.Shell, m.filled(reader, reset))},
		{Name: "passwords, one that is refused", Page: words.page(m.Shell, tried)},
		{Name: "passwords, one that is taken", Page: words.page(m.Shell, passed)},
		{Name: "sessions, to read", Page: sessions.page(m.Shell, m.filled(reader, sessions))},
	}
}

func (m made) filled(d pageData, one topic) pageData {
	d.topic, d.Form = one, form{url.Values{}}
	one.write(d.Policy, d.Form)
	return d
}

func (m made) weighed(part policies.Part) weighed {
	codes := map[policies.Part][]string{
		policies.SecondPart: {"asked", "unready", "freed"}, policies.MethodsPart: {"lost", "unready", "gained"}, policies.CampaignPart: {"meant", "bare", "freed"},
		policies.ResetPart: {"lost", "gained", "few", "fewer"}, policies.PasswordsPart: {"everybody"}, policies.LockOutPart: {"everybody"}, policies.SessionsPart: {"longer"},
	}
	var out []policies.Effect
	for i, code := range codes[part] {
		e := policies.Effect{Code: code, N: []int{1204, 31, 1, 0}[i], Of: policies.People}
		if part == policies.SessionsPart {
			e.Of = policies.Open
		}
		out = append(out, e)
	}
	if part == policies.SecondPart {
		out = append(out, policies.Effect{Code: "guestsAsked", N: 2, Of: policies.Guests})
	}
	w := weighed{Effects: out}
	w.Stopped = part == policies.SecondPart
	if part == policies.CampaignPart {
		w.Unpeopled = []string{"g2"}
	}
	return w
}

func madeUp(s *ui.Shell) made {
	m := made{Made: desk.MadeUp(s)}
	p := policies.Default()
	p.SecondStep = policies.SecondStep{Members: policies.Scope{Who: policies.OneGroup, Group: "g1", Except: "g2"}, Administrators: true, Guests: true, TrustHome: true}
	p.Methods = policies.Methods{
		accounts.MobilePhone: {Who: policies.OneGroup, Group: "g3", Except: "g1"}, accounts.Questions: {Who: policies.Nobody}, accounts.HardwareToken: {Who: policies.OneGroup, Group: "g2"},
	}
	p.Campaign = policies.Campaign{For: policies.Scope{Who: policies.Everybody, Except: "g2"}, Snooze: 3, Times: 3}
	p.Reset.Register, p.Reset.Number, p.Reset.Helpdesk = true, 2, "https://helpdesk.contoso.example"
	p.Passwords.Banned = []string{"blank", "contoso", "harbour", "rotterdam"}
	p.LockOut = policies.LockOut{Free: 3, Most: 20}
	p.Sessions = policies.Sessions{Idle: 90 * time.Minute, Lasts: 10 * time.Hour, Stay: 7}
	set := map[policies.Part]directory.Setting{}
	for i, part := range policies.Parts {
		set[part] = directory.Setting{SetAt: m.Day(-7 * i), SetBy: "Sam Rivera", ByOperator: false}
	}
	groups := []directory.Group{{ID: "g1", Name: "All staff"}, {ID: "g2", Name: "Design review"}, {ID: "g3", Name: desk.LongGroup}}
	names := map[string]string{}
	for _, g := range groups {
		names[g.ID] = g.Name
	}
	m.view = view{View: policies.MadeUp(p, names, set), Choices: slices.Clone(groups)}
	return m
}
