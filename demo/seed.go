package demo

import (
	"context"
	"fmt"
	"time"

	"sojourn/accounts"
	"sojourn/app"
	"sojourn/directory"
	"sojourn/guests"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/outbox"
	"sojourn/organizations"
	"sojourn/requests"
)

// seeder makes the world. Letters of the past are not sent: it holds copies of
// the rooms that write theirs to nobody.
type seeder struct {
	ctx           context.Context
	d             *db.DB
	app           *app.App
	directory     *directory.Feature
	guests        *guests.Feature
	organizations *organizations.Feature
	requests      *requests.Feature
	tenants       map[string]directory.Tenant // by domain
	accounts      map[string]string           // by sign-in address
	users         map[string]string           // by "address in domain"
	groups        map[string]string           // by "name in domain"
	now           time.Time                   // when the seeding began
	moments       int                         // given out by at
}

type nobody struct{}

func (nobody) Put(context.Context, *db.Tx, outbox.Mail) error { return nil }

func (nobody) Recall(context.Context, *db.Tx, string) (bool, error) { return false, nil }

// silent makes no links: everybody in the demo has the same password already.
type silent struct{}

func (silent) PasswordLink(context.Context, *db.Tx, string, string, string, string) (string, error) {
	return "", nil
}

func (silent) KillPasswordLinks(context.Context, *db.Tx, string) error { return nil }

func (silent) InvitationLink(context.Context, *db.Tx, string, string, string, string) (string, error) {
	return "", nil
}

// Seed fills an empty portal with the world. Everybody signs in with password,
// which is hashed once.
func Seed(ctx context.Context, a *app.App, password string) error {
	dir, gue, org := *a.Directory, *a.Guests, *a.Organizations
	dir.Outbox, gue.Outbox, org.Outbox = nobody{}, nobody{}, nobody{}
	dir.Links, gue.Links = silent{}, silent{}
	gue.Directory, org.Directory = &dir, &dir
	req := *a.Requests
	req.Outbox, req.Directory, req.Departures, req.Connections = nobody{}, &dir, &org, &dir
	s := &seeder{
		ctx: ctx, d: a.DB, app: a, directory: &dir, guests: &gue, organizations: &org, requests: &req,
		tenants: map[string]directory.Tenant{}, accounts: map[string]string{}, users: map[string]string{}, groups: map[string]string{},
		now: a.DB.Now(),
	}
	hashed, err := a.SecurityInfo.Hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	shift := a.DB.Shift()
	defer a.DB.SetShift(shift)
	for _, step := range []func() error{
		s.found, s.populate, func() error { return s.passwords(hashed) }, s.secure, s.invite, s.forget, s.depart, s.comeBack, s.vanish, s.connect, s.close, s.ask, s.rule,
	} {
		if err := step(); err != nil {
			return fmt.Errorf("seed: %w", err)
		}
	}
	return nil
}

func (s *seeder) found() error {
	for _, o := range places {
		s.at(o.founded)
		t, err := s.directory.CreateTenant(s.ctx, actor.OperatorActor(), directory.NewTenant{Name: o.name, Domain: o.domain, Language: "en"})
		if err != nil {
			return err
		}
		s.tenants[o.domain] = t
		if err := s.directory.SetProperties(s.ctx, actor.OperatorActor(), t.ID, directory.Properties{
			Name: o.name, PrivacyContact: o.privacy, TechnicalContact: o.technical, PrivacyStatement: o.statement,
		}); err != nil {
			return err
		}
		for _, name := range o.groups {
			g, err := s.directory.CreateGroup(s.ctx, actor.OperatorActor(), t.ID, name, "")
			if err != nil {
				return err
			}
			s.groups[name+" in "+o.domain] = g.ID
		}
	}
	return nil
}

func (s *seeder) populate() error {
	for _, p := range people {
		s.at(p.since)
		if p.domain == "" {
			err := s.d.Tx(s.ctx, func(tx *db.Tx) error {
				account, err := accounts.Create(s.ctx, tx, s.directory.IDs, accounts.New{
					Name: p.name, Address: p.address, Type: accounts.Mailbox, Issuer: accounts.MailIssuer, Language: p.language,
				})
				s.accounts[p.address] = account.ID
				return err
			})
			if err != nil {
				return err
			}
			continue
		}
		t := s.tenants[p.domain]
		n := directory.NewMember{Name: p.name, SignInName: p.signIn, Language: p.language, Roles: p.roles}
		if g, ok := s.groups["All staff in "+p.domain]; ok {
			n.Groups = []string{g}
		}
		for _, name := range p.groups {
			n.Groups = append(n.Groups, s.groups[name+" in "+p.domain])
		}
		u, _, err := s.directory.CreateMember(s.ctx, actor.OperatorActor(), t.ID, n)
		if err != nil {
			return err
		}
		s.accounts[u.PrincipalName] = u.AccountID
		s.users[u.PrincipalName+" in "+p.domain] = u.ID
		s.at(1)
		if err := s.directory.Used(s.ctx, s.d, t.ID, u.ID); err != nil {
			return err
		}
	}
	return nil
}

func (s *seeder) passwords(hashed accounts.Password) error {
	s.at(200)
	return s.d.Tx(s.ctx, func(tx *db.Tx) error {
		for _, id := range s.accounts {
			if _, err := accounts.SetPassword(s.ctx, tx, s.directory.IDs, id, 0, hashed); err != nil {
				return err
			}
		}
		return nil
	})
}

