package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"sojourn/app"
	"sojourn/internal/actor"
)

type serveCommand struct{}

func (serveCommand) Help() string {
	return `On the first start with an empty database it prints a set-up link, good once and for
an hour, with which you create the first organization and its administrator.

Examples:
  sojourn serve
  sojourn serve --listen localhost:9000
  SOJOURN_DATABASE=postgres://sojourn@db/sojourn SOJOURN_SECRET_KEY_FILE=/etc/sojourn/key \
    SOJOURN_BASE_URL=https://account.example.org sojourn serve --listen :8080`
}

// Run serves until it is told to stop.
func (serveCommand) Run(e *env) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	listener, err := net.Listen("tcp", e.config.Listen)
	if err != nil {
		return err
	}
	link, needed, err := a.SecurityInfo.EnsureSetupLink(e.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "Sojourn is at %s\n", a.Base)
	if needed {
		fmt.Fprintf(e.out, "\nSet it up here, within an hour:\n  %s\n", link)
	}
	if e.config.SMTP == "" {
		fmt.Fprintln(e.out, "\nNo mail server is set (SOJOURN_SMTP): mails wait in the outbox.")
	}
	return serve(e.ctx, a, listener)
}

// grace is how long requests under way may take to finish when stopping.
const grace = 15 * time.Second

// serve answers requests and does the jobs until ctx ends, then finishes what is
// under way.
func serve(ctx context.Context, a *app.App, listener net.Listener) error {
	server := &http.Server{
		Handler:           a.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	jobsCtx, stopJobs := context.WithCancel(ctx)
	var jobs sync.WaitGroup
	jobs.Go(func() { a.Run(jobsCtx) })
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		stopping, cancel := context.WithTimeout(context.Background(), grace)
		defer cancel()
		err = server.Shutdown(stopping)
	}
	stopJobs()
	jobs.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

type migrateCommand struct{}

func (migrateCommand) Run(e *env) error {
	d, err := e.open()
	if err != nil {
		return err
	}
	defer d.Close()
	fmt.Fprintln(e.out, "The database is up to date.")
	return nil
}

type purgeCommand struct {
	DryRun       bool `name:"dry-run" help:"Only say how many are due."`
	ClockIsRight bool `name:"clock-is-right" help:"Purge although the clock has jumped: you have checked it."`
}

func (purgeCommand) Help() string {
	return `When the clock has jumped by more than two days, nothing is purged until it has been
steady for a day, or until you say that it is right.

Examples:
  sojourn purge --dry-run
  sojourn purge
  sojourn purge --clock-is-right`
}

func (c purgeCommand) Run(e *env) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	due, err := a.Directory.Due(e.ctx)
	if err != nil {
		return err
	}
	if c.DryRun {
		fmt.Fprintf(e.out, "%d due to be deleted permanently.\n", due)
		return nil
	}
	if c.ClockIsRight {
		if err := a.Directory.TrustClock(e.ctx, actor.OperatorActor()); err != nil {
			return err
		}
	} else if err := a.Directory.Beat(e.ctx); err != nil {
		return err
	}
	bar := newProgress(e.err, "Purging", due)
	n, err := a.Directory.Purge(e.ctx, bar.at)
	bar.end()
	fmt.Fprintf(e.out, "%d deleted permanently.\n", n)
	return err
}

type backupCommand struct {
	File string `arg:"" help:"Where to write the copy; it must not exist."`
}

func (backupCommand) Help() string {
	return `The copy is consistent, also while the portal is writing. Keep the key file beside the
database with it: without the key, passwords in the copy are useless.

Examples:
  sojourn backup /backup/sojourn-2026-11-21.db`
}

func (c backupCommand) Run(e *env) error {
	d, err := e.open()
	if err != nil {
		return err
	}
	defer d.Close()
	bar := newFileProgress(e.err, "Copying", d.Path(), c.File)
	err = d.Backup(e.ctx, c.File)
	bar.end()
	if err == nil {
		fmt.Fprintln(e.out, "Copied to", c.File)
	}
	return err
}
