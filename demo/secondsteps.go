package demo

import "sojourn/internal/actor"

// secondStep is an authenticator app of somebody, whose seed everybody may know.
type secondStep struct {
	who, name string
	seed      string // twenty octets
	since     int    // days ago
}

var secondSteps = []secondStep{
	{who: "iris.koning@relecloud.example", name: "Iris’ phone", seed: "the demo's own seed!", since: 90},
}

// secure gives people their second steps.
func (s *seeder) secure() error {
	for _, step := range secondSteps {
		s.at(step.since)
		if err := s.app.SecurityInfo.Issue(s.ctx, actor.OperatorActor(), s.accounts[step.who], step.name, []byte(step.seed)); err != nil {
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
