package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"sojourn/accounts"
	"sojourn/app"
	"sojourn/directory"
	"sojourn/guests"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/outbox"
	"sojourn/migrations"
)

const password = "harbour lantern tuesday"

// Sizes of the world.
const (
	annPlaces  = 25  // organizations of the person whose page is measured, her home among them
	maxPlaces  = 500 // of the person who is in very many
	stayPlaces = 100 // of each of those who leave and are restored
)

// world is who lives in the database.
type world struct {
	home    directory.Tenant
	others  []directory.Tenant
	admin   directory.User // at home, an administrator everywhere
	ann     directory.User // in a few organizations
	max     directory.User // in very many
	leavers []leaver       // one a connection
}

// leaver is somebody who leaves organizations and is brought back.
type leaver struct {
	user  directory.User
	stays []directory.User
}

// seeder fills an empty portal through the verbs of its rooms.
type seeder struct {
	ctx  context.Context
	app  *app.App
	dir  *directory.Feature
	gst  *guests.Feature
	many bool
	world
}

// nobody takes the letters of the past.
type nobody struct{}

func (nobody) Put(context.Context, *db.Tx, outbox.Mail) error { return nil }

func (nobody) Recall(context.Context, *db.Tx, string) (bool, error) { return false, nil }

func (nobody) PasswordLink(context.Context, *db.Tx, string, string, string, string) (string, error) {
	return "", nil
}

func (nobody) KillPasswordLinks(context.Context, *db.Tx, string) error { return nil }

func (nobody) InvitationLink(context.Context, *db.Tx, string, string, string, string) (string, error) {
	return "", nil
}

// populate makes the world in an empty database; many adds the person who is in
// very many organizations.
func populate(ctx context.Context, source, key string, many bool) (world, error) {
	d, err := db.Open(ctx, source, db.Options{Relaxed: true})
	if err != nil {
		return world{}, err
	}
	defer d.Close()
	if _, err := d.Migrate(ctx, migrations.Files); err != nil {
		return world{}, err
	}
	a, err := portal(d, key, &url.URL{Scheme: "http", Host: "localhost"}, hashing)
	if err != nil {
		return world{}, err
	}
	dir, gst := *a.Directory, *a.Guests
	dir.Outbox, dir.Links, gst.Outbox, gst.Links, gst.Directory = nobody{}, nobody{}, nobody{}, nobody{}, &dir
	gst.Log = slog.New(slog.DiscardHandler) // it tells that one address gets very many invitations
	s := &seeder{ctx: ctx, app: a, dir: &dir, gst: &gst, many: many}
	defer d.SetShift(0)
	for _, step := range []func() error{s.organizations, s.people, s.stays, s.passwords} {
		if err := step(); err != nil {
			return world{}, fmt.Errorf("seed: %w", err)
		}
	}
	return s.world, nil
}

const day = 24 * time.Hour

// ago moves the clock back.
func (s *seeder) ago(days int) { s.app.DB.SetShift(-time.Duration(days) * day) }

func (s *seeder) organizations() error {
	s.ago(900)
	number := stayPlaces + 1
	if s.many {
		number = maxPlaces
	}
	for i := range number {
		name := organization(i)
		t, err := s.dir.CreateTenant(s.ctx, actor.OperatorActor(), directory.NewTenant{
			Name: name, Domain: strings.ToLower(strings.ReplaceAll(name, " ", "-")) + ".example", Language: "en",
		})
		if err != nil {
			return err
		}
		s.others = append(s.others, t)
	}
	s.home, s.others = s.others[0], s.others[1:]
	return s.dir.SetProperties(s.ctx, actor.OperatorActor(), s.home.ID, directory.Properties{Name: s.home.Name, PrivacyContact: "privacy@" + s.home.Domain})
}

func (s *seeder) people() (err error) {
	s.ago(800)
	if s.admin, err = s.member("Grace Administrator", "grace", directory.GlobalAdministrator); err != nil {
		return err
	}
	if s.ann, err = s.member("Ann Example", "ann"); err != nil {
		return err
	}
	if s.many {
		if s.max, err = s.member("Max Manifold", "max"); err != nil {
			return err
		}
	}
	for i := range conns {
		u, err := s.member(fmt.Sprintf("Robin Guest %d", i+1), fmt.Sprintf("robin%d", i+1))
		if err != nil {
			return err
		}
		s.leavers = append(s.leavers, leaver{user: u})
	}
	return nil
}

