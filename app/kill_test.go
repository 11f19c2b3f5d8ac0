package app_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"sojourn/app"
	"sojourn/demo"
	"sojourn/directory"
	"sojourn/guests"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/secret"
	"sojourn/migrations"
	"sojourn/sojourntest"
)

// A process that is killed at any instant loses nothing it has acknowledged and
// leaves a database that starts again.

const (
	childSource = "SOJOURN_TEST_CHILD"
	kills       = 100
)

// TestMain turns the test binary into the child that is killed.
func TestMain(m *testing.M) {
	if source := os.Getenv(childSource); source != "" {
		if err := child(source); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func newGuest(address string) guests.NewGuest {
	return guests.NewGuest{Address: address, Name: "Guest", Language: "en", Anew: true}
}

func portalOn(d *db.DB) (*app.App, error) {
	box, err := secret.New(bytes.Repeat([]byte{7}, secret.KeySize))
	if err != nil {
		return nil, err
	}
	return app.New(app.Parts{
		DB: d, Box: box, Base: &url.URL{Scheme: "http", Host: "localhost:1"}, Zone: time.UTC,
		Hashing: sojourntest.Hashing, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
}

// child leaves, restores and purges for ever, and says what has been
// acknowledged, each on a line written at once.
func child(source string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, source, db.Options{})
	if err != nil {
		return err
	}
	if _, err := d.Migrate(ctx, migrations.Files); err != nil {
		return err
	}
	a, err := portalOn(d)
	if err != nil {
		return err
	}
	fabrikam, _, err := directory.TenantBy(ctx, d, "fabrikam.example")
	if err != nil {
		return err
	}
	people, err := db.All(ctx, d, func(r db.Row) (x [2]string, err error) { err = r.Scan(&x[0], &x[1]); return },
		`SELECT id, account_id FROM users WHERE tenant_id = $1 AND user_type = 'guest' AND account_id IS NOT NULL`, fabrikam.ID)
	if err != nil {
		return err
	}
	for {
		for _, p := range people {
			u, found, err := directory.AnyUser(ctx, d, fabrikam.ID, p[0])
			if err != nil || !found {
				return fmt.Errorf("user %s: %t %w", p[0], found, err)
			}
			if u.Live() {
				r, err := a.Organizations.Leave(ctx, actor.Actor{Kind: actor.Person, AccountID: p[1], ProvedAt: d.Now()}, fabrikam.ID)
				if err != nil {
					return err
				}
				fmt.Println("left", u.ID, r.ID)
				continue
			}
			if _, err := a.Directory.Restore(ctx, actor.OperatorActor(), fabrikam.ID, u.ID, directory.Ask); err != nil {
				return err
			}
			fmt.Println("restored", u.ID)
		}
		if _, err := a.Directory.Purge(ctx, nil); err != nil {
			return err
		}
	}
}

func TestKill(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		d := dbtest.Connect(t, source)
		a, err := portalOn(d)
		if err != nil {
			t.Fatal(err)
		}
		if err := demo.Seed(context.Background(), a, sojourntest.Password); err != nil {
			t.Fatal(err)
		}
		rounds := kills
		if testing.Short() {
			rounds = 5
		}
		acknowledged := 0
		for i := range rounds {
			lines := killed(t, source)
			acknowledged += len(lines)
			checkAcknowledged(t, d, lines)
			checkInvariants(t, d)
			if t.Failed() {
				t.Fatalf("after kill %d", i+1)
			}
		}
		if acknowledged < rounds {
			t.Fatalf("only %d acts in %d rounds: the kills came too early to show anything", acknowledged, rounds)
		}
		t.Logf("%d kills, %d acknowledged acts", rounds, acknowledged)
	})
}

// killed runs the child, kills it at a random instant after its first
// acknowledgement, and gives what it had acknowledged.
func killed(t *testing.T, source string) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=none")
	cmd.Env = append(os.Environ(), childSource+"="+source)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var lines []string
	scanner := bufio.NewScanner(out)
	for scanner.Scan() {
		if len(lines) == 0 {
			time.AfterFunc(time.Duration(rand.IntN(25_000))*time.Microsecond, func() { cmd.Process.Signal(syscall.SIGKILL) })
		}
		if strings.HasPrefix(scanner.Text(), "error") {
			t.Fatal(scanner.Text())
		}
		lines = append(lines, scanner.Text())
	}
	cmd.Wait() // killed
	return lines
}

// checkAcknowledged: the last acknowledged act on a user is in the database, or
// one act later has been done and not acknowledged any more.
func checkAcknowledged(t *testing.T, d *db.DB, lines []string) {
	t.Helper()
	ctx := context.Background()
	for _, line := range lines {
		f := strings.Fields(line)
		if f[0] != "left" {
			continue
		}
		n, err := db.Count(ctx, d, `SELECT count(*) FROM receipts WHERE id = $1 AND user_id = $2`, f[2], f[1])
		if err != nil {
			t.Fatal(err)
		}
		if n != 1 {
			t.Errorf("%s: acknowledged and lost", line)
		}
		acts, err := db.Count(ctx, d, `SELECT count(*) FROM audit WHERE target = $1 AND act = 'organization.leave' AND result = 'done'`, f[1])
		if err != nil {
			t.Fatal(err)
		}
		receipts, err := db.Count(ctx, d, `SELECT count(*) FROM receipts WHERE user_id = $1`, f[1])
		if err != nil {
			t.Fatal(err)
		}
		if acts != receipts {
			t.Errorf("user %s: %d receipts, %d rows in the audit log", f[1], receipts, acts)
		}
	}
}
