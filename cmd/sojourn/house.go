package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/alecthomas/kong"

	"sojourn/app"
	"sojourn/internal/config"
	"sojourn/internal/db"
	"sojourn/internal/secret"
	"sojourn/securityinfo"
)

type versionCommand struct{}

func (versionCommand) Run(e *env) error {
	_, err := fmt.Fprintln(e.out, "sojourn", version)
	return err
}

type routesCommand struct{}

// Run lists the routes of a portal built on an empty database of its own: the
// table does not depend on data.
func (routesCommand) Run(e *env) error {
	dir, err := os.MkdirTemp("", "sojourn-routes-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	d, err := db.Open(e.ctx, "sqlite:"+filepath.Join(dir, "empty.db"), db.Options{Relaxed: true})
	if err != nil {
		return err
	}
	defer d.Close()
	box, err := secret.New(make([]byte, secret.KeySize))
	if err != nil {
		return err
	}
	a, err := app.New(app.Parts{
		DB: d, Box: box, Base: &url.URL{Scheme: "http", Host: "localhost"}, Zone: time.UTC,
		Hashing: securityinfo.DefaultParams, Log: logger(e.err, "error"), Dev: e.config.Dev,
	})
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	for _, r := range a.Routes() {
		fmt.Fprintf(w, "%s\t%s\n", r.Pattern, r.Access)
	}
	return w.Flush()
}

type helpCommand struct {
	Topic []string `arg:"" optional:"" help:"config, or a command."`
}

func (c helpCommand) Run(e *env) error {
	if len(c.Topic) == 1 && c.Topic[0] == "config" {
		return config.Manual(e.out)
	}
	ctx, err := kong.Trace(e.parser, c.Topic)
	if err != nil {
		return err
	}
	if ctx.Error != nil && len(c.Topic) > 0 && ctx.Selected() == nil && len(ctx.Path) == 1 {
		return fmt.Errorf("there is no command %q", c.Topic[0])
	}
	return ctx.PrintUsage(false)
}
