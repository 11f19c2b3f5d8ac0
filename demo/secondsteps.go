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
}

// secondPhones are telephones of people, by who they belong to.
var secondPhones = []struct {
	who, number string
	since       int // days ago
}{
	{who: "iris.koning@relecloud.example", number: "+31612345642", since: 60},
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
	return nil
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
