package main

import (
	"errors"
	"fmt"
	"net"
	"syscall"
	"text/tabwriter"

	"sojourn/demo"
	"sojourn/internal/web"
	"sojourn/securityinfo"
)

type demoCommand struct {
	Data     string `placeholder:"DIR" help:"Directory to keep the demo in; without it, it goes away at the end."`
	Password string `placeholder:"P" help:"Password of everybody in the demo; without it, a random one."`
	JSON     bool   `name:"json" help:"Print where to go and who to sign in as as one JSON document."`
}

func (demoCommand) Help() string {
	return `Mails can be read, and the clock moved, at /dev/mail. It answers on this machine only.

Examples:
  sojourn demo
  sojourn demo --listen localhost:9000 --data ./var/demo
  sojourn demo --json --password "correct horse battery"`
}

func (c demoCommand) Run(e *env) error {
	listener, err := loopback(e.config.Listen)
	if err != nil {
		return err
	}
	w, err := demo.Open(e.ctx, demo.Options{
		Dir: c.Data, Password: c.Password, Base: localBase(listener), Log: logger(e.err, "warn"), Hashing: securityinfo.DefaultParams,
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
	return serve(e.ctx, w.App, listener)
}

// loopback listens on this machine only; a default port that is taken gives way
// to a free one.
func loopback(address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("listen %q: want HOST:PORT, e.g. localhost:8080", address)
	}
	if !web.IsLoopback(host) {
		return nil, fmt.Errorf("listen %q: the demo answers on this machine only, e.g. localhost:%s", address, port)
	}
	l, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) && address == "localhost:8080" {
		return net.Listen("tcp", "localhost:0")
	}
	return l, err
}

func (c demoCommand) print(e *env, s demo.Sheet) error {
	if c.JSON {
		text, err := s.JSON()
		if err == nil {
			_, err = fmt.Fprintf(e.out, "%s\n", text)
		}
		return err
	}
	fmt.Fprintf(e.out, "Open      %s\nPassword  %s   (of everybody)\nMails     %s\n\nSign in as\n", s.Address, s.Password, s.Dev)
	w := tabwriter.NewWriter(e.out, 2, 0, 2, ' ', 0)
	for _, p := range s.People {
		fmt.Fprintf(w, "  %s\t%s\n", p.UserPrincipalName, summary(p))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(e.out, "\nCtrl+C ends it.")
	return err
}

// summary says in a line what a person's organizations show.
func summary(p demo.Entry) string {
	counts := map[string]int{}
	for _, o := range p.Organizations {
		counts[o.Shows]++
		if o.Role == "GlobalAdministrator" {
			counts["administers"]++
		}
	}
	text := fmt.Sprintf("%s: %d organizations", p.Name, len(p.Organizations))
	for _, kind := range []string{"administers", "leave_not_allowed", "account_disabled", "last_administrator", "closed", "invitation"} {
		if counts[kind] > 0 {
			text += fmt.Sprintf(", %s", kind)
		}
	}
	if counts["home"] == 0 {
		text += ", no home organization"
	}
	return text
}
