package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"strconv"

	"sojourn/app"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/config"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/i18n"
	"sojourn/internal/mail"
	"sojourn/locales"
	"sojourn/migrations"
	"sojourn/securityinfo"
)

// fail tells an error in words and gives the exit code.
func (e *env) fail(err error) int {
	f, ok := fault.Of(err)
	if !ok {
		fmt.Fprintln(e.err, "sojourn:", err)
		return exitFailed
	}
	words, loadErr := i18n.Load(locales.Files, false)
	if loadErr != nil {
		fmt.Fprintln(e.err, "sojourn:", err)
		return exitFailed
	}
	l := words.Default()
	fmt.Fprintf(e.err, "sojourn: %s (%s)\n", l.T(f.Key, f.Args...), f.Code)
	for _, field := range f.Fields {
		fmt.Fprintf(e.err, "  %s: %s\n", field.Name, l.T(field.Key, field.Args...))
	}
	switch f.Kind {
	case fault.Unavailable:
		return exitFailed
	case fault.Invalid:
		return exitUsage
	}
	return exitRefused
}

// open opens the database and brings it up to date.
func (e *env) open() (*db.DB, error) {
	source, err := e.config.DatabaseSource()
	if err != nil {
		return nil, err
	}
	d, err := db.Open(e.ctx, source, db.Options{})
	if err != nil {
		return nil, err
	}
	if _, err := d.Migrate(e.ctx, migrations.Files); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// app builds the portal on the configured database; the operator's commands use
// its rooms without serving.
func (e *env) app() (*app.App, error) {
	parts, err := e.parts()
	if err != nil {
		return nil, err
	}
	if parts.DB, err = e.open(); err != nil {
		return nil, err
	}
	return app.New(parts)
}

// parts are what the configuration says, but for the database.
func (e *env) parts() (p app.Parts, err error) {
	c := e.config
	if p.Box, err = c.Box(); err != nil {
		return p, err
	}
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
	p.Hashing, p.Dev = securityinfo.DefaultParams, c.Dev
	p.Log = logger(e.err, c.LogLevel)
	return p, nil
}

func sender(c config.Config) (mail.Sender, error) {
	if c.SMTP == "" {
		return nil, nil
	}
	host, portText, err := net.SplitHostPort(c.SMTP)
	port, portErr := strconv.Atoi(portText)
	if err != nil || portErr != nil {
		return nil, fmt.Errorf("mail server %q: want HOST:PORT, e.g. mail.example.org:587", c.SMTP)
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

func logger(w io.Writer, level string) *slog.Logger {
	var l slog.Level
	l.UnmarshalText([]byte(level)) // the flag is one of four words
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: l}))
}

// tenant finds an organization by its domain or id.
func tenant(e *env, a *app.App, name string) (directory.Tenant, error) {
	t, found, err := directory.TenantBy(e.ctx, a.DB, name)
	if err == nil && !found {
		err = fmt.Errorf("there is no organization %q; sojourn tenant list shows them", name)
	}
	return t, err
}

// user finds a live user of an organization by principal name, mail address or id.
func user(e *env, a *app.App, tenantID, name string) (directory.User, error) {
	u, found, err := directory.LiveUser(e.ctx, a.DB, tenantID, name)
	if err == nil && !found {
		u, found, err = directory.UserNamed(e.ctx, a.DB, tenantID, name)
	}
	if err == nil && !found {
		err = fmt.Errorf("there is no user %q in this organization", name)
	}
	return u, err
}

// deletedUser finds the soft-deleted user of that name, or id, deleted last.
func deletedUser(e *env, a *app.App, tenantID, name string) (directory.User, error) {
	u, found, err := directory.AnyUser(e.ctx, a.DB, tenantID, name)
	if err == nil && (!found || u.Live()) {
		u, found, err = directory.DeletedNamed(e.ctx, a.DB, tenantID, name)
	}
	if err == nil && !found {
		err = fmt.Errorf("there is no deleted user %q in this organization", name)
	}
	return u, err
}

var operator = actor.OperatorActor()

// localBase is the base URL of a portal on this machine.
func localBase(listener net.Listener) *url.URL {
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	return &url.URL{Scheme: "http", Host: "localhost:" + port}
}
