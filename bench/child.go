package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime/pprof"
	"strconv"
	"strings"
	"syscall"
	"time"

	"sojourn/app"
	"sojourn/internal/db"
	"sojourn/internal/secret"
	"sojourn/securityinfo"
)

// spec says what a child serves.
type spec struct {
	Kind     string // bare · read · portal
	Database string
	Relaxed  bool
	Idle     bool   // does nothing by itself
	Real     bool   // passwords cost what they cost
	Key      string // file with the master key
	Page     string // file with the bytes that bare and read serve
	Account  string // what read reads
}

// hashing is cheap: the bench signs in to measure something else.
var hashing = securityinfo.Params{Memory: 64, Time: 1, Threads: 1}

// child serves until its standard input ends. It prints its address, and answers
// each line of input with one of its own.
func child(text string) error {
	var s spec
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	handler, err := s.handler(context.Background(), listener.Addr().String())
	if err != nil {
		return err
	}
	server := &http.Server{ // as sojourn serve sets it
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 60 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}
	go server.Serve(listener)
	fmt.Println(listener.Addr())
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if err := answerLine(lines.Text()); err != nil {
			return err
		}
	}
	pprof.StopCPUProfile()
	return nil
}

// answerLine: "cpu" asks for the microseconds of CPU used so far, "profile FILE"
// starts a profile that lasts until the child ends.
func answerLine(line string) error {
	if name, ok := strings.CutPrefix(line, "profile "); ok {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
	}
	used, err := cpuUsed()
	fmt.Println(used)
	return err
}

func cpuUsed() (micros int64, err error) {
	var u syscall.Rusage
	err = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return (u.Utime.Nano() + u.Stime.Nano()) / 1000, err
}

func (s spec) handler(ctx context.Context, address string) (http.Handler, error) {
	if s.Kind == "bare" {
		page, err := os.ReadFile(s.Page)
		return bare(page), err
	}
	d, err := db.Open(ctx, s.Database, db.Options{Relaxed: s.Relaxed})
	if err != nil {
		return nil, err
	}
	if s.Kind == "read" {
		page, err := os.ReadFile(s.Page)
		if err != nil {
			return nil, err
		}
		return reading(ctx, d.Reader(), s.Account, page)
	}
	cost := hashing
	if s.Real {
		cost = securityinfo.DefaultParams
	}
	a, err := portal(d, s.Key, &url.URL{Scheme: "http", Host: address}, cost)
	if err != nil {
		return nil, err
	}
	app.CollectLater() // as sojourn serve does
	if !s.Idle {
		go a.Run(ctx)
	}
	return a.Handler(), nil
}

// bare is (a): the page's bytes and nothing else.
func bare(page []byte) http.Handler {
	length := strconv.Itoa(len(page))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Length", length)
		w.Write(page)
	})
}

// reading is (b): the same with one point read before it.
func reading(ctx context.Context, pool *sql.DB, account string, page []byte) (http.Handler, error) {
	statement, err := pool.PrepareContext(ctx, `SELECT id, name, language FROM accounts WHERE id = $1`)
	if err != nil {
		return nil, err
	}
	next := bare(page)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var id, name, language string
		if err := statement.QueryRowContext(r.Context(), account).Scan(&id, &name, &language); err != nil {
			panic(err)
		}
		next.ServeHTTP(w, r)
	}), nil
}

// portal is the whole product. Without a mail server mails wait in the outbox.
func portal(d *db.DB, key string, base *url.URL, cost securityinfo.Params) (*app.App, error) {
	box, err := secret.FromFile(key)
	if err != nil {
		return nil, err
	}
	return app.New(app.Parts{
		DB: d, Box: box, Base: base, Zone: time.UTC, Hashing: cost,
		Log: slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
}
