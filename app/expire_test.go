package app_test

import (
	"context"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

// After a jump of the clock no invitation expires until a day of steady beats has
// passed or the operator has vouched for it.
func TestExpireInvitations_clock(t *testing.T) {
	const day = 24 * time.Hour
	for name, believe := range map[string]func(t *testing.T, p *sojourntest.Portal){
		"a day of beats": func(t *testing.T, p *sojourntest.Portal) {
			for range 25 {
				if err := p.App.Directory.Beat(context.Background()); err != nil {
					t.Fatal(err)
				}
				p.App.DB.SetShift(p.App.DB.Shift() + time.Hour)
			}
		},
		"the operator's word": func(t *testing.T, p *sojourntest.Portal) {
			if err := p.App.Directory.TrustClock(context.Background(), actor.OperatorActor()); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				p := sojourntest.StartOn(t, d)
				ctx, dir := context.Background(), p.App.Directory
				if err := dir.TrustClock(ctx, actor.OperatorActor()); err != nil {
					t.Fatal(err)
				}
				if err := dir.ExpireInvitations(ctx); err != nil {
					t.Fatal(err)
				}
				waiting := func() int {
					t.Helper()
					n, err := db.Count(ctx, d, `SELECT count(*) FROM users WHERE account_id IS NULL AND external_state = 'PendingAcceptance' AND deleted_at IS NULL AND hold_at IS NULL`)
					if err != nil {
						t.Fatal(err)
					}
					return n
				}
				before := waiting()
				if before == 0 {
					t.Fatal("nobody is invited")
				}
				d.SetShift(directory.InvitationLife + day)
				if err := dir.ExpireInvitations(ctx); !fault.Is(err, "clock_jumped") || waiting() != before {
					t.Fatalf("expired by a clock that had jumped: %d of %d wait, %v", waiting(), before, err)
				}
				believe(t, p)
				if err := dir.ExpireInvitations(ctx); err != nil || waiting() != 0 {
					t.Errorf("%d still wait, %v", waiting(), err)
				}
			})
		})
	}
}
