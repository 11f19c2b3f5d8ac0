package reset_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/sources"
	"sojourn/securityinfo"
	"sojourn/sojourntest"
)

// fading is a request whose sender goes away when it has been asked for so many times.
type fading struct {
	context.Context
	left atomic.Int64
	end  context.CancelFunc
}

func fadingAfter(n int64) *fading {
	ctx, end := context.WithCancel(context.Background())
	f := &fading{Context: ctx, end: end}
	f.left.Store(n)
	return f
}

func (f *fading) tick() {
	if f.left.Add(-1) == 0 {
		f.end()
	}
}

func (f *fading) Done() <-chan struct{} { f.tick(); return f.Context.Done() }
func (f *fading) Err() error            { f.tick(); return f.Context.Err() }

// Wherever a proof breaks off, its source has its place again: the next one is let in.
func TestReset_brokenOff(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		info := p.App.SecurityInfo
		b := p.Browser()
		begin(b, sato)
		send(b, "email", "Email me a code", satosMail)
		secret, browser := cookie(t, b), formKey(t, p)
		info.Tries = &sources.Limiter{Limits: sources.Limits{AtOnce: 1}}
		from := actor.Actor{Address: "203.0.113.7"}
		step := int64(1)
		if strings.HasSuffix(t.Name(), "postgres") { // a query looks more often there, and breaking one off takes long
			step = 4
		}
		for n := int64(1); ; n += step {
			ctx := fadingAfter(n)
			err := info.ProveReset(ctx, from, secret, browser, securityinfo.ByEmail, securityinfo.Shown{Code: wrongOf(mailed(p, satosMail))})
			ctx.end()
			if fault.Is(err, sources.Code) {
				t.Fatalf("broken off after %d looks, the source is shut out", n-1)
			}
			if fault.Is(err, "wrong_proof") && ctx.left.Load() > 0 { // it went through
				break
			}
			if n > 5000 {
				t.Fatalf("it never goes through: %v", err)
			}
		}
	})
}

// Tries at nothing, however many and in however many resets, leave next to nothing: no
// row in the log, and no counter once the resets are over.
func TestReset_nothingToGuess(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		ctx, info := context.Background(), p.App.SecurityInfo
		rows := func() int {
			t.Helper()
			n, err := db.Count(ctx, p.App.DB, `SELECT count(*) FROM audit WHERE act = 'password.reset'`)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		before := rows()
		ways := []securityinfo.ResetWay{securityinfo.ByEmail, securityinfo.ByText, securityinfo.ByApp, securityinfo.ByMobileCall}
		for n := range 200 {
			name := []string{sato, odile, nobody}[n%3]
			secret, err := info.BeginReset(ctx, stranger, "browser", name)
			if err != nil {
				t.Fatal(err)
			}
			err = info.ProveReset(ctx, stranger, secret, "browser", ways[n%len(ways)], securityinfo.Shown{Code: "123456"})
			if !fault.Is(err, "wrong_proof") {
				t.Fatal(err)
			}
		}
		if n := rows() - before; n > 5 { // of the app, which there is something to guess of
			t.Errorf("200 tries left %d rows in the log, want at most 5", n)
		}
		if n := counters(t, p, "reset-flow:"); n == 0 {
			t.Error("tries at nothing are not counted")
		}
		p.App.DB.SetShift(16 * time.Minute)
		if err := info.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if n := counters(t, p, "reset-flow:"); n != 0 {
			t.Errorf("%d tries are counted of resets that are over", n)
		}
		if n := counters(t, p, "reset:"); n == 0 {
			t.Error("what counts for an account was forgotten with them")
		}
	})
}
