package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/app"
	"sojourn/directory"
	"sojourn/guests"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/migrations"
	"sojourn/sojourntest"
)

// A portal that is killed in the middle of leaves has kept every one that it
// answered: whoever saw the redirect to a receipt finds it after the restart.

const (
	killRounds = 24
	leavers    = 4
	places     = 8
)

// leaver is a signed-in person who leaves organizations without waiting for
// anything but the answer.
type leaver struct {
	account string
	name    string
	token   url.Values
	client  *http.Client
}

// leave asks to leave an organization and gives where the receipt is, "" where
// no answer came.
func (l *leaver) leave(address, tenantID string) (receipt string, err error) {
	res, err := l.client.PostForm(address+"/organizations/"+tenantID+"/leave", l.token)
	if err != nil {
		return "", nil // killed before it could answer
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if res.StatusCode == http.StatusSeeOther {
		return res.Header.Get("Location"), nil
	}
	if err != nil {
		return "", nil
	}
	return "", fmt.Errorf("%s: %s", res.Status, body)
}

// killWorld is the people and the organizations they leave.
type killWorld struct {
	source  string
	port    string
	tenants []string // ids
	people  []*leaver
}

func TestServe_killedWhileLeaving(t *testing.T) {
	w := newKillWorld(t)
	rounds, acknowledged, cut := killRounds, 0, 0
	if testing.Short() {
		rounds = 4
	}
	w.signIn(t)
	for round := range rounds {
		receipts := w.killed(t)
		acknowledged += len(receipts)
		if len(receipts) < leavers*places {
			cut++
		}
		w.check(t, receipts)
		if t.Failed() {
			t.Fatalf("after kill %d", round+1)
		}
		w.comeBack(t)
	}
	t.Logf("%d kills, %d leaves acknowledged, %d kills came in the middle", rounds, acknowledged, cut)
	if cut < rounds/2 {
		t.Errorf("only %d of %d kills came before the last leave: they show too little", cut, rounds)
	}
}

func newKillWorld(t *testing.T) *killWorld {
	t.Helper()
	return killWorldOn(t, newFile(t))
}

// freePort is a port on which nobody listens, from below those that the system gives
// to outgoing connections: one of these could take it before the portal does.
func freePort(t *testing.T) string {
	t.Helper()
	for range 100 {
		port := strconv.Itoa(10_000 + rand.IntN(10_000))
		if free, err := net.Listen("tcp", net.JoinHostPort("localhost", port)); err == nil {
			free.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return ""
}

func killWorldOn(t *testing.T, source string) *killWorld {
	t.Helper()
	w := &killWorld{source: source, port: freePort(t)}
	w.open(t, func(ctx context.Context, a *app.App) {
		home := w.tenant(ctx, t, a, "home")
		hashed, err := a.SecurityInfo.Hasher.Hash(ctx, sojourntest.Password)
		if err != nil {
			t.Fatal(err)
		}
		for i := range leavers {
			u, _, err := a.Directory.CreateMember(ctx, operator, home, directory.NewMember{Name: fmt.Sprint("Person ", i), SignInName: fmt.Sprint("p", i)})
			if err != nil {
				t.Fatal(err)
			}
			if err := a.DB.Tx(ctx, func(tx *db.Tx) error {
				_, err := accounts.SetPassword(ctx, tx, a.Directory.IDs, u.AccountID, 0, hashed)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			w.people = append(w.people, &leaver{account: u.AccountID, name: u.PrincipalName})
		}
		for i := range places {
			id := w.tenant(ctx, t, a, fmt.Sprint("place", i))
			w.tenants = append(w.tenants, id)
			for _, p := range w.people {
				guest, err := a.Guests.Add(ctx, operator, id, guests.NewGuest{Address: p.name, Name: p.name, Language: "en"})
				if err == nil {
					_, err = a.Guests.Accept(ctx, actor.Actor{Kind: actor.Person, AccountID: p.account}, guest.ID)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	})
	return w
}

func (w *killWorld) tenant(ctx context.Context, t *testing.T, a *app.App, name string) (id string) {
	t.Helper()
	made, err := a.Directory.CreateTenant(ctx, operator, directory.NewTenant{Name: name, Domain: name + ".example", Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	return made.ID
}

// open looks into the database while no portal runs on it.
func (w *killWorld) open(t *testing.T, look func(context.Context, *app.App)) {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, w.source, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Migrate(ctx, migrations.Files); err != nil {
		t.Fatal(err)
	}
	look(ctx, portalOn(t, d))
}

func (w *killWorld) serve(t *testing.T) (p *process, address string) {
	t.Helper()
	p = start(t, settings(w.source), "serve", "--listen", "localhost:"+w.port)
	return p, p.ready()
}

// signIn signs everybody in; the port stays, so their cookies outlive the kills.
func (w *killWorld) signIn(t *testing.T) {
	t.Helper()
	p, address := w.serve(t)
	w.enter(t, address)
	p.stops()
}

// enter signs everybody in at an address.
func (w *killWorld) enter(t *testing.T, address string) {
	t.Helper()
	for _, person := range w.people {
		b := sojourntest.At(t, address).Browser()
		b.SignIn(person.name, sojourntest.Password)
		person.token = b.Token()
		person.client = &http.Client{
			Jar: b.Client.Jar.(*cookiejar.Jar), Timeout: long, Transport: &http.Transport{},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
}

// killed lets everybody leave everything, kills the portal at a random instant
// after the first answer, and gives the receipts that were answered.
func (w *killWorld) killed(t *testing.T) (receipts map[string]bool) {
	t.Helper()
	p, address := w.serve(t)
	receipts = map[string]bool{}
	var mu sync.Mutex
	var all sync.WaitGroup
	kill := sync.OnceFunc(func() {
		time.AfterFunc(time.Duration(rand.IntN(40_000))*time.Microsecond, func() { p.cmd.Process.Signal(syscall.SIGKILL) })
	})
	for _, person := range w.people {
		all.Go(func() {
			for _, tenantID := range w.tenants {
				receipt, err := person.leave(address, tenantID)
				if err != nil {
					t.Error(err)
				}
				if receipt == "" {
					return
				}
				mu.Lock()
				receipts[receipt] = true
				mu.Unlock()
				kill()
			}
		})
	}
	all.Wait()
	kill()
	p.end()
	for _, person := range w.people {
		person.client.CloseIdleConnections()
	}
	return receipts
}

// check starts the portal again: every receipt that was answered is shown to
// whom it belongs, and all that a leave writes stands or falls together.
func (w *killWorld) check(t *testing.T, receipts map[string]bool) {
	t.Helper()
	p, address := w.serve(t)
	for receipt := range receipts {
		if err := w.shown(address + receipt); err != nil {
			t.Errorf("acknowledged and lost: %s: %v", receipt, err)
		}
	}
	p.stops()
	w.open(t, func(ctx context.Context, a *app.App) {
		gone := count(t, a.DB, `SELECT count(*) FROM users WHERE deleted_at IS NOT NULL`)
		if gone < len(receipts) {
			t.Errorf("%d leaves were acknowledged, %d users are deleted", len(receipts), gone)
		}
		open := count(t, a.DB, `SELECT count(*) FROM receipts WHERE state = 'left'`)
		left := count(t, a.DB, `SELECT count(*) FROM receipts`)
		departures := count(t, a.DB, `SELECT count(*) FROM departures`)
		acts := count(t, a.DB, `SELECT count(*) FROM audit WHERE act = 'organization.leave' AND result = 'done'`)
		if open != gone || departures != left || acts != left {
			t.Errorf("%d deleted users, %d open receipts; %d receipts, %d departures, %d rows in the audit log", gone, open, left, departures, acts)
		}
		if found, err := db.All(ctx, a.DB, db.Text, "PRAGMA integrity_check"); err != nil || len(found) != 1 || found[0] != "ok" {
			t.Errorf("integrity: %v, %v", found, err)
		}
	})
}

// shown says whether somebody is shown this receipt.
func (w *killWorld) shown(page string) error {
	err := errors.New("nobody is shown it")
	for _, person := range w.people {
		res, getErr := person.client.Get(page)
		if getErr != nil {
			return getErr
		}
		body, readErr := io.ReadAll(res.Body)
		res.Body.Close()
		if readErr != nil {
			return readErr
		}
		if res.StatusCode == http.StatusOK && strings.Contains(string(body), "You left") {
			return nil
		}
	}
	return err
}

// comeBack restores everybody for the next round.
func (w *killWorld) comeBack(t *testing.T) {
	t.Helper()
	w.open(t, func(ctx context.Context, a *app.App) {
		for _, tenantID := range w.tenants {
			gone, err := directory.Deleted(ctx, a.DB, tenantID, directory.DeletedFilter{}, directory.Cursor{}, 100)
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range gone {
				if _, err := a.Directory.Restore(ctx, operator, tenantID, u.ID, directory.Ask); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
