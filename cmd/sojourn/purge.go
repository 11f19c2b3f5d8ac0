package main

import (
	"fmt"
	"sync/atomic"
)

type purgeCommand struct {
	DryRun       bool `name:"dry-run" help:"Only say how many are due."`
	ClockIsRight bool `name:"clock-is-right" help:"Purge although the clock has jumped: you have checked it."`
}

func (purgeCommand) Help() string {
	return `When the clock has jumped by more than two days, nothing is purged until it has been
steady for a day, or until you say that it is right.

Examples:
  sojourn purge --dry-run
  sojourn purge
  sojourn purge --clock-is-right`
}

// Run purges what is due.
func (c purgeCommand) Run(e *env) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	due, err := a.Directory.Due(e.ctx)
	if err != nil {
		return err
	}
	if c.DryRun {
		_, err := fmt.Fprintf(e.out, "%d due to be deleted permanently.\n", due)
		return err
	}
	if c.ClockIsRight {
		err = a.Directory.TrustClock(e.ctx, operator)
	} else {
		err = a.Directory.Beat(e.ctx)
	}
	if err != nil {
		return err
	}
	var done atomic.Int64
	end := progress(e.err, "Purging", func() (int64, int64) { return done.Load(), int64(due) })
	n, err := a.Directory.Purge(e.ctx, func(n int) { done.Store(int64(n)) })
	end()
	if err == nil || n > 0 {
		fmt.Fprintf(e.out, "%d deleted permanently.\n", n)
	}
	return err
}
