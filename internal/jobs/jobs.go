package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// Job is one thing to do again and again.
type Job struct {
	Name  string // of the lease too: never used for another job
	Every time.Duration
	// Do does it once. When its context ends it stops soon. Its error is logged
	// as it stands: it holds ids and codes, nothing personal.
	Do func(ctx context.Context) error
}

// A lease lasts for leaseFor and is renewed each third of it.
const leaseFor = 30 * time.Second

// Run does the jobs at their intervals until ctx ends and every job has stopped.
func Run(ctx context.Context, d *db.DB, ids id.Source, log *slog.Logger, all []Job) {
	run(ctx, d, ids, log, all, leaseFor)
}

func run(ctx context.Context, d *db.DB, ids id.Source, log *slog.Logger, all []Job, leaseFor time.Duration) {
	if log == nil {
		log = slog.Default()
	}
	owner := ids.New()
	var running sync.WaitGroup
	for _, j := range all {
		r := &runner{job: j, db: d, log: log.With("job", j.Name), owner: owner, leaseFor: leaseFor}
		running.Go(func() { r.run(ctx) })
	}
	running.Wait()
}

// runner is one job on this replica.
type runner struct {
	job      Job
	db       *db.DB
	log      *slog.Logger
	owner    string
	leaseFor time.Duration
}

// run keeps process time: a clock that somebody moves neither hurries nor
// stops it. Turns are spread, so that replicas started together part.
func (r *runner) run(ctx context.Context) {
	timer := time.NewTimer(rand.N(min(r.job.Every, 2*time.Second) + 1))
	defer timer.Stop()
	defer r.leave(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		wait := r.job.Every*9/10 + rand.N(r.job.Every/5+1)
		if unavailable(r.turn(ctx)) {
			wait = min(wait, soon/2+rand.N(soon))
		}
		timer.Reset(wait)
	}
}

func (r *runner) leave(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := release(ctx, r.db, r.job.Name, r.owner); err != nil {
		r.log.Warn("job: lease not given back", "error", err)
	}
}

// soon is when a turn that the database refused is made up for: an hour would be
// long for a server that was only restarted.
const soon = 10 * time.Second

func unavailable(err error) bool {
	f, ok := fault.Of(err)
	return ok && f.Kind == fault.Unavailable
}

// turn does the job once if the lease is to be had.
func (r *runner) turn(ctx context.Context) error {
	now := r.db.Now()
	mine, err := take(ctx, r.db, r.job.Name, r.owner, now, now.Add(r.leaseFor), now.Add(r.keptFor()+time.Minute))
	if err != nil {
		if ctx.Err() == nil {
			r.log.Error("job: no lease", "error", err)
		}
		return err
	}
	if !mine {
		return nil
	}
	working, stop := context.WithCancelCause(ctx)
	var renewing sync.WaitGroup
	renewing.Go(func() { r.renew(working, stop) })
	err = r.once(working)
	lost := errors.Is(context.Cause(working), errLost)
	stop(nil)
	renewing.Wait()
	switch {
	case lost:
		r.log.Warn("job: stopped, its lease was lost", "error", err)
		return err
	case err != nil && ctx.Err() == nil:
		r.log.Error("job: failed", "error", err)
	}
	until := r.db.Now().Add(r.keptFor())
	if _, err := extend(context.WithoutCancel(ctx), r.db, r.job.Name, r.owner, until); err != nil {
		r.log.Warn("job: lease not kept", "error", err)
	}
	return err
}

// keptFor is how long the others stand back after a turn: until this replica
// has missed its next one.
func (r *runner) keptFor() time.Duration { return r.job.Every*3/2 + r.leaseFor }

// once turns a panic into an error; what was panicked with may be personal, so
// only its type is told.
func (r *runner) once(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			r.log.Error("job: panic", "type", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			err = errors.New("panic")
		}
	}()
	return r.job.Do(ctx)
}

var errLost = errors.New("jobs: the lease was lost")

// renew keeps the lease while the job runs, and ends the job's context before
// anybody else could take the lease.
func (r *runner) renew(ctx context.Context, stop context.CancelCauseFunc) {
	ticker := time.NewTicker(r.leaseFor / 3)
	defer ticker.Stop()
	renewed := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		asked := time.Now()
		trying, cancel := context.WithTimeout(ctx, r.leaseFor/3)
		mine, err := extend(trying, r.db, r.job.Name, r.owner, r.db.Now().Add(r.leaseFor))
		cancel()
		switch {
		case ctx.Err() != nil:
			return
		case err == nil && mine:
			renewed = asked
		case err == nil, time.Since(renewed) > r.leaseFor*2/3:
			stop(errLost)
			return
		}
	}
}
