package requests_test

import (
	"sync"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/requests"
)

func TestRemoval(t *testing.T) {
	each(t, func(w *world) {
		northwind := w.Tenant("northwind.example")
		id := w.asked(noor, requests.Removal, "northwind.example")
		if again := w.asked(noor, requests.Removal, "northwind.example"); again != id {
			t.Error("asking again opened another one")
		}
		if n := w.mailsTo(juergen, "A request to Northwind Traders & Søn needs an answer"); n != 1 {
			t.Errorf("%d mails to the administrator, want 1", n)
		}
		jw := w.Administrator(juergen, "northwind.example")
		for name, who := range map[string]actor.Actor{"Sam": w.Administrator(sam, "contoso.example"), "Noor": w.Self(noor)} {
			if err := w.f.Approve(w.ctx, who, northwind.ID, id, ""); err == nil {
				t.Errorf("%s approved", name)
			}
		}
		w.refused(w.f.Approve(w.ctx, w.Administrator(sam, "contoso.example"), w.Tenant("contoso.example").ID, id, ""), "not_found")
		w.must(w.f.Approve(w.ctx, jw, northwind.ID, id, "Goodbye."))
		v := w.one(noor, id)
		if v.State != requests.Approved || v.ReceiptID == "" || v.DecidedName != "Jürgen Weiß" || v.Answer != "Goodbye." {
			t.Errorf("it reads %+v", v.Request)
		}
		if r, err := w.App.Organizations.Receipt(w.ctx, w.Self(noor), v.ReceiptID); err != nil || r.TenantID != northwind.ID || !r.Granted {
			t.Errorf("the receipt: %+v, %v", r, err)
		}
		if u := w.Left(noor, "northwind.example"); u.DeletedKind != directory.ByAdministrator {
			t.Errorf("deleted as %s", u.DeletedKind)
		}
		w.refused(w.f.Approve(w.ctx, jw, northwind.ID, id, ""), "request_closed")
		w.refused(w.f.Withdraw(w.ctx, w.Self(noor), id), "request_closed")
		for _, act := range []string{"request.open", "request.approve"} {
			if n := w.count(`SELECT count(*) FROM audit WHERE act = $1 AND other = $2 AND tenant_id = $3 AND result = 'done'`, act, id, northwind.ID); n != 1 {
				t.Errorf("%s: %d rows", act, n)
			}
		}
		account := w.Self(noor).AccountID
		if n := w.count(`SELECT count(*) FROM audit WHERE tenant_id = $1 AND (actor_id = $2 OR target = $2)`, northwind.ID, account); n != 0 {
			t.Error("the organization learns the id of an account")
		}
	})
}

func TestDecline_andRest(t *testing.T) {
	each(t, func(w *world) {
		northwind := w.Tenant("northwind.example").ID
		id := w.asked(noor, requests.Removal, "northwind.example")
		w.refused(w.f.Decline(w.ctx, w.Administrator(juergen, "northwind.example"), northwind, id, "  "), "text_missing")
		w.must(w.f.Decline(w.ctx, w.Administrator(juergen, "northwind.example"), northwind, id, "Not yet."))
		if n := w.mailsTo(noor, "Northwind Traders & Søn declined your request"); n != 1 {
			t.Errorf("%d mails", n)
		}
		if v := w.one(noor, id); v.Answer != "Not yet." || v.State != requests.Declined {
			t.Errorf("it reads %+v", v.Request)
		}
		_, err := w.ask(noor, requests.Removal, "northwind.example")
		w.refused(err, "declined_lately")
		w.asked(noor, requests.Report, "northwind.example") // another kind does not rest
		w.later(30*24*time.Hour + time.Minute)
		if again := w.asked(noor, requests.Removal, "northwind.example"); again == id {
			t.Error("the declined one was opened again")
		}
	})
}

