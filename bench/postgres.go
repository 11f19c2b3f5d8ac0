package main

import (
	"context"
	"fmt"
	"net/url"
	"os"

	"sojourn/internal/db"
)

// postgresVariable names a server on which databases may be made.
const postgresVariable = "SOJOURN_TEST_POSTGRES"

// postgres is (d): point read and page on PostgreSQL, leaving and restoring too.
func (b *bench) postgres() error {
	address := os.Getenv(postgresVariable)
	if address == "" {
		b.facts.left = append(b.facts.left, "(d) is left out: there is no PostgreSQL server here ("+postgresVariable+" names one)")
		return nil
	}
	say("seeding PostgreSQL")
	source, err := b.database(address)
	if err != nil {
		return err
	}
	w, err := populate(b.ctx, source, b.key, false)
	if err != nil {
		return err
	}
	if err := analyzed(b.ctx, source); err != nil {
		return err
	}
	server, err := b.serve(spec{Kind: "portal", Database: source})
	if err != nil {
		return err
	}
	ann, err := signIn(server.address, w.ann.PrincipalName)
	if err != nil {
		return err
	}
	read, err := b.fixed("d", "b′", "bare handler after one PostgreSQL point read", spec{Kind: "read", Database: source, Account: w.ann.AccountID}, ann)
	if err != nil {
		return err
	}
	b.rows = append(b.rows, &row{letter: "d", name: "d", text: "Organizations page, PostgreSQL", base: read, measure: b.gets(server, ann)})
	return b.leaving(server, w, "PostgreSQL")
}

// database makes a database that the end of the run drops.
func (b *bench) database(address string) (string, error) {
	admin, err := db.Open(b.ctx, address, db.Options{Conns: 1})
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("sojourn_bench_%d", os.Getpid())
	if _, err := admin.Exec(b.ctx, "CREATE DATABASE "+name); err != nil {
		admin.Close()
		return "", err
	}
	b.ends = append(b.ends, func() {
		admin.Exec(b.ctx, "DROP DATABASE "+name+" WITH (FORCE)")
		admin.Close()
	})
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

// analyzed does what a server does by itself some minutes after so much was
// written: without statistics it reads whole tables, which then conflict.
func analyzed(ctx context.Context, source string) error {
	d, err := db.Open(ctx, source, db.Options{Conns: 1})
	if err != nil {
		return err
	}
	defer d.Close()
	_, err = d.Exec(ctx, "ANALYZE")
	return err
}
