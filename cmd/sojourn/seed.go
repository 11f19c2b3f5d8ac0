package main

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/migrations"
	"sojourn/securityinfo"
	"sojourn/seed"
)

type seedCommand struct {
	Tenants        int    `default:"100" placeholder:"N" help:"Organizations to make."`
	Users          int    `default:"10000" placeholder:"N" help:"Members to make, all organizations together."`
	GuestsPerUser  int    `name:"guests-per-user" default:"2" placeholder:"N" help:"Organizations in which each member is a guest."`
	Groups         int    `name:"groups-per-tenant" default:"5" placeholder:"N" help:"Groups of each organization."`
	DeletedPercent int    `name:"deleted-percent" default:"2" placeholder:"N" help:"Members that are deleted, spread over the next 30 days."`
	Due            int    `default:"0" placeholder:"N" help:"Further users whose purge is due."`
	Password       string `placeholder:"P" help:"Everybody's password; random without."`
}

func (seedCommand) Help() string {
	return `For measuring and trying out. The database must be new or empty. An SQLite file appears
under its name only when it is whole. Members are called user1@org1.example and so on; the
first of each organization is its Global Administrator.

Examples:
  sojourn seed --database sqlite:./big.db --tenants 1000 --users 100000 --guests-per-user 3
  sojourn seed --database sqlite:./small.db`
}

func (c seedCommand) Run(e *env) error {
	size := seed.Size{Tenants: c.Tenants, Users: c.Users, GuestsPerUser: c.GuestsPerUser, Groups: c.Groups, DeletedPercent: c.DeletedPercent, Due: c.Due}
	if err := size.Check(); err != nil {
		return wrong("%v", err)
	}
	path, err := e.config.DatabasePath()
	if err != nil {
		return err
	}
	if path == "" {
		return c.fill(e, size, "", db.Options{})
	}
	if _, err := os.Stat(path); err == nil {
		return wrong("%s is there already; name a new file with --database", path)
	}
	part := path + ".part"
	if err := errors.Join(removeAll(part)); err != nil {
		return err
	}
	if err := c.fill(e, size, part, db.Options{Bulk: true}); err != nil {
		return errors.Join(err, removeAll(part))
	}
	return os.Rename(part, path)
}

func removeAll(path string) error {
	var errs []error
	for _, suffix := range []string{"", "-wal", "-shm", "-journal", ".migrating"} {
		if err := os.Remove(path + suffix); err != nil && !os.IsNotExist(err) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// fill makes the directory in a database, or in a part of one.
func (c seedCommand) fill(e *env, size seed.Size, part string, o db.Options) error {
	box, err := e.config.Box()
	if err != nil {
		return err
	}
	source := "sqlite:" + part
	if part == "" {
		if source, err = e.config.DatabaseSource(); err != nil {
			return err
		}
	}
	d, err := db.Open(e.ctx, source, o)
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := d.Migrate(e.ctx, migrations.Files); err != nil {
		return err
	}
	if there, err := directory.AnyTenant(e.ctx, d); err != nil || there {
		return errors.Join(err, ifThere(there))
	}
	if err := checkKey(e.ctx, d, box); err != nil {
		return err
	}
	password := c.Password
	if password == "" {
		password = randomPassword()
	}
	hashed, err := securityinfo.NewHasher(box, securityinfo.DefaultParams).Hash(e.ctx, password)
	if err != nil {
		return err
	}
	var done atomic.Int64
	end := progress(e.err, "Seeding", func() (int64, int64) { return done.Load(), int64(size.Rows()) })
	begun := time.Now()
	err = seed.Fill(e.ctx, d, size, hashed, func(n int) { done.Store(int64(n)) })
	end()
	if err != nil {
		return err
	}
	took := time.Since(begun)
	_, err = fmt.Fprintf(e.out, "%d users in %d organizations, %.1f s, %.0f users a second.\nSign in as user1@org1.example with the password %s\n",
		size.Rows(), size.Tenants, took.Seconds(), float64(size.Rows())/took.Seconds(), password)
	return err
}

func ifThere(there bool) error {
	if there {
		return wrong("there are organizations in this database already; seed fills an empty one")
	}
	return nil
}

func randomPassword() string {
	b := make([]byte, 15)
	rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}