func TestDecide_rank(t *testing.T) {
	each(t, func(w *world) {
		contoso, op := w.Tenant("contoso.example").ID, actor.OperatorActor()
		w.must(w.App.Directory.Grant(w.ctx, op, contoso, w.User(noor, "contoso.example").ID, directory.PrivacyAdministrator))
		own := w.asked(noor, requests.Removal, "contoso.example")
		w.refused(w.f.Approve(w.ctx, w.Administrator(noor, "contoso.example"), contoso, own, ""), "own_request")
		w.refused(w.f.Approve(w.ctx, w.Administrator(ursula, "contoso.example"), contoso, own, ""), "rank_too_low")
		ann := w.asked("ann.lee@fabrikam.example", requests.Report, "contoso.example")
		w.refused(w.f.Approve(w.ctx, w.Administrator(ursula, "contoso.example"), contoso, ann, "x"), "not_found")
		w.refused(w.f.Approve(w.ctx, w.Administrator(noor, "contoso.example"), contoso, ann, ""), "text_missing")
		w.must(w.f.Approve(w.ctx, w.Administrator(noor, "contoso.example"), contoso, ann, "You work with us."))
		if n := w.mailsTo("ann.lee@fabrikam.example", "Contoso Ltd answered your request"); n != 1 {
			t.Errorf("%d mails", n)
		}
		q, err := w.f.Queue(w.ctx, roles(w.Administrator(ursula, "contoso.example"), directory.UserAdministrator), contoso, requests.Filter{}, directory.Cursor{})
		w.must(err)
		for _, r := range q.Requests {
			if r.Kind != requests.Removal && r.Kind != requests.Restore {
				t.Errorf("a User Administrator sees a request of kind %s", r.Kind)
			}
		}
		w.must(w.f.Approve(w.ctx, w.Administrator(sam, "contoso.example"), contoso, own, ""))
		if n := w.count(`SELECT count(*) FROM audit WHERE act = 'request.approve' AND result = 'refused' AND reason = 'own_request'`); n != 1 {
			t.Errorf("%d rows of the refused try", n)
		}
	})
}

func roles(a actor.Actor, list ...directory.Role) actor.Actor {
	for _, r := range list {
		a.Roles = append(a.Roles, string(r))
	}
	return a
}

// Of two answers at once one counts.
func TestDecide_onceUnderConcurrency(t *testing.T) {
	each(t, func(w *world) {
		northwind, jw := w.Tenant("northwind.example").ID, w.Administrator(juergen, "northwind.example")
		id := w.asked(noor, requests.Removal, "northwind.example")
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				err := w.f.Decline(w.ctx, jw, northwind, id, "No.")
				if i%2 == 0 {
					err = w.f.Approve(w.ctx, jw, northwind, id, "")
				}
				if _, told := fault.Of(err); err != nil && !told {
					t.Error(err)
				}
			})
		}
		all.Wait()
		done := w.count(`SELECT count(*) FROM audit WHERE act IN ('request.approve', 'request.decline') AND other = $1 AND result = 'done'`, id)
		events := w.count(`SELECT count(*) FROM request_events WHERE request_id = $1 AND what IN ('approved', 'declined')`, id)
		if done != 1 || events != 1 {
			t.Errorf("decided %d times, %d events", done, events)
		}
	})
}

func TestRestore(t *testing.T) {
	each(t, func(w *world) {
		fabrikam, ann := w.Tenant("fabrikam.example").ID, "ann.lee@fabrikam.example"
		_, err := w.App.Organizations.Leave(w.ctx, w.Self(noor), fabrikam)
		w.must(err)
		id := w.asked(noor, requests.Restore, "fabrikam.example")
		v := w.one(noor, id)
		if purge := w.Left(noor, "fabrikam.example").PurgeAt; v.DueAt.After(purge) {
			t.Errorf("due on %s, after the purge on %s", v.DueAt, purge)
		}
		w.must(w.f.Approve(w.ctx, w.Administrator(ann, "fabrikam.example"), fabrikam, id, ""))
		if !w.User(noor, "fabrikam.example").Live() || w.one(noor, id).State != requests.Approved {
			t.Error("Noor is not back")
		}
	})
}

func TestRestore_conflict(t *testing.T) {
	each(t, func(w *world) {
		tomas, rik := "tomas@litware.example", "rik.achterberg@woodgrove.example"
		// Tomas was deleted, asked, and came back by a new invitation.
		woodgrove := w.Tenant("woodgrove.example").ID
		live := w.User(tomas, "woodgrove.example")
		w.must(w.App.Directory.Delete(w.ctx, actor.OperatorActor(), woodgrove, live.ID))
		id := w.asked(tomas, requests.Restore, "woodgrove.example")
		old := w.one(tomas, id).UserID
		if old != live.ID {
			t.Fatalf("it is about %s, want the one deleted last", old)
		}
		other := w.count(`SELECT count(*) FROM users WHERE account_id = $1 AND tenant_id = $2 AND id <> $3`, live.AccountID, woodgrove, live.ID)
		if other != 1 {
			t.Fatalf("%d other users", other)
		}
		first, err := db.One(w.ctx, w.App.DB, db.Text, `SELECT id FROM users WHERE account_id = $1 AND tenant_id = $2 AND id <> $3`, live.AccountID, woodgrove, live.ID)
		w.must(err)
		_, err = w.App.Directory.Restore(w.ctx, actor.OperatorActor(), woodgrove, first, directory.Ask)
		w.must(err)
		w.refused(w.f.Approve(w.ctx, w.Administrator(rik, "woodgrove.example"), woodgrove, id, ""), "restore_conflict")
		_, err = w.App.Directory.Restore(w.ctx, actor.OperatorActor(), woodgrove, old, directory.Merge)
		w.must(err)
		if v := w.one(tomas, id); v.State != requests.Met {
			t.Errorf("after the conflict was resolved it is %s", v.State)
		}
	})
}

