package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// options are the flags.
type options struct {
	rounds  int
	slice   time.Duration
	only    string
	profile string
}

// conns is how many connections load a server.
const conns = 16

func (o options) wants(letter string) bool { return o.only == "" || strings.Contains(o.only, letter) }

func main() {
	if len(os.Args) == 3 && os.Args[1] == "child" {
		exit(child(os.Args[2]))
	}
	var o options
	flag.IntVar(&o.rounds, "rounds", 3, "rounds; each figure is the median of them")
	flag.DurationVar(&o.slice, "time", 3*time.Second, "how long each measurement of a round lasts")
	flag.StringVar(&o.only, "only", "", "letters of what to measure: a to f, l for signing in and a flood of it, p for the process, n for a person in 500 organizations; empty for all")
	flag.StringVar(&o.profile, "cpuprofile", "", "write a CPU profile of the server of (c), or with -only ef of (e) and (f), or with -only l of (l), to this file")
	var directories string
	flag.StringVar(&directories, "sizes", "", "measure directories of these numbers of users instead, e.g. 10000,100000,1000000")
	var due int
	flag.IntVar(&due, "due", 0, "measure the purging of this number of users instead, e.g. 100000; with -cpuprofile, profile it")
	var last time.Duration
	flag.DurationVar(&last, "soak", 0, "load the program for so long on each database instead, and say whether it stays as it is, e.g. 10m")
	flag.Parse()
	if directories != "" {
		exit(bySize(directories))
	}
	if due > 0 {
		exit(whenDue(due, o.profile))
	}
	if code, done := besidePostgres(o); done {
		os.Exit(code)
	}
	if last > 0 {
		exit(untilDone(last))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	exit(run(ctx, o))
}

// bySize measures directories of several sizes.
func bySize(text string) error {
	var list []int
	for _, part := range strings.Split(text, ",") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1000 {
			return fmt.Errorf("-sizes: %q is not a number of users from 1000 up", part)
		}
		list = append(list, n)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return sizes(ctx, list, 15, os.Stdout)
}

// untilDone soaks.
func untilDone(last time.Duration) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return soak(ctx, last, os.Stdout)
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// postgresTool starts a throw-away PostgreSQL server for the command behind it.
const postgresTool = "tools/postgres.sh"

// besidePostgres runs the bench again beside a PostgreSQL server where one is
// installed and none is named yet.
func besidePostgres(o options) (code int, done bool) {
	if os.Getenv(postgresVariable) != "" || !o.wants("d") || !postgresInstalled() {
		return 0, false
	}
	self, err := os.Executable()
	if err != nil {
		return 0, false
	}
	cmd := exec.Command("bash", append([]string{postgresTool, self}, os.Args[1:]...)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := cmd.Start(); err != nil {
		return 0, false
	}
	go func() {
		<-ctx.Done()
		cmd.Process.Signal(syscall.SIGTERM)
	}()
	err = cmd.Wait()
	var exited *exec.ExitError
	if errors.As(err, &exited) {
		return exited.ExitCode(), true
	}
	return 0, true
}

// postgresInstalled: the tool would otherwise fetch it from the network, which a
// bench must not.
func postgresInstalled() bool {
	if _, err := os.Stat(postgresTool); err != nil {
		return false
	}
	if _, err := exec.LookPath("bash"); err != nil {
		return false
	}
	if _, err := exec.LookPath("initdb"); err == nil {
		return true
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	return len(found) > 0
}
