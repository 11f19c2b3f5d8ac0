package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/seed"
)

// purging seeds users whose time has come and purges them while somebody reads:
// how many a second, and what the reader notices.
func (b *bench) purging(due int) ([]string, error) {
	say("purging %d users", due)
	file := filepath.Join(b.dir, "due.db")
	if err := b.furnish(file, seed.Size{Tenants: tenantsOf, Users: 1000, GuestsPerUser: 2, Groups: 10, Due: due}); err != nil {
		return nil, err
	}
	source := "sqlite:" + file
	s, err := b.serve(spec{Kind: "portal", Database: source, Relaxed: true, Idle: true})
	if err != nil {
		return nil, err
	}
	reader, err := signIn(s.address, "user2@org1.example")
	if err != nil {
		return nil, err
	}
	request := reader.request("/organizations", false)
	quiet, err := lateness(s.address, request, time.Now().Add(3*time.Second), nil)
	if err != nil {
		return nil, err
	}
	d, err := db.Open(b.ctx, source, db.Options{Relaxed: true})
	if err != nil {
		return nil, err
	}
	defer d.Close()
	a, err := portal(d, b.key, &url.URL{Scheme: "http", Host: s.address}, hashing)
	if err != nil {
		return nil, err
	}
	if err := a.Directory.TrustClock(b.ctx, actor.OperatorActor()); err != nil {
		return nil, err
	}
	done := make(chan struct{})
	var n int
	var took time.Duration
	var purgeErr error
	go func() {
		defer close(done)
		begun := time.Now()
		n, purgeErr = a.Directory.Purge(b.ctx, nil)
		took = time.Since(begun)
	}()
	busy, err := lateness(s.address, request, time.Now().Add(10*time.Minute), done)
	<-done
	if err != nil || purgeErr != nil {
		return nil, fmt.Errorf("purging: %w %w", err, purgeErr)
	}
	rate := float64(n) / took.Seconds()
	return []string{
		fmt.Sprintf("%d users purged, %.0f a second, %s", n, rate, verdict("aim 20,000", rate >= 20_000)),
		fmt.Sprintf("the 99th percentile of the Organizations page is %s alone and %s while purging", millis(quiet), millis(busy)),
	}, nil
}

// lateness reads a page again and again until a time or an end, and gives the
// 99th percentile of how long it took.
func lateness(address string, request []byte, until time.Time, end <-chan struct{}) (time.Duration, error) {
	c, err := dial(address)
	if err != nil {
		return 0, err
	}
	defer c.conn.Close()
	var times []time.Duration
	for time.Now().Before(until) {
		select {
		case <-end:
			until = time.Time{}
		default:
		}
		begun := time.Now()
		if _, err := c.send(request); err != nil {
			return 0, err
		}
		times = append(times, time.Since(begun))
		time.Sleep(2 * time.Millisecond) // a reader, not a flood
	}
	slices.Sort(times)
	return times[len(times)*99/100], nil
}

// whenDue measures purging alone.
func whenDue(due int, profile string) error {
	dir, err := os.MkdirTemp("", "sojourn-due-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if profile != "" {
		file, err := os.Create(profile)
		if err != nil {
			return err
		}
		defer file.Close()
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	b := &bench{ctx: context.Background(), dir: dir, key: filepath.Join(dir, "key")}
	defer b.end()
	facts, err := b.purging(due)
	for _, fact := range facts {
		fmt.Println("- " + fact)
	}
	return err
}
