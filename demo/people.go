package demo

import (
	"context"

	"sojourn/accounts"
	"sojourn/app"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/organizations"
)

// Sheet is what the demo prints: where to go and who to sign in as.
type Sheet struct {
	Address  string  `json:"address"`
	Password string  `json:"password"`
	Dev      string  `json:"dev"`   // mails and the clock
	Codes    string  `json:"codes"` // of authenticator apps
	People   []Entry `json:"people"`
}

// Entry is one person of the world.
type Entry struct {
	Name              string  `json:"name"`
	UserPrincipalName string  `json:"userPrincipalName"`    // what they sign in with
	SecondStep        bool    `json:"secondStep,omitempty"` // also asked for a code
	Registers         bool    `json:"registers,omitempty"`  // asked to set one up first
	Organizations     []Shown `json:"organizations"`
}

// Shown is one organization of theirs and what it shows.
type Shown struct {
	Name   string `json:"name"`
	Domain string `json:"domain"`
	ID     string `json:"id"`
	Shows  string `json:"shows"` // home, active, invitation, or the reason code that refuses leaving
	Role   string `json:"role,omitempty"`
}

// Cast reads the people and what they see out of the running portal.
func Cast(ctx context.Context, a *app.App) ([]Entry, error) {
	var out []Entry
	for _, p := range people {
		address := p.address
		if p.domain != "" {
			address = p.signIn + "@" + p.domain
		}
		account, found, err := accounts.ByName(ctx, a.DB, address)
		if err != nil {
			return nil, err
		}
		if !found {
			continue // forgotten
		}
		if lockedOut, err := lockedOut(ctx, a, account); err != nil {
			return nil, err
		} else if lockedOut {
			continue
		}
		e := Entry{Name: account.Name, UserPrincipalName: address, SecondStep: asksForCode(address)}
		if e.Registers, _, err = a.SecurityInfo.Due(ctx, a.DB, account.ID); err != nil {
			return nil, err
		}
		if e.Organizations, err = shown(ctx, a, account.ID); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// lockedOut says whether a person is deleted or disabled at home, or their home
// organization is closed: they cannot sign in.
func lockedOut(ctx context.Context, a *app.App, account accounts.Account) (bool, error) {
	if account.HomeUserID == "" {
		return false, nil
	}
	home, found, err := directory.HomeOf(ctx, a.DB, account.ID)
	if err != nil || !found {
		return true, err
	}
	t, _, err := directory.TenantBy(ctx, a.DB, home.TenantID)
	return !home.Enabled || t.State == directory.TenantClosed, err
}

func shown(ctx context.Context, a *app.App, accountID string) ([]Shown, error) {
	who := actor.Actor{Kind: actor.Person, AccountID: accountID}
	list, err := a.Organizations.List(ctx, who, "", directory.Cursor{})
	if err != nil {
		return nil, err
	}
	var out []Shown
	rows := list.Others
	if list.Home != nil {
		rows = append([]*organizations.Membership{list.Home}, rows...)
	}
	for _, m := range rows {
		s := Shown{Name: m.Name, Domain: m.Domain, ID: m.TenantID, Shows: "active"}
		farewell, err := a.Organizations.Farewell(ctx, who, m.TenantID)
		if err != nil {
			return nil, err
		}
		switch {
		case m.Home:
			s.Shows = "home"
		case farewell.Refused != "":
			s.Shows = farewell.Refused
		case m.State != directory.TenantActive:
			s.Shows = string(m.State)
		}
		if len(farewell.Had.Roles) > 0 {
			s.Role = string(farewell.Had.Roles[0])
		}
		out = append(out, s)
	}
	for _, i := range list.Invitations {
		out = append(out, Shown{Name: i.Name, Domain: i.Domain, ID: i.TenantID, Shows: "invitation"})
	}
	return out, nil
}