func TestData(t *testing.T) {
	each(t, func(w *world) {
		alnoor, op := w.Tenant("alnoor.example").ID, actor.OperatorActor()
		admin := "noorulhuda@alnoor.example"
		self := w.Self(sam)
		w.must(w.App.Directory.Connect(w.ctx, op, alnoor, self.AccountID))
		id := w.asked(sam, requests.Data, "alnoor.example")
		boss := w.Administrator(admin, "alnoor.example")
		c, err := w.f.Case(w.ctx, roles(boss, directory.GlobalAdministrator), alnoor, id)
		w.must(err)
		if c.Name != "Sam Rivera" || c.Address != sam {
			t.Errorf("the administrator sees %q, %q", c.Name, c.Address)
		}
		w.must(w.f.Note(w.ctx, boss, alnoor, id, "Sam of the harbour"))
		stale := boss
		stale.ProvedAt = w.App.DB.Now().Add(-time.Hour)
		w.refused(w.f.Approve(w.ctx, stale, alnoor, id, ""), "proof_needed")
		w.must(w.f.Approve(w.ctx, boss, alnoor, id, ""))
		if _, found, err := directory.ConnectionOf(w.ctx, w.App.DB, alnoor, self.AccountID); err != nil || found {
			t.Errorf("the connection stands: %t, %v", found, err)
		}
		c, err = w.f.Case(w.ctx, roles(boss, directory.GlobalAdministrator), alnoor, id)
		w.must(err)
		if c.Name != "" || c.Address != "" || c.Text != "" {
			t.Errorf("after erasing the administrator sees %q, %q, %q", c.Name, c.Address, c.Text)
		}
		if v := w.one(sam, id); v.State != requests.Approved {
			t.Errorf("Sam sees %s", v.State)
		}
		if n := w.count(`SELECT count(*) FROM audit_details WHERE subject = $1`, id); n != 0 {
			t.Error("details of the request stay")
		}
		if n := w.count(`SELECT count(*) FROM request_events WHERE request_id = $1 AND text LIKE '%harbour%'`, id); n != 0 {
			t.Error("the note stays")
		}
	})
}

func TestExtend(t *testing.T) {
	each(t, func(w *world) {
		northwind, jw := w.Tenant("northwind.example").ID, w.Administrator(juergen, "northwind.example")
		id := w.asked(noor, requests.Removal, "northwind.example")
		due := w.one(noor, id).DueAt
		w.refused(w.f.Extend(w.ctx, jw, northwind, id, time.Time{}, ""), "invalid")
		w.refused(w.f.Extend(w.ctx, jw, northwind, id, due.AddDate(0, 3, 0), "Why."), "invalid")
		w.must(w.f.Extend(w.ctx, jw, northwind, id, due.AddDate(0, 1, 0), "We ask the project."))
		v := w.one(noor, id)
		if !v.DueAt.After(due) || v.Extension != "We ask the project." {
			t.Errorf("it reads %+v", v.Request)
		}
		if n := w.mailsTo(noor, "needs more time"); n != 1 {
			t.Errorf("%d mails", n)
		}
		w.refused(w.f.Extend(w.ctx, jw, northwind, id, v.DueAt.AddDate(0, 0, 2), "Again."), "extended_before")
	})
}

func TestWithdraw(t *testing.T) {
	each(t, func(w *world) {
		id := w.asked(noor, requests.Removal, "northwind.example")
		w.refused(w.f.Withdraw(w.ctx, w.Self(mirjam), id), "not_found")
		for range 2 {
			w.must(w.f.Withdraw(w.ctx, w.Self(noor), id))
		}
		if n := w.count(`SELECT count(*) FROM request_events WHERE request_id = $1`, id); n != 2 {
			t.Errorf("%d events, want 2", n)
		}
		if again := w.asked(noor, requests.Removal, "northwind.example"); again == id {
			t.Error("withdrawn for good")
		}
		if _, err := w.f.One(w.ctx, w.Self(mirjam), id); !fault.Is(err, "not_found") {
			t.Errorf("somebody else reads it: %v", err)
		}
	})
}
