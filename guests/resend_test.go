package guests

import (
	"strconv"
	"sync"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
)

func (w *world) liveLinks(userID string) int {
	w.t.Helper()
	return w.count(`SELECT count(*) FROM links WHERE user_id = $1 AND used_at IS NULL`, userID)
}

func TestResend(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		u, err := w.f.Add(w.ctx, w.sam, w.contoso, NewGuest{Address: annAddress, Language: "nl", Message: "Tot ziens"})
		w.must(err)
		again, err := w.f.Resend(w.ctx, w.gil, w.contoso, u.ID)
		w.must(err)
		if again.ID != u.ID || w.liveLinks(u.ID) != 1 || w.audited("guest.resend", u.ID, "done") != 1 {
			t.Errorf("resent %s, %d live links", again.ID, w.liveLinks(u.ID))
		}
		list := w.letters()
		if len(list) != 2 || list[1].Language != "nl" || list[1].Button.URL == list[0].Button.URL {
			t.Fatalf("the letters are %+v", list)
		}
		_, err = w.f.Resend(w.ctx, w.rea, w.contoso, u.ID)
		w.refused(err, fault.Forbidden, "role_missing")
		_, err = w.f.Resend(w.ctx, w.sam, w.fabrikam, u.ID)
		w.refused(err, fault.NotFound, "not_found")
		_, err = w.f.Resend(w.ctx, actor.OperatorActor(), w.fabrikam, u.ID)
		w.refused(err, fault.NotFound, "not_found")
		_, err = w.f.Resend(w.ctx, w.sam, w.contoso, w.gil.UserID)
		w.refused(err, fault.Conflict, "not_pending")

		w.must(w.f.Directory.Disable(w.ctx, w.sam, w.contoso, u.ID))
		_, err = w.f.Resend(w.ctx, w.sam, w.contoso, u.ID)
		w.refused(err, fault.Conflict, "disabled")
		w.must(w.f.Directory.Enable(w.ctx, w.sam, w.contoso, u.ID))
		_, err = w.f.Accept(w.ctx, w.ann, u.ID)
		w.must(err)
		_, err = w.f.Resend(w.ctx, w.sam, w.contoso, u.ID)
		w.refused(err, fault.Conflict, "not_pending")
		if n := len(w.letters()); n != 2 {
			t.Errorf("%d letters, want 2", n)
		}
	})
}

// When an organization verifies the domain of an address, the people of that
// organization are meant from the next letter on.
func TestResend_domainVerifiedMeanwhile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		u := w.invite("lin@litware.example")
		litware := w.tenant("Litware", "litware.example")
		lin := person(w.member(litware, "Lin", "lin"))
		_, err := w.f.Accept(w.ctx, lin, u.ID)
		w.refused(err, fault.NotFound, "not_found")
		other, err := w.f.Add(w.ctx, w.sam, w.contoso, NewGuest{Address: "lin@litware.example"})
		w.refused(err, fault.Conflict, "already_invited")
		if other.ID != u.ID {
			t.Errorf("in the way is %q", other.ID)
		}
		_, err = w.f.Resend(w.ctx, w.sam, w.contoso, u.ID)
		w.must(err)
		_, err = w.f.Accept(w.ctx, lin, u.ID)
		w.must(err)
	})
}

// Past a limit the answer is the same, no letter goes out, and the link of the
// last letter lives on.
func TestResend_limits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		u := w.invite(annAddress)
		for range 6 {
			_, err := w.f.Resend(w.ctx, w.gil, w.contoso, u.ID)
			w.must(err)
		}
		list := w.letters()
		if len(list) != 5 || w.liveLinks(u.ID) != 1 {
			t.Fatalf("%d letters in an hour, %d live links", len(list), w.liveLinks(u.ID))
		}
		// The address counts wherever the invitation comes from.
		_, err := w.f.Add(w.ctx, actor.OperatorActor(), w.tenant("Relecloud", "relecloud.example"), NewGuest{Address: "Ann@fabrikam.example"})
		w.must(err)
		if n := len(w.letters()); n != 5 {
			t.Errorf("%d letters", n)
		}
		w.d.SetShift(time.Hour + time.Second)
		_, err = w.f.Resend(w.ctx, w.gil, w.contoso, u.ID)
		w.must(err)
		if n := len(w.letters()); n != 6 {
			t.Errorf("%d letters after an hour", n)
		}
	})
}

func TestAdd_limits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		n := 0
		letters := func(who actor.Actor) int {
			t.Helper()
			before := len(w.letters())
			n++
			u, err := w.f.Add(w.ctx, who, w.contoso, NewGuest{Address: "g" + strconv.Itoa(n) + "@post.example"})
			w.must(err)
			if w.user(u.ID).ExternalState != directory.Pending {
				t.Errorf("guest %d does not wait", n)
			}
			return len(w.letters()) - before
		}
		if letters(w.gil) != 1 {
			t.Fatal("the first letter did not go out")
		}
		w.exec(`UPDATE counters SET count = 50 WHERE name = $1`, "mail-user:"+w.gil.UserID)
		if letters(w.gil) != 0 || letters(w.sam) != 1 || letters(actor.OperatorActor()) != 1 {
			t.Error("the inviter's limit holds for nobody, or for others")
		}
		if got := w.count(`SELECT count FROM counters WHERE name = $1`, "mail-tenant:"+w.contoso); got != 3 {
			t.Errorf("an inviter at their end used up the organization's: %d", got)
		}
		w.exec(`UPDATE counters SET count = 500 WHERE name = $1`, "mail-tenant:"+w.contoso)
		if letters(w.sam) != 0 || letters(actor.OperatorActor()) != 0 {
			t.Error("the organization's limit does not hold")
		}
		w.d.SetShift(time.Hour + time.Second)
		if letters(w.gil) != 1 {
			t.Error("an hour later nothing goes out")
		}
	})
}

func TestResend_limitUnderConcurrency(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		u := w.invite(annAddress)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if _, err := w.f.Resend(w.ctx, w.sam, w.contoso, u.ID); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := len(w.letters()); n != 5 {
			t.Errorf("%d letters, want 5", n)
		}
		if w.liveLinks(u.ID) != 1 {
			t.Errorf("%d live links", w.liveLinks(u.ID))
		}
	})
}
