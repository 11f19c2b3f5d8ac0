package main

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"

	"sojourn/demo"
	"sojourn/internal/config"
	"sojourn/internal/web"
	"sojourn/securityinfo"
)

type demoCommand struct {
	Data     string `placeholder:"DIR" help:"Directory to keep the demo in; without it, it goes away at the end."`
	Password string `placeholder:"P" help:"Password of everybody in the demo; without it, a random one."`
	JSON     bool   `name:"json" help:"Print where to go and who to sign in as as one JSON document."`
}

func (demoCommand) Help() string {
	return `Mails can be read, and the clock moved, at /dev/mail. It answers on this machine only
and takes no notice of SOJOURN_… variables.

Examples:
  sojourn demo
  sojourn demo --listen localhost:9000 --data ./var/demo
  sojourn demo --json --password "correct horse battery"`
}

// Run shows the demo until it is told to stop.
func (c demoCommand) Run(e *env) error {
	listener, err := loopback(e)
	if err != nil {
		return err
	}
	defer listener.Close()
	base, err := config.Config{Listen: listener.Addr().String()}.Base()
	if err != nil {
		return err
	}
	w, err := demo.Open(e.ctx, demo.Options{
		Dir: c.Data, Password: c.Password, Base: base, Log: logger(e.err, "warn"), Hashing: securityinfo.DefaultParams,
	})
	if err != nil {
		return err
	}
	defer w.Close()
	sheet, err := w.Sheet(e.ctx)
	if err != nil {
		return err
	}
	if err := c.print(e, sheet); err != nil {
		return err
	}
	return serve(e.ctx, w.App, listener, 0)
}

// loopback listens on this machine only: where the flag says, else on a port
// that gives way to a free one where it is taken. A SOJOURN_LISTEN is the real
// portal's.
func loopback(e *env) (net.Listener, error) {
	if !e.typed["listen"] {
		l, err := net.Listen("tcp", "localhost:8080")
		if errors.Is(err, syscall.EADDRINUSE) {
			return net.Listen("tcp", "localhost:0")
		}
		return l, err
	}
	host, port, err := e.config.Address()
	if err != nil {
		return nil, err
	}
	if !web.IsLoopback(host) {
		return nil, wrong("listen %q: the demo answers on this machine only, e.g. localhost:%s", e.config.Listen, port)
	}
	return listen(e)
}

func (c demoCommand) print(e *env, s demo.Sheet) error {
	if c.JSON {
		text, err := s.JSON()
		if err == nil {
			_, err = fmt.Fprintf(e.out, "%s\n", text)
		}
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Open      %s\nPassword  %s   (of everybody)\nMails     %s\nCodes     %s   (of authenticator apps)\n\nSign in as\n", s.Address, s.Password, s.Dev, s.Codes)
	for _, p := range s.People {
		fmt.Fprintf(&b, "  %-32s  %s\n", p.UserPrincipalName, summary(p))
	}
	b.WriteString("\nCtrl+C ends it.\n")
	_, err := fmt.Fprint(e.out, b.String())
	return err
}

// states are what an organization can show, in the order of the summary.
var states = []struct{ shows, text string }{
	{"leave_not_allowed", "leaving not allowed"},
	{"account_disabled", "disabled there"},
	{"last_administrator", "sole administrator"},
	{"closed", "closed"},
	{"invitation", "invited"},
}

// summary says in a line what a person's organizations show.
func summary(p demo.Entry) string {
	shows, administers := map[string]bool{}, false
	for _, o := range p.Organizations {
		shows[o.Shows] = true
		administers = administers || o.Role == "GlobalAdministrator"
	}
	text := fmt.Sprintf("%s: %d organizations", p.Name, len(p.Organizations))
	if len(p.Organizations) == 1 {
		text = p.Name + ": 1 organization"
	}
	if administers {
		text += ", administrator"
	}
	if !shows["home"] {
		text += ", no home organization"
	}
	for _, s := range states {
		if shows[s.shows] {
			text += ", " + s.text
		}
	}
	if p.SecondStep {
		text += ", with a second step"
	}
	if p.Registers {
		text += ", has to set up a second step"
	}
	return text
}
