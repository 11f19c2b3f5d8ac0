package requests_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/requests"
)

const day = 24 * time.Hour

// The clock reminds twice and escalates once, on any number of replicas.
func TestTick(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.f.Tick(w.ctx)) // what the world has brought along
		id := w.asked(noor, requests.Removal, "northwind.example")
		due := w.one(noor, id).DueAt
		at := func(left time.Duration) { w.later(due.Add(-left).Sub(w.App.DB.Now())) }
		together := func() {
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() {
					if err := w.f.Tick(w.ctx); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
		}
		for _, c := range []struct {
			left           time.Duration
			reminded, late int
		}{{8 * day, 0, 0}, {7*day - time.Minute, 1, 0}, {2 * day, 1, 0}, {day - time.Minute, 2, 0}, {-time.Minute, 2, 1}, {-9 * day, 2, 1}} {
			at(c.left)
			together()
			events := func(what string) int {
				return w.count(`SELECT count(*) FROM request_events WHERE request_id = $1 AND what = $2`, id, what)
			}
			if r, l := events("reminded"), events("escalated"); r != c.reminded || l != c.late {
				t.Errorf("%s left: %d reminders, escalated %d times; want %d and %d", c.left, r, l, c.reminded, c.late)
			}
		}
		keys := func(part string) int {
			return w.count(`SELECT count(*) FROM outbox WHERE dedupe_key LIKE $1`, "request:"+id+":"+part+"%")
		}
		if r, l := keys("remind:"), keys("late:"); r != 2 || l != 2 { // the administrator, and of the late one the privacy contact too
			t.Errorf("%d reminders and %d letters that it is late were written", r, l)
		}
		if w.mailsTo("privacy@northwind.example", "A request to Northwind Traders & Søn is overdue") == 0 {
			t.Error("the privacy contact was not told")
		}
		if n := w.count(`SELECT count(*) FROM request_events WHERE request_id = $1 AND what = 'told'`, id); n != 1 || keys("overdue") != 1 {
			t.Errorf("the person was told %d times by %d letters that the answer is late", n, keys("overdue"))
		}
		var letter string
		for _, m := range w.Mails(noor) {
			if strings.Contains(plain(m.Subject), "has not answered your request in time") {
				letter += plain(m.Text)
			}
		}
		for _, part := range []string{"privacy@northwind.example", "data protection authority", "/requests/" + id} {
			if strings.Count(letter, part) == 0 {
				t.Errorf("the letter does not say %q: %s", part, letter)
			}
		}
		w.SignIn(noor).Get("/requests/"+id).Has("You were told by mail that the answer is late", "data protection authority")
		w.SignIn(juergen).Get("/manage/northwind.example/requests/" + id).Has("The person was told by mail that the answer is late")
		if v := w.one(noor, id); !v.Overdue(w.App.DB.Now()) {
			t.Error("the person does not see that it is late")
		}
	})
}

// What is reached by another way is met, and reads so before the clock strikes.
func TestTick_met(t *testing.T) {
	each(t, func(w *world) {
		northwind := w.Tenant("northwind.example").ID
		id := w.asked(noor, requests.Removal, "northwind.example")
		u := w.User(noor, "northwind.example")
		w.must(w.App.Directory.Delete(w.ctx, w.Administrator(juergen, "northwind.example"), northwind, u.ID))
		stored := func() int { return w.count(`SELECT count(*) FROM requests WHERE id = $1 AND state = 'met'`, id) }
		if v := w.one(noor, id); v.State != requests.Met || stored() != 0 {
			t.Errorf("it reads %s", v.State)
		}
		w.refused(w.f.Approve(w.ctx, w.Administrator(juergen, "northwind.example"), northwind, id, ""), "request_closed")
		// Restored at once, it stays met: the departure is on record.
		_, err := w.App.Directory.Restore(w.ctx, actor.OperatorActor(), northwind, u.ID, directory.Ask)
		w.must(err)
		if again := w.asked(noor, requests.Removal, "northwind.example"); again == id || stored() != 1 {
			t.Error("a request that was met keeps another one from being opened")
		}
		w.must(w.f.Tick(w.ctx))
		w.must(w.f.Tick(w.ctx))
		if n := w.count(`SELECT count(*) FROM request_events WHERE request_id = $1 AND what = 'met'`, id); n != 1 {
			t.Errorf("%d events", n)
		}
	})
}

