package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A soak shows whether the program stays as it is under hours of work: the real
// `sojourn serve` under a mixed load, looked at every few seconds by its own metrics.

// look is how things stand at a moment.
type look struct {
	at                                    time.Duration // since the load began
	requests                              float64       // so far
	memory, heap                          float64       // bytes: resident, of the heap in use
	goroutines, descriptors, openDatabase float64
}

const lookEvery = 2 * time.Second

// soak loads the program on each database that there is; it is an error if one of
// them does not stay flat.
func soak(ctx context.Context, last time.Duration, w io.Writer) error {
	if last < 20*time.Second {
		return fmt.Errorf("-soak %v: want 20s or more", last)
	}
	dir, err := os.MkdirTemp("", "sojourn-soak-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	http.DefaultTransport.(*http.Transport).MaxIdleConnsPerHost = conns // who goes on signing in keeps a connection
	b := &bench{ctx: ctx, dir: dir, key: filepath.Join(dir, "key")}
	defer b.end()
	program := filepath.Join(dir, "sojourn")
	build := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/sojourn")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build sojourn: %w", err)
	}
	sources := []string{"sqlite:" + filepath.Join(dir, "portal.db")}
	if address := os.Getenv(postgresVariable); address != "" {
		source, err := b.database(address)
		if err != nil {
			return err
		}
		sources = append(sources, source)
	} else {
		fmt.Fprintf(w, "PostgreSQL is left out: there is no server here (%s names one).\n\n", postgresVariable)
	}
	var errs []error
	for _, source := range sources {
		name, _, _ := strings.Cut(source, ":")
		if err := b.soakOn(program, name, source, last, w); err != nil {
			errs = append(errs, fmt.Errorf("soak on %s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

func (b *bench) soakOn(program, name, source string, last time.Duration, w io.Writer) error {
	say("seeding %s", name)
	people, err := populate(b.ctx, source, b.key, true)
	if err != nil {
		return err
	}
	if name != "sqlite" {
		if err := analyzed(b.ctx, source); err != nil {
			return err
		}
	}
	cmd, address, watched, err := b.measured(program, source)
	if err != nil {
		return err
	}
	defer halt(cmd)
	say("loading for %v", last)
	ctx, cancel := context.WithTimeout(b.ctx, last)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- visits(ctx, address, people) }()
	looks, lookErr := watch(ctx, watched)
	cancel()
	if err := errors.Join(<-done, lookErr, b.ctx.Err()); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s, %v:\n\n", name, last)
	printLooks(w, looks, last)
	return flat(w, looks, last)
}

// measured runs sojourn serve with metrics, until it answers.
func (b *bench) measured(program, source string) (cmd *exec.Cmd, address, watched string, err error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", "", err
	}
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		free.Close()
		return nil, "", "", err
	}
	address, watched = free.Addr().String(), other.Addr().String()
	free.Close()
	other.Close()
	cmd = exec.CommandContext(b.ctx, program, "serve", "--listen", address, "--metrics-listen", watched, "--secret-key-file", b.key)
	cmd.Env = append(os.Environ(), "SOJOURN_LOG_LEVEL=error", "SOJOURN_DATABASE="+source)
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, "", "", err
	}
	if err := answers(b.ctx, "http://"+address+"/healthz"); err != nil {
		halt(cmd)
		return nil, "", "", err
	}
	return cmd, address, "http://" + watched + "/metrics", nil
}

// watch looks every few seconds until ctx ends.
func watch(ctx context.Context, url string) (out []look, err error) {
	begun, tick := time.Now(), time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return out, nil
		case <-tick.C:
		}
		one, err := lookAt(url)
		if err != nil {
			return out, err
		}
		one.at = time.Since(begun)
		out = append(out, one)
	}
}

func lookAt(url string) (l look, err error) {
	res, err := http.Get(url)
	if err != nil {
		return l, err
	}
	defer res.Body.Close()
	into := map[string]*float64{
		"sojourn_http_requests_total": &l.requests, "process_resident_memory_bytes": &l.memory, "go_memstats_heap_inuse_bytes": &l.heap,
		"go_goroutines": &l.goroutines, "process_open_fds": &l.descriptors, "sojourn_database_connections_open": &l.openDatabase,
	}
	seen := map[string]bool{}
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		if i := strings.IndexByte(name, '{'); i >= 0 { // the sum of all labels; none has a space in it
			name = name[:i]
		}
		if to := into[name]; to != nil {
			n, err := strconv.ParseFloat(value, 64)
			if err != nil {
				return l, err
			}
			*to += n
			seen[name] = true
		}
	}
	if len(seen) != len(into) {
		return l, fmt.Errorf("the metrics lack some of what is looked at: only %v", seen)
	}
	return l, nil
}
