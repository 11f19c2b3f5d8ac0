package demo

import (
	"sojourn/accounts"
	"sojourn/policies"
)

// rule sets sign-in policies where they get in nobody's way: the bank's banned words,
// its helpdesk, and no security questions; and a second step for who is new at Relecloud,
// so that one of them can be seen setting it up.
func (s *seeder) rule() error {
	const where = "woodgrove.example"
	tenant, f := s.tenants[where].ID, s.app.Policies
	stands := policies.Default()
	words := policies.Passwords{Banned: []string{"woodgrove", "ledger", "strongroom", "dividend"}}
	s.at(90)
	if err := f.SetPasswords(s.ctx, s.as("rik.achterberg", where), tenant, stands.Mark(policies.PasswordsPart), words); err != nil {
		return err
	}
	s.at(60)
	if err := f.SetMethods(s.ctx, s.as("rik.achterberg", where), tenant, stands.Mark(policies.MethodsPart), policies.Methods{accounts.Questions: {Who: policies.Nobody}}); err != nil {
		return err
	}
	reset := stands.Reset
	reset.Helpdesk = "helpdesk@woodgrove.example"
	s.at(45)
	if err := f.SetReset(s.ctx, s.as("rik.achterberg", where), tenant, stands.Mark(policies.ResetPart), reset); err != nil {
		return err
	}
	if err := s.askGuests(); err != nil {
		return err
	}
	s.at(30)
	starters := policies.SecondStep{TrustHome: true, Members: policies.Scope{Who: policies.OneGroup, Group: s.groups["Starters in relecloud.example"]}}
	return f.SetSecondStep(s.ctx, s.as("chidi", "relecloud.example"), s.tenants["relecloud.example"].ID, stands.Mark(policies.SecondPart), starters)
}

// askGuests has two organizations require a second step of their guests: one trusts
// what they have at home, the other wants a method of its own.
func (s *seeder) askGuests() error {
	for _, one := range []struct {
		who, where string
		trusts     bool
	}{
		{"juergen.weiss", "northwind.example", true},
		{"maximiliane.von.hohenstein-wittelsbach", "tailspin-toys-international-holding.example", false},
	} {
		s.at(40)
		asked := policies.SecondStep{Members: policies.Scope{Who: policies.Nobody}, Guests: true, TrustHome: one.trusts}
		stands := policies.Default()
		if err := s.app.Policies.SetSecondStep(s.ctx, s.as(one.who, one.where), s.tenants[one.where].ID, stands.Mark(policies.SecondPart), asked); err != nil {
			return err
		}
	}
	return nil
}