// as is an administrator of a tenant, or the operator.
func (s *seeder) as(signIn, domain string) actor.Actor {
	if signIn == "" {
		return actor.OperatorActor()
	}
	address := signIn + "@" + domain
	return actor.Actor{
		Kind: actor.Administrator, AccountID: s.accounts[address], Name: address,
		TenantID: s.tenants[domain].ID, UserID: s.users[address+" in "+domain], ProvedAt: s.d.Now(),
	}
}

// self is a person on their own account.
func (s *seeder) self(address string) actor.Actor {
	return actor.Actor{Kind: actor.Person, AccountID: s.accounts[address], Name: address, ProvedAt: s.d.Now()}
}

func (s *seeder) invite() error {
	for _, stay := range stays {
		if err := s.stay(stay); err != nil {
			return fmt.Errorf("%s in %s: %w", stay.who, stay.where, err)
		}
	}
	for _, o := range places {
		if o.experience != "" {
			s.at(o.founded - 50)
			chosen := directory.Experience(s.groups[o.experience+" in "+o.domain])
			if err := s.directory.SetExperience(s.ctx, actor.OperatorActor(), s.tenants[o.domain].ID, chosen); err != nil {
				return err
			}
		}
		if !o.leaveNo {
			continue
		}
		s.at(o.founded - 100)
		if err := s.guests.SetLeave(s.ctx, actor.OperatorActor(), s.tenants[o.domain].ID, false); err != nil {
			return err
		}
	}
	return nil
}

func (s *seeder) stay(stay stay) error {
	t := s.tenants[stay.where]
	s.at(stay.invited)
	name := stay.who
	if account, found, err := accounts.Get(s.ctx, s.d, s.accounts[stay.who]); err != nil {
		return err
	} else if found {
		name = account.Name
	}
	u, err := s.guests.Add(s.ctx, s.as(stay.by, stay.where), t.ID, guests.NewGuest{Address: stay.who, Name: name, Language: "en", Anew: stay.again})
	if err != nil {
		return err
	}
	s.users[stay.who+" in "+stay.where] = u.ID
	for _, g := range stay.groups {
		if err := s.directory.AddMember(s.ctx, actor.OperatorActor(), t.ID, s.groups[g+" in "+stay.where], u.ID); err != nil {
			return err
		}
	}
	for _, r := range stay.roles {
		if err := s.directory.Grant(s.ctx, actor.OperatorActor(), t.ID, u.ID, r); err != nil {
			return err
		}
	}
	if !stay.accepted {
		return nil
	}
	s.at(stay.invited - 1)
	if _, err := s.guests.Accept(s.ctx, s.self(stay.who), u.ID); err != nil {
		return err
	}
	if stay.used >= 0 {
		s.at(stay.used)
		if err := s.directory.Used(s.ctx, s.d, t.ID, u.ID); err != nil {
			return err
		}
	}
	if stay.disabled > 0 {
		s.at(stay.disabled)
		return s.directory.Disable(s.ctx, actor.OperatorActor(), t.ID, u.ID)
	}
	return nil
}

// forget erases members who left long ago.
func (s *seeder) forget() error {
	for _, address := range forgotten {
		domain := accounts.Domain(address)
		s.at(250)
		t, id := s.tenants[domain].ID, s.users[address+" in "+domain]
		if err := s.directory.Delete(s.ctx, actor.OperatorActor(), t, id); err != nil {
			return err
		}
		if err := s.directory.Erase(s.ctx, actor.OperatorActor(), t, id); err != nil {
			return err
		}
		delete(s.accounts, address)
	}
	return nil
}

func (s *seeder) depart() error {
	for _, g := range departures {
		t, id := s.tenants[g.where].ID, s.users[g.who+" in "+g.where]
		s.at(30 - g.left)
		var err error
		if g.by == "" {
			_, err = s.organizations.Leave(s.ctx, s.self(g.who), t)
		} else {
			err = s.directory.Delete(s.ctx, s.as(g.by, g.where), t, id)
		}
		if err == nil && g.hold != "" {
			err = s.directory.Hold(s.ctx, actor.OperatorActor(), t, id, g.hold)
		}
		if err != nil {
			return fmt.Errorf("%s from %s: %w", g.who, g.where, err)
		}
	}
	return nil
}

// comeBack invites people who were deleted once more: restoring them is a
// conflict.
func (s *seeder) comeBack() error {
	for _, stay := range returned {
		if err := s.stay(stay); err != nil {
			return fmt.Errorf("%s back in %s: %w", stay.who, stay.where, err)
		}
	}
	return nil
}

func (s *seeder) vanish() error {
	for _, v := range vanished {
		s.at(v.ago)
		if err := s.directory.DeleteGroup(s.ctx, s.as(v.by, v.where), s.tenants[v.where].ID, s.groups[v.group+" in "+v.where]); err != nil {
			return err
		}
	}
	return nil
}

// connect lets people use what others share; doing it again counts as use.
func (s *seeder) connect() error {
	for _, c := range connected {
		for _, ago := range []int{c.since, c.used} {
			s.at(ago)
			if err := s.directory.Connect(s.ctx, actor.OperatorActor(), s.tenants[c.where].ID, s.accounts[c.who]); err != nil {
				return fmt.Errorf("%s with %s: %w", c.who, c.where, err)
			}
		}
	}
	return nil
}

func (s *seeder) close() error {
	for _, c := range closed {
		s.at(c.ago)
		if err := s.directory.CloseTenant(s.ctx, actor.OperatorActor(), s.tenants[c.where].ID); err != nil {
			return err
		}
	}
	return nil
}
