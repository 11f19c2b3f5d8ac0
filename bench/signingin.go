package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"sojourn/internal/secret"
	"sojourn/securityinfo"
)

const (
	signIns = 60  // measured
	flooded = 200 // who try passwords at the same moment
)

// entries are what signing in costs, and what a flood of it does.
type entries struct {
	hash         time.Duration // CPU of one, bare
	last, signIn time.Duration // of the request with the password, and of all pages of a sign-in
	peak         int           // resident KiB during the flood
	tries, busy  int           // answered, and of those asked to come back
	pages        int           // Organizations pages answered meanwhile
	middle, slow time.Duration // of them
}

// of is the share of the bare hash.
func (e entries) of(whole time.Duration) float64 { return float64(e.hash) / float64(whole) }

// signingIn is (l).
func (b *bench) signingIn(w world, file string) error {
	if err := b.hashes(w, file); err != nil {
		return err
	}
	program, err := b.built()
	if err != nil {
		return err
	}
	other := filepath.Join(b.dir, "flood.db")
	if err := copyFile(file, other); err != nil {
		return err
	}
	return b.flood(w, program, other)
}

// hashes holds a whole sign-in, its pages too, against the bare hash.
func (b *bench) hashes(w world, file string) error {
	say("signing in %d times", signIns)
	other := filepath.Join(b.dir, "signin.db")
	if err := copyFile(file, other); err != nil {
		return err
	}
	server, err := b.serve(spec{Kind: "portal", Database: "sqlite:" + other, Relaxed: true, Idle: true, Real: true})
	if err != nil {
		return err
	}
	if _, err := signIn(server.address, w.ann.PrincipalName); err != nil { // now it is hashed at its price
		return err
	}
	if err := b.profiled(server, "l"); err != nil {
		return err
	}
	box, err := secret.FromFile(b.key)
	if err != nil {
		return err
	}
	hasher := securityinfo.NewHasher(box, securityinfo.DefaultParams)
	// In turns, so that what disturbs the machine disturbs both.
	for range 3 {
		before, err := cpuUsed()
		if err != nil {
			return err
		}
		for range signIns / 3 {
			if _, err := hasher.Hash(b.ctx, password); err != nil {
				return err
			}
		}
		after, err := cpuUsed()
		if err != nil {
			return err
		}
		b.facts.entries.hash += time.Duration(after-before) * time.Microsecond / signIns
		if err := b.facts.entries.add(server, w.ann.PrincipalName, signIns/3); err != nil {
			return err
		}
	}
	return nil
}

// add signs somebody in so many times and adds what one of signIns takes of it.
func (e *entries) add(s *server, name string, times int) error {
	begun, err := s.cpu()
	if err != nil {
		return err
	}
	var all []*person
	for range times {
		p := newVisitor(s.address)
		if err := p.knock(name); err != nil {
			return err
		}
		all = append(all, p)
	}
	asked, err := s.cpu()
	if err != nil {
		return err
	}
	for _, p := range all {
		if status, err := p.enter(password); err != nil || status != http.StatusSeeOther {
			return errors.Join(err, fmt.Errorf("a sign-in is answered with %d", status))
		}
	}
	ended, err := s.cpu()
	e.last += (ended - asked) / signIns
	e.signIn += (ended - begun) / signIns
	return err
}

// newVisitor is a browser that nobody has signed in with. It follows redirects within
// the sign-in and not out of it.
func newVisitor(address string) *person {
	jar, _ := cookiejar.New(nil)
	return &person{base: "http://" + address, client: &http.Client{Jar: jar, Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 1},
		CheckRedirect: func(r *http.Request, _ []*http.Request) error {
			if strings.HasPrefix(r.URL.Path, "/sign-in") {
				return nil
			}
			return http.ErrUseLastResponse
		}}}
}

// knock says a name, and leaves the visitor where the password is asked.
func (p *person) knock(name string) error {
	if _, err := p.get("/sign-in"); err != nil {
		return err
	}
	_, err := p.post("/sign-in", "name", name)
	return err
}

// enter types a password and gives the status of the answer.
func (p *person) enter(password string) (status int, err error) {
	defer p.client.CloseIdleConnections()
	form := url.Values{"password": {password}}
	for name, values := range p.token {
		form[name] = values
	}
	res, err := p.client.PostForm(p.base+"/sign-in/password", form)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}

// flood has many try passwords at once, while somebody who is in looks at their
// organizations.
func (b *bench) flood(w world, program, file string) error {
	say("%d try to sign in at once", flooded)
	cmd, address, _, err := b.launch(program, file)
	if err != nil {
		return err
	}
	defer halt(cmd)
	ann, err := signIn(address, w.ann.PrincipalName)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(b.ctx, max(b.slice, 5*time.Second))
	defer stop()
	var tries, busy, number atomic.Int64
	var wrong atomic.Pointer[error]
	var work sync.WaitGroup
	for range flooded {
		work.Go(func() {
			for ctx.Err() == nil {
				// Names that nobody has, each new: one that is known would soon have to wait.
				p, status := newVisitor(address), 0
				err := p.knock(fmt.Sprintf("nobody%d@nowhere.example", number.Add(1)))
				if err == nil {
					status, err = p.enter("not the password")
				}
				switch {
				case err != nil:
					wrong.Store(&err)
					return
				case status == http.StatusServiceUnavailable:
					busy.Add(1)
				case status != http.StatusUnprocessableEntity:
					err := fmt.Errorf("a try is answered with %d", status)
					wrong.Store(&err)
					return
				}
				tries.Add(1)
			}
		})
	}
	e, took := &b.facts.entries, []time.Duration{}
	for ctx.Err() == nil {
		begun := time.Now()
		if _, err = ann.get("/organizations"); err != nil {
			break
		}
		took = append(took, time.Since(begun))
		time.Sleep(10 * time.Millisecond)
	}
	work.Wait()
	if failed := wrong.Load(); failed != nil {
		err = errors.Join(err, *failed)
	}
	if err != nil || len(took) == 0 {
		return errors.Join(err, b.ctx.Err())
	}
	slices.Sort(took)
	e.tries, e.busy, e.pages = int(tries.Load()), int(busy.Load()), len(took)
	e.middle, e.slow = took[len(took)/2], took[(len(took)*99)/100]
	e.peak, err = resident(cmd.Process.Pid, "VmHWM")
	return err
}
