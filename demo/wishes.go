package demo

import (
	"fmt"

	"sojourn/requests"
)

// wish is what somebody asked an organization for.
type wish struct {
	who, where string
	kind       requests.Kind
	text       string
	asked      int    // days ago
	by         string // sign-in name of the administrator who answers
	answered   int    // days ago; 0 not yet
	answer     string // reports are answered, everything else is declined with it
	longer     string // why more time was taken the day after
}

var wishes = []wish{
	{who: "noor.haddad@contoso.example", where: "tailspin-toys-international-holding.example", kind: requests.Report, text: "I have never been there. Who added me?", asked: 300,
		by: "maximiliane.von.hohenstein-wittelsbach", answered: 291, answer: "You were invited for the toy fair, with the other exhibitors.\nYou can leave whenever you like."},
	{who: "ed.byrne@post.example", where: "northwind.example", kind: requests.Removal, text: "I no longer deliver to you.", asked: 100, by: "juergen.weiss", answered: 95, answer: "Your last invoice is still open."},
	{who: "ed.byrne@post.example", where: "woodgrove.example", kind: requests.Report, text: "I do not know why I am here.", asked: 38},
	{who: "mirjam@postbus.example", where: "sainte-genevieve.example", kind: requests.Report, text: "Waarom sta ik in deze lijst?", asked: 20, by: "odile.marchand", longer: "The department that invited you has closed. We are asking the archive."},
	{who: "ed.byrne@post.example", where: "northwind.example", kind: requests.Removal, text: "The invoice is paid.\nPlease remove me now.", asked: 12},
	{who: "juergen.weiss@northwind.example", where: "contoso.example", kind: requests.Removal, asked: 5},
	{who: "sato@litware.example", where: "contoso.example", kind: requests.Restore, text: "I left by mistake.", asked: 3},
}

// ask sends what people ask for, and answers some of it.
func (s *seeder) ask() error {
	for _, w := range wishes {
		if err := s.wish(w); err != nil {
			return fmt.Errorf("%s asks %s: %w", w.who, w.where, err)
		}
	}
	return nil
}

func (s *seeder) wish(w wish) error {
	t := s.tenants[w.where].ID
	s.at(w.asked)
	requestID, err := s.requests.Open(s.ctx, s.self(w.who), requests.Ask{Kind: w.kind, TenantID: t, Text: w.text})
	if err != nil {
		return err
	}
	if w.longer != "" {
		s.at(w.asked - 1)
		if err := s.requests.Extend(s.ctx, s.as(w.by, w.where), t, requestID, s.d.Now().AddDate(0, 2, 0), w.longer); err != nil {
			return err
		}
	}
	if w.answered == 0 {
		return nil
	}
	s.at(w.answered)
	if w.kind == requests.Report {
		return s.requests.Approve(s.ctx, s.as(w.by, w.where), t, requestID, w.answer)
	}
	return s.requests.Decline(s.ctx, s.as(w.by, w.where), t, requestID, w.answer)
}
