package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"sojourn/app"
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
	if _, _, err := e.config.Address(); err != nil {
		return err
	}
	if _, err := e.config.Drain(); err != nil {
		return err
	}
	parts, err := e.parts()
	if err != nil {
		return err
	}
	listener, err := listen(e)
	if err != nil {
		return err
	}
	defer listener.Close()
	if e.config.BaseURL == "" { // the port may have been chosen just now
		e.config.Listen = listener.Addr().String()
		if parts.Base, err = e.config.Base(); err != nil {
			return err
		}
	}
	end, err := e.measure(&parts)
	if err != nil {
		return err
	}
	defer end()
	told, err := e.trace(&parts)
	if err != nil {
		return err
	}
	defer told()
	a, err := e.build(parts)
	if err != nil {
		return err
	}
	defer a.DB.Close()
	if err := e.welcome(a); err != nil {
		return err
	}
	drain := time.Duration(0)
	if a.DB.Name() == "postgres" { // others may take over
		drain, _ = e.config.Drain() // asked before
	}
	return serve(e.ctx, a, listener, drain)
}

// listen opens the configured address.
func listen(e *env) (net.Listener, error) {
	l, err := net.Listen("tcp", e.config.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("listen %q: another program listens there; choose another address with --listen", e.config.Listen)
	}
	return l, err
}

// welcome says where the portal is, and what it still needs.
func (e *env) welcome(a *app.App) error {
	link, needed, err := a.SecurityInfo.EnsureSetupLink(e.ctx)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("Sojourn is at %s\n", a.Base)
	if needed {
		text += fmt.Sprintf("\nSet it up here, within an hour:\n  %s\n", link)
	}
	if a.Mail == nil {
		text += "\nNo mail server is set (SOJOURN_SMTP): mails wait in the outbox. Links for a password are\nprinted by sojourn user link.\n"
	} else if strings.Contains(e.config.MailFrom, "@localhost") {
		text += "\nMails come from " + e.config.MailFrom + ", which few will take: set SOJOURN_MAIL_FROM.\n"
	}
	if (a.Texts != nil || a.Calls != nil) && len(a.Countries) == 0 {
		text += "\nNo country is set (SOJOURN_PHONE_COUNTRIES): texts and calls are not offered.\n"
	}
	_, err = fmt.Fprint(e.out, text)
	return err
}

// grace is how long requests under way may take to finish when stopping.
const grace = 15 * time.Second

// serve answers requests and does the jobs until ctx ends. Then it says that it is
// not ready, answers for as long as drain, and finishes what is under way.
func serve(ctx context.Context, a *app.App, listener net.Listener, drain time.Duration) error {
	handler := &leaving{Handler: a.Handler()}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(a.Log.Handler(), slog.LevelWarn),
	}
	app.CollectLater()
	jobsCtx, stopJobs := context.WithCancel(ctx)
	defer stopJobs()
	var jobs sync.WaitGroup
	jobs.Go(func() { a.Run(jobsCtx) })
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		a.Stopping()
		handler.stopping.Store(true)
		select {
		case <-time.After(drain):
		case err = <-failed:
		}
		err = errors.Join(err, shutDown(server))
	}
	stopJobs()
	jobs.Wait()
	return err
}

// leaving asks for no more requests on a connection once the portal stops: one that
// is closed between two requests would lose the second.
type leaving struct {
	http.Handler
	stopping atomic.Bool
}

func (l *leaving) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if l.stopping.Load() {
		w.Header().Set("Connection", "close")
	}
	l.Handler.ServeHTTP(w, r)
}

func shutDown(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.Join(fmt.Errorf("stopped: some requests had not ended after %s", grace), server.Close())
	}
	return err
}
