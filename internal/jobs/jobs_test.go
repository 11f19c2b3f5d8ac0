package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/id"
	"sojourn/internal/jobs"
)

// logged is a log that may be read while it is written.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// replica runs jobs until the test, or the returned function, stops it.
func replica(t *testing.T, d *db.DB, leaseFor time.Duration, all ...jobs.Job) (stop func(), log *logged) {
	t.Helper()
	log = &logged{}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		jobs.RunWithLease(ctx, d, id.System, slog.New(slog.NewTextHandler(log, nil)), all, leaseFor)
	}()
	stop = func() {
		cancel()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			t.Error("the jobs did not stop")
		}
	}
	t.Cleanup(stop)
	return stop, log
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("never: " + what)
}

// holder counts who is at work, and that nobody joins them.
type holder struct {
	working, turns, together atomic.Int64
}

func (h *holder) job(name string, lasts time.Duration) jobs.Job {
	return jobs.Job{Name: name, Every: 5 * time.Millisecond, Do: func(context.Context) error {
		if h.working.Add(1) > 1 {
			h.together.Add(1)
		}
		time.Sleep(lasts)
		h.working.Add(-1)
		h.turns.Add(1)
		return nil
	}}
}

func TestRun_neverTwoAtOnce(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		var h holder
		first, _ := replica(t, dbtest.Connect(t, source), 3*time.Second, h.job("work", 3*time.Millisecond))
		second, _ := replica(t, dbtest.Connect(t, source), 3*time.Second, h.job("work", 3*time.Millisecond))
		eventually(t, "20 turns", func() bool { return h.turns.Load() >= 20 })
		first() // and the other goes on
		so := h.turns.Load()
		eventually(t, "10 more turns", func() bool { return h.turns.Load() >= so+10 })
		second()
		if n := h.together.Load(); n > 0 {
			t.Errorf("%d turns began while another was at work", n)
		}
	})
}

// A job that lasts longer than its lease keeps it.
func TestRun_renews(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		var h holder
		for range 2 {
			replica(t, dbtest.Connect(t, source), 600*time.Millisecond, h.job("long", 1500*time.Millisecond))
		}
		eventually(t, "two turns", func() bool { return h.turns.Load() >= 2 })
		if n := h.together.Load(); n > 0 {
			t.Errorf("%d turns began while another was at work", n)
		}
	})
}

func seize(t *testing.T, d *db.DB, name string, until time.Time) {
	t.Helper()
	_, err := d.Exec(context.Background(), `
		INSERT INTO leases (name, owner, until) VALUES ($1, 'somebody else', $2)
		ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until`, name, db.Micros(until))
	if err != nil {
		t.Fatal(err)
	}
}

func TestRun_takesOverAfterExpiry(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var h holder
		seize(t, d, "work", d.Now().Add(20*time.Second)) // and its holder died
		replica(t, d, 30*time.Second, h.job("work", 0))
		time.Sleep(100 * time.Millisecond)
		if n := h.turns.Load(); n > 0 {
			t.Fatalf("%d turns under another's lease", n)
		}
		d.SetShift(time.Minute)
		eventually(t, "a turn after the lease", func() bool { return h.turns.Load() > 0 })
	})
}

func TestRun_mistrustsALeaseOfAWrongClock(t *testing.T) {
	d := dbtest.Open(t)
	var h holder
	seize(t, d, "work", d.Now().AddDate(1, 0, 0))
	replica(t, d, 30*time.Second, h.job("work", 0))
	eventually(t, "a turn", func() bool { return h.turns.Load() > 0 })
}

func TestRun_lostLeaseEndsTheJob(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ended := make(chan error, 1)
		var begun atomic.Bool
		_, log := replica(t, d, 90*time.Millisecond, jobs.Job{Name: "work", Every: time.Millisecond, Do: func(ctx context.Context) error {
			begun.Store(true)
			<-ctx.Done()
			select {
			case ended <- ctx.Err():
			default:
			}
			return ctx.Err()
		}})
		eventually(t, "a turn", begun.Load)
		seize(t, d, "work", d.Now().Add(20*time.Second))
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			t.Fatal("the job goes on without its lease")
		}
		eventually(t, "a line in the log", func() bool { return strings.Contains(log.String(), "lease was lost") })
	})
}

func TestRun_panicsAndErrorsAreLoggedAndForgiven(t *testing.T) {
	d := dbtest.Open(t)
	var turns, others atomic.Int64
	_, log := replica(t, d, 300*time.Millisecond,
		jobs.Job{Name: "shaky", Every: time.Millisecond, Do: func(context.Context) error {
			switch turns.Add(1) {
			case 1:
				panic("noor@contoso.example")
			case 2:
				return errors.New("no_tenant")
			}
			return nil
		}},
		jobs.Job{Name: "steady", Every: time.Millisecond, Do: func(context.Context) error { others.Add(1); return nil }},
	)
	eventually(t, "three turns of both", func() bool { return turns.Load() >= 3 && others.Load() >= 3 })
	text := log.String()
	if !strings.Contains(text, "job: panic") || !strings.Contains(text, "job=shaky") || !strings.Contains(text, "no_tenant") {
		t.Errorf("the log lacks the panic or the error:\n%s", text)
	}
	if strings.Contains(text, "noor@") {
		t.Errorf("the log tells what was panicked with:\n%s", text)
	}
}

func TestRun_stopsGracefully(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var begun, cleaned atomic.Bool
		stop, log := replica(t, d, 300*time.Millisecond, jobs.Job{Name: "work", Every: time.Hour / 1000, Do: func(ctx context.Context) error {
			begun.Store(true)
			<-ctx.Done()
			time.Sleep(20 * time.Millisecond)
			cleaned.Store(true)
			return ctx.Err()
		}})
		eventually(t, "a turn", begun.Load)
		stop()
		if !cleaned.Load() {
			t.Error("Run returned before the job")
		}
		if n, err := db.Count(context.Background(), d, "SELECT count(*) FROM leases"); err != nil || n != 0 {
			t.Errorf("%d leases left, %v", n, err)
		}
		if log.String() != "" {
			t.Errorf("stopping is no error:\n%s", log.String())
		}
	})
}
