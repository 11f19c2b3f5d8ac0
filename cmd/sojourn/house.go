package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"text/tabwriter"
	"time"

	"sojourn/app"
	"sojourn/internal/db"
	"sojourn/internal/secret"
	"sojourn/securityinfo"
)

// version is set at build time; else it is what the build knows of the commit.
var version = ""

type versionCommand struct{}

func (versionCommand) Help() string { return "Example:\n  sojourn version" }

// Run says which version this is.
func (versionCommand) Run(e *env) error {
	_, err := fmt.Fprintln(e.out, "sojourn", versionName())
	return err
}

func versionName() string {
	if info, ok := debug.ReadBuildInfo(); ok && version == "" {
		return info.Main.Version
	}
	return version
}

type routesCommand struct{}

func (routesCommand) Help() string { return "Example:\n  sojourn routes" }

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
