package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// row is one line of the table.
type row struct {
	letter  string // as -only takes it
	name    string // as the table shows it
	text    string
	measure func() (sample, error)
	samples []sample
	base    *row    // what it is held against
	aim     float64 // times the base at most; 0 where nothing is aimed at
}

// bench is one run.
type bench struct {
	options
	ctx     context.Context
	dir     string
	key     string
	page    string // file with the page's bytes
	program string // the real one, once it is built
	size    int    // of the page
	rows    []*row
	servers []*server
	ends    []func()
	facts   facts
}

func run(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "sojourn-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{options: o, ctx: ctx, dir: dir, key: filepath.Join(dir, "key"), page: filepath.Join(dir, "page")}
	defer b.end()
	if err := b.prepare(); err != nil {
		return err
	}
	if err := b.measure(); err != nil {
		return err
	}
	b.print(os.Stdout)
	return nil
}

func (b *bench) end() {
	for _, s := range b.servers {
		s.stop()
	}
	for _, f := range slices.Backward(b.ends) {
		f()
	}
}

func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// prepare seeds the databases and starts the servers.
func (b *bench) prepare() error {
	say("seeding SQLite")
	file := filepath.Join(b.dir, "portal.db")
	w, err := populate(b.ctx, "sqlite:"+file, b.key, true)
	if err != nil {
		return err
	}
	if b.wants("p") {
		if err := b.process(w, file); err != nil {
			return err
		}
	}
	if err := b.reads(w, file); err != nil {
		return err
	}
	if b.wants("l") {
		if err := b.signingIn(w, file); err != nil {
			return err
		}
	}
	if b.wants("e") || b.wants("f") {
		for _, sync := range []struct {
			name    string
			relaxed bool
		}{{"synchronous=FULL", false}, {"synchronous=NORMAL", true}} {
			other := filepath.Join(b.dir, sync.name+".db")
			if err := copyFile(file, other); err != nil {
				return err
			}
			if err := b.writes(w, spec{Kind: "portal", Database: "sqlite:" + other, Relaxed: sync.relaxed}, "SQLite, "+sync.name); err != nil {
				return err
			}
		}
	}
	if b.wants("d") {
		return b.postgres()
	}
	return nil
}

// serve starts a child that the end of the run stops.
func (b *bench) serve(s spec) (*server, error) {
	s.Key, s.Page = b.key, b.page
	started, err := start(b.ctx, s)
	if err == nil {
		b.servers = append(b.servers, started)
	}
	return started, err
}

// reads are (a), (b) and (c) on one SQLite database.
func (b *bench) reads(w world, file string) error {
	source := "sqlite:" + file
	server, err := b.serve(spec{Kind: "portal", Database: source, Relaxed: true})
	if err != nil {
		return err
	}
	ann, err := signIn(server.address, w.ann.PrincipalName)
	if err != nil {
		return err
	}
	page, err := ann.get("/organizations")
	if err != nil {
		return err
	}
	b.size = len(page)
	if err := os.WriteFile(b.page, page, 0o600); err != nil {
		return err
	}
	if err := b.wire(server, ann); err != nil {
		return err
	}
	if b.wants("n") {
		if err := b.many(server, w); err != nil {
			return err
		}
	}
	if err := b.profiled(server, "c"); err != nil {
		return err
	}
	bareRow, err := b.fixed("a", "a", "bare handler, the page's bytes", spec{Kind: "bare"}, ann)
	if err != nil {
		return err
	}
	readRow, err := b.fixed("b", "b", "the same after one SQLite point read", spec{Kind: "read", Database: source, Account: w.ann.AccountID}, ann)
	if err != nil {
		return err
	}
	readRow.base = bareRow
	b.rows = append(b.rows, &row{
		letter: "c", name: "c", text: "Organizations page, SQLite", base: readRow, aim: 3,
		measure: b.gets(server, ann),
	})
	return nil
}

// fixed is a row of a server that always gives the same bytes.
func (b *bench) fixed(letter, name, text string, s spec, ann *person) (*row, error) {
	server, err := b.serve(s)
	if err != nil {
		return nil, err
	}
	r := &row{letter: letter, name: name, text: text, measure: b.gets(server, ann)}
	b.rows = append(b.rows, r)
	return r, nil
}

// gets asks for the page without compression, so that every server sends the
// same number of bytes.
func (b *bench) gets(s *server, ann *person) func() (sample, error) {
	request := ann.request("/organizations", false)
	return func() (sample, error) { return load(s, same(request), b.slice) }
}

// writes are (e) and (f).
func (b *bench) writes(w world, s spec, where string) error {
	server, err := b.serve(s)
	if err != nil {
		return err
	}
	if err := b.profiled(server, "e"); err != nil {
		return err
	}
	return b.leaving(server, w, where)
}

// profiled starts the CPU profile in the first server whose row is measured.
func (b *bench) profiled(s *server, letter string) error {
	if b.profile == "" || !b.wants(letter) {
		return nil
	}
	_, err := s.tell("profile " + b.profile)
	b.profile = ""
	return err
}

func (b *bench) leaving(server *server, w world, where string) error {
	d, err := departures(server, w)
	if err != nil {
		return err
	}
	if b.wants("e") || b.wants("f") {
		b.rows = append(b.rows,
			&row{letter: "e", name: "e", text: "leaving, " + where, measure: func() (sample, error) { return load(server, d.leave(), b.slice) }},
			&row{letter: "f", name: "f", text: "restoring, " + where, measure: func() (sample, error) { return load(server, d.restore(), time.Minute) }})
	}
	return nil
}

// measure goes through the rows round by round, so that what disturbs the
// machine disturbs all of them.
func (b *bench) measure() error {
	for n := range b.rounds {
		say("round %d of %d", n+1, b.rounds)
		for _, r := range b.rows {
			if !b.wants(r.letter) && !(r.letter == "e" && b.wants("f")) {
				continue
			}
			s, err := r.measure()
			if b.ctx.Err() != nil {
				return b.ctx.Err()
			}
			if err != nil {
				return fmt.Errorf("(%s) %s: %w", r.letter, r.text, err)
			}
			r.samples = append(r.samples, s)
		}
	}
	return nil
}

// median of a figure of the samples.
func (r *row) median(of func(sample) float64) float64 {
	var all []float64
	for _, s := range r.samples {
		all = append(all, of(s))
	}
	slices.Sort(all)
	n := len(all)
	return (all[(n-1)/2] + all[n/2]) / 2
}
