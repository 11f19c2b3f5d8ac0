package demo

import (
	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/outbox"
	"sojourn/securityinfo"
)

// secondStep is an authenticator app of somebody, whose seed everybody may know.
type secondStep struct {
	who, name string
	seed      string // twenty octets
	since     int    // days ago
}

var secondSteps = []secondStep{
	{who: "iris.koning@relecloud.example", name: "Iris’ phone", seed: "the demo's own seed!", since: 90},
	{who: "odile.marchand@sainte-genevieve.example", name: "Odile’s phone", seed: "a doctor's own seed!", since: 80}, // an administrator, who needs two methods to get back in
}

// secondPhones are telephones of people, by who they belong to.
var secondPhones = []struct {
	who, number string
	since       int // days ago
}{
	{who: "iris.koning@relecloud.example", number: "+31612345642", since: 60},
}

// waysBack are what people can get back in by who forgot their password.
var waysBack = []struct {
	who, email string
	answers    []securityinfo.Pick
	since      int // days ago
}{
	{who: "sato@litware.example", email: "ken.sato@post.example", since: 70, answers: []securityinfo.Pick{
		{Question: "toy", Answer: "赤い凧"}, {Question: "street", Answer: "Sakura Lane"}, {Question: "job", Answer: "the bakery"},
		{Question: "dish", Answer: "Natto"}, {Question: "nickname", Answer: "Ken-chan"},
	}},
	{who: "aiko@proseware.example", email: "aiko.tanaka@post.example", since: 69}, // whose organization has closed
	{who: "odile.marchand@sainte-genevieve.example", email: "odile@courrier.example", since: 79},
}

// secure gives people their second steps.
func (s *seeder) secure() error {
	for _, step := range secondSteps {
		s.at(step.since)
		if err := s.app.SecurityInfo.Issue(s.ctx, actor.OperatorActor(), s.accounts[step.who], step.name, []byte(step.seed)); err != nil {
			return err
		}
	}
	for _, p := range secondPhones {
		if !s.app.Delivers(outbox.ByText) {
			continue
		}
		s.at(p.since)
		in := securityinfo.PhoneForm{Type: accounts.MobilePhone, Number: p.number, Way: accounts.ByText}
		if err := s.app.SecurityInfo.IssuePhone(s.ctx, actor.OperatorActor(), s.accounts[p.who], in); err != nil {
			return err
		}
	}
	for _, way := range waysBack {
		s.at(way.since)
		if err := s.app.SecurityInfo.IssueEmail(s.ctx, actor.OperatorActor(), s.accounts[way.who], way.email); err != nil {
			return err
		}
		if len(way.answers) == 0 {
			continue
		}
		if err := s.app.SecurityInfo.IssueAnswers(s.ctx, actor.OperatorActor(), s.accounts[way.who], way.answers); err != nil {
			return err
		}
	}
	return s.stock()
}

// asksForCode says whether somebody cannot sign in with the password alone.
func asksForCode(address string) bool {
	for _, step := range secondSteps {
		if step.who == address {
			return true
		}
	}
	return false
}