func (s *seeder) member(name, signIn string, roles ...directory.Role) (directory.User, error) {
	u, _, err := s.dir.CreateMember(s.ctx, actor.OperatorActor(), s.home.ID, directory.NewMember{
		Name: name, SignInName: signIn, Mail: signIn + "@mail.example", Language: "en", Roles: roles,
	})
	return u, err
}

func (s *seeder) stays() error {
	for i, t := range s.others {
		s.ago(700 - i)
		var inviter actor.Actor // of Ann: her rows name who invited her
		if i < stayPlaces {
			u, err := s.stay(actor.OperatorActor(), s.admin, t)
			if err == nil {
				err = s.dir.Grant(s.ctx, actor.OperatorActor(), t.ID, u.ID, directory.GlobalAdministrator)
			}
			if err != nil {
				return err
			}
			inviter = actor.Actor{Kind: actor.Administrator, AccountID: u.AccountID, Name: u.DisplayName, TenantID: t.ID, UserID: u.ID}
			for j := range s.leavers {
				u, err := s.stay(actor.OperatorActor(), s.leavers[j].user, t)
				if err != nil {
					return err
				}
				s.leavers[j].stays = append(s.leavers[j].stays, u)
			}
		}
		if i < annPlaces-1 {
			u, err := s.stay(inviter, s.ann, t)
			if err == nil {
				s.ago(i * i)
				err = s.dir.Used(s.ctx, s.app.DB, t.ID, u.ID)
			}
			if err != nil {
				return err
			}
		}
		if s.many {
			if _, err := s.stay(actor.OperatorActor(), s.max, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// stay makes somebody a guest who has accepted.
func (s *seeder) stay(by actor.Actor, who directory.User, t directory.Tenant) (directory.User, error) {
	u, err := s.gst.Add(s.ctx, by, t.ID, guests.NewGuest{Address: who.PrincipalName, Name: who.DisplayName, Language: "en"})
	if err != nil {
		return u, err
	}
	_, err = s.gst.Accept(s.ctx, actor.Actor{Kind: actor.Person, AccountID: who.AccountID, Name: who.DisplayName}, u.ID)
	u.AccountID = who.AccountID
	return u, err
}

func (s *seeder) passwords() error {
	s.ago(0)
	hashed, err := s.app.SecurityInfo.Hasher.Hash(s.ctx, password)
	if err != nil {
		return err
	}
	people := []directory.User{s.admin, s.ann}
	if s.many {
		people = append(people, s.max)
	}
	for _, l := range s.leavers {
		people = append(people, l.user)
	}
	return s.app.DB.Tx(s.ctx, func(tx *db.Tx) error {
		var errs []error
		for _, p := range people {
			_, err := accounts.SetPassword(s.ctx, tx, s.dir.IDs, p.AccountID, 0, hashed)
			errs = append(errs, err)
		}
		return errors.Join(errs...)
	})
}

var (
	firstWords = []string{"Adatum", "Blue Yonder", "Contoso", "Fabrikam", "Fourth Coffee", "Graphic", "Humongous", "Litware", "Lucerne", "Margie",
		"Northwind", "Proseware", "Relecloud", "Southridge", "Tailspin", "Trey", "Wingtip", "Woodgrove", "Alpine", "Coho"}
	secondWords = []string{"Research", "Airlines", "Consulting", "Traders", "Publishing", "Design", "Insurance", "Energy", "Foods", "Travel", "Bank",
		"Legal", "Press", "Toys", "Clinic", "Academy", "Museum", "Logistics", "Robotics", "Housing", "Theatre", "Gardens", "Studios", "Works", "Trust"}
)

// organization is the name of the i-th: neighbours differ in both words, as on a
// real page, so that it compresses like one.
func organization(i int) string {
	return firstWords[i%len(firstWords)] + " " + secondWords[(i+i/len(firstWords))%len(secondWords)]
}
