package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"sojourn/app"
	"sojourn/internal/actor"
	"sojourn/internal/config"
	"sojourn/internal/db"
	"sojourn/internal/mail"
	"sojourn/internal/secret"
	"sojourn/migrations"
	"sojourn/securityinfo"
)

var operator = actor.OperatorActor()

// app builds the portal on the configured database; the operator's commands use
// its rooms without serving.
func (e *env) app() (*app.App, error) {
	if err := e.exists(); err != nil {
		return nil, err
	}
	return e.newApp()
}

// exists says whether there is a database. A command that looks something up in
// a file it has just made would only hide that the name of the file is wrong.
func (e *env) exists() error {
	path, err := e.config.DatabasePath()
	if err != nil || path == "" {
		return err
	}
	if _, err := os.Stat(path); os.IsNotExist(err) {
		return wrong("there is no database %s; name it with --database or SOJOURN_DATABASE, or make it with sojourn migrate", path)
	}
	return nil
}

// newApp is app for a database that may be new.
func (e *env) newApp() (*app.App, error) {
	parts, err := e.parts()
	if err != nil {
		return nil, err
	}
	return e.build(parts)
}

func (e *env) build(parts app.Parts) (*app.App, error) {
	var err error
	if parts.DB, err = e.open(); err != nil {
		return nil, err
	}
	if err := checkKey(e.ctx, parts.DB, parts.Box); err != nil {
		return nil, errors.Join(err, parts.DB.Close())
	}
	a, err := app.New(parts)
	if err != nil {
		return nil, errors.Join(err, parts.DB.Close())
	}
	return a, nil
}

// checkKey refuses a database that was made with another master key, and says
// what to do.
func checkKey(ctx context.Context, d *db.DB, box *secret.Box) error {
	err := securityinfo.CheckKey(ctx, d, box)
	var other *securityinfo.OtherKey
	if errors.As(err, &other) {
		return wrong("secret key: %v. Give it the key it was made with, by SOJOURN_SECRET_KEY_FILE, SOJOURN_SECRET_KEY or the file beside the "+
			"database. If that key is lost, sojourn migrate --key-is-lost goes on with the one given: every password must then be set anew", other)
	}
	return err
}

// open opens the database and brings it up to date.
func (e *env) open() (*db.DB, error) {
	source, err := e.config.DatabaseSource()
	if err != nil {
		return nil, err
	}
	conns, err := e.config.Conns()
	if err != nil {
		return nil, err
	}
	end := progress(e.err, "Bringing the database up to date", nil)
	defer end()
	d, err := db.Open(e.ctx, source, db.Options{Conns: conns})
	if err != nil {
		return nil, err
	}
	if _, err := d.Migrate(e.ctx, migrations.Files); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// parts are what the configuration says, but for the database.
func (e *env) parts() (p app.Parts, err error) {
	c := e.config
	if p.Base, err = c.Base(); err != nil {
		return p, err
	}
	if p.Zone, err = c.Zone(); err != nil {
		return p, err
	}
	if p.Proxies, err = c.Proxies(); err != nil {
		return p, err
	}
	if p.Mail, err = sender(c); err != nil {
		return p, err
	}
	if err = phones(c, &p); err != nil {
		return p, err
	}
	if p.Box, err = c.Box(); err != nil { // last: it may make a file
		return p, err
	}
	p.Hashing, p.Dev, p.LogRequests = securityinfo.DefaultParams, c.Dev, c.LogRequests
	p.Log = logger(e.err, c.LogLevel)
	slog.SetDefault(p.Log)
	return p, nil
}

// sender is the way mails go out, nil where no mail server is set.
func sender(c config.Config) (mail.Sender, error) {
	host, port, err := c.MailServer()
	if err != nil || host == "" {
		return nil, err
	}
	password, err := c.SMTPSecret()
	if err != nil {
		return nil, err
	}
	from, err := c.From()
	if err != nil {
		return nil, err
	}
	s := mail.SMTP{Host: host, Port: port, Username: c.SMTPUser, Password: password, TLS: c.SMTPTLS, From: from.Address, FromName: from.Name}
	return s, s.Check()
}

// mailsWait says that something that goes by mail has not gone yet, where no mail
// server is set.
func (e *env) mailsWait(a *app.App, what string) error {
	if a.Mail != nil {
		return nil
	}
	_, err := fmt.Fprintf(e.out, "No mail server is set (SOJOURN_SMTP): %s waits in the outbox.\n", what)
	return err
}

func logger(w io.Writer, level string) *slog.Logger {
	var l slog.Level
	l.UnmarshalText([]byte(level)) // the flag is one of four words
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: l}))
}