// After the purge the request proves that it was answered, and names nobody.
func TestErased(t *testing.T) {
	each(t, func(w *world) {
		northwind := w.Tenant("northwind.example").ID
		answered := w.asked(noor, requests.Report, "northwind.example")
		w.must(w.f.Approve(w.ctx, w.Administrator(juergen, "northwind.example"), northwind, answered, "Noor delivers to us."))
		granted := w.asked(noor, requests.Removal, "northwind.example")
		w.must(w.f.Approve(w.ctx, w.Administrator(juergen, "northwind.example"), northwind, granted, ""))
		restore := w.asked(noor, requests.Restore, "northwind.example")
		report := w.asked(noor, requests.Report, "northwind.example")
		u := w.Left(noor, "northwind.example")
		w.must(w.App.Directory.Erase(w.ctx, w.Administrator(juergen, "northwind.example"), northwind, u.ID))
		for id, state := range map[string]requests.State{answered: requests.Approved, granted: requests.Approved, restore: requests.Lapsed, report: requests.Lapsed} {
			if n := w.count(`
				SELECT count(*) FROM requests
				 WHERE id = $1 AND state = $2 AND account_id IS NULL AND user_id IS NULL AND text = '' AND answer = '' AND closed_at IS NOT NULL
				   AND length(address_hash) = 32 AND length(address_salt) = 16`, id, state); n != 1 {
				t.Errorf("a request that should be %s is kept otherwise", state)
			}
			if n := w.count(`SELECT count(*) FROM request_events WHERE request_id = $1 AND text <> ''`, id); n != 0 {
				t.Errorf("%d events of it still say something", n)
			}
		}
		list, err := w.f.Mine(w.ctx, w.Self(noor), directory.Cursor{})
		w.must(err)
		for _, r := range list.Requests {
			if r.TenantID == northwind {
				t.Error("it is still Noor's")
			}
		}
		_, err = w.ask(noor, requests.Restore, "northwind.example")
		w.refused(err, "erased")
	})
}

func TestQueue_order(t *testing.T) {
	each(t, func(w *world) {
		northwind, jw := w.Tenant("northwind.example").ID, roles(w.Administrator(juergen, "northwind.example"), directory.GlobalAdministrator)
		w.asked(noor, requests.Removal, "northwind.example")
		q, err := w.f.Queue(w.ctx, jw, northwind, requests.Filter{}, directory.Cursor{})
		w.must(err)
		var got []requests.State
		for _, r := range q.Requests {
			got = append(got, r.State)
		}
		if len(got) != 3 || got[0] != requests.Open || got[1] != requests.Open || got[2] != requests.Declined || q.Requests[0].DueAt.After(q.Requests[1].DueAt) {
			t.Errorf("the queue is %v", got)
		}
		w.later(40 * day)
		q, err = w.f.Queue(w.ctx, jw, northwind, requests.Filter{Late: true}, directory.Cursor{})
		w.must(err)
		if len(q.Requests) != 2 || q.Late != 2 {
			t.Errorf("%d overdue, counted %d", len(q.Requests), q.Late)
		}
		q, err = w.f.Queue(w.ctx, jw, northwind, requests.Filter{Kind: requests.Report}, directory.Cursor{})
		w.must(err)
		if len(q.Requests) != 0 {
			t.Errorf("%d reports", len(q.Requests))
		}
		_, err = w.f.Queue(w.ctx, roles(jw), w.Tenant("contoso.example").ID, requests.Filter{}, directory.Cursor{})
		w.refused(err, "not_found")
	})
}
