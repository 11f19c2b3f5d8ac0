package guests

import (
	"testing"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
)

func TestDecline(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		u := w.invite(patAddress)
		_, err := w.f.Decline(w.ctx, w.ann, u.ID)
		w.refused(err, fault.NotFound, "not_found")
		from := w.pat
		from.Address, from.Agent = "192.0.2.7", "Mozilla/5.0"
		for range 2 {
			tenant, err := w.f.Decline(w.ctx, from, u.ID)
			if err != nil || tenant.Name != "Contoso" {
				t.Fatalf("%+v, %v", tenant, err)
			}
		}
		for _, table := range []string{"users WHERE id", "links WHERE user_id", "user_words WHERE user_id", "audit_details WHERE subject"} {
			if n := w.count(`SELECT count(*) FROM `+table+` = $1`, u.ID); n != 0 {
				t.Errorf("%d rows stayed in %s", n, table)
			}
		}
		if n := w.count(`SELECT count(*) FROM tombstones WHERE user_id = $1 AND reason = 'declined' AND tenant_id = $2`, u.ID, w.contoso); n != 1 {
			t.Error("no tombstone")
		}
		if n := w.audited("guest.decline", u.ID, "done"); n != 1 {
			t.Errorf("%d audit rows, want 1", n)
		}
		if n := w.count(`SELECT count(*) FROM audit WHERE act = 'guest.decline' AND tenant_id = $1 AND actor_id = $2 AND target = $2`, w.contoso, u.ID); n != 1 {
			t.Error("the organization does not read that the one it invited has declined")
		}
		if n := w.count(`SELECT count(*) FROM audit_details WHERE subject = $1`, w.pat.AccountID); n != 1 {
			t.Errorf("%d details go with the account, want 1", n)
		}
		_, err = w.f.Decline(w.ctx, w.ann, u.ID)
		w.refused(err, fault.NotFound, "not_found")
		_, err = w.f.Accept(w.ctx, w.pat, u.ID)
		w.refused(err, fault.NotFound, "not_found")

		again := w.invite(patAddress) // nothing of the declined one is in the way
		_, err = w.f.Accept(w.ctx, w.pat, again.ID)
		w.must(err)
		_, err = w.f.Decline(w.ctx, w.pat, again.ID)
		w.refused(err, fault.Conflict, "already_accepted")
	})
}

// Who is disabled or whose organization is closed can still say no.
func TestDecline_whereNothingCanBeAccepted(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	u := w.invite(patAddress)
	w.must(w.f.Directory.Disable(w.ctx, w.sam, w.contoso, u.ID))
	w.must(w.f.Directory.CloseTenant(w.ctx, actor.OperatorActor(), w.contoso))
	_, err := w.f.Decline(w.ctx, w.pat, u.ID)
	w.must(err)
}

func TestDecline_legalHold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		u := w.invite(patAddress)
		w.must(w.f.Directory.Hold(w.ctx, actor.OperatorActor(), w.contoso, u.ID, "case 7"))
		_, err := w.f.Decline(w.ctx, w.pat, u.ID)
		w.must(err)
		if got := w.user(u.ID); got.Live() || got.DeletedKind != directory.Left {
			t.Errorf("the held user is %+v", got)
		}
	})
}
