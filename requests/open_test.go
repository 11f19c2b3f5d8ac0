package requests_test

import (
	"sync"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
	"sojourn/requests"
)

func TestOpen_refused(t *testing.T) {
	each(t, func(w *world) {
		for _, c := range []struct {
			who, domain string
			kind        requests.Kind
			code        string
		}{
			{noor, "fabrikam.example", requests.Removal, "may_leave"}, {noor, "adatum.example", requests.Removal, "last_administrator"},
			{noor, "fabrikam.example", requests.Restore, "already_there"}, {noor, "proseware.example", requests.Removal, "tenant_closed"},
			{noor, "contoso.example", requests.Report, "home_organization"}, {noor, "fabrikam.example", requests.Data, "user_there"},
			{mirjam, "northwind.example", requests.Removal, "not_found"}, {mirjam, "northwind.example", requests.Report, "not_found"},
			{mirjam, "contoso.example", requests.Report, "not_found"}, // an invitation is no user of theirs
			{noor, "litware.example", requests.Report, "nobody_answers"}, {noor, "fabrikam.example", "gift", "not_found"},
		} {
			_, err := w.ask(c.who, c.kind, c.domain)
			w.refused(err, c.code)
		}
		for _, id := range []string{"", "x", "00000000-0000-4000-8000-000000000000"} {
			_, err := w.f.Open(w.ctx, w.Self(noor), requests.Ask{Kind: requests.Removal, TenantID: id})
			w.refused(err, "not_found")
		}
		if _, err := w.f.Open(w.ctx, actor.Actor{}, requests.Ask{Kind: requests.Removal, TenantID: w.Tenant("northwind.example").ID}); err == nil {
			t.Error("nobody asked")
		}
		if n := w.count(`SELECT count(*) FROM audit WHERE act = 'request.open' AND result = 'refused' AND reason = 'may_leave'`); n != 1 {
			t.Errorf("%d rows of the refused try", n)
		}
		_, err := w.f.Open(w.ctx, w.Self(noor), requests.Ask{Kind: requests.Report, TenantID: w.Tenant("fabrikam.example").ID})
		w.refused(err, "text_missing")
	})
}

// Where leaving is refused and somebody could decide, removal can be asked for, and
// nowhere else.
func TestOpen_followsTheRuleOfLeaving(t *testing.T) {
	each(t, func(w *world) {
		self := w.Self(noor)
		list, err := w.App.Organizations.List(w.ctx, self, "", directory.Cursor{})
		w.must(err)
		for _, m := range append(list.Others, list.Home) {
			farewell, err := w.App.Organizations.Farewell(w.ctx, self, m.TenantID)
			w.must(err)
			want := map[string]bool{"home_organization": true, "leave_not_allowed": true, "account_disabled": true}[farewell.Refused]
			draft, err := w.f.Draft(w.ctx, self, requests.Removal, m.TenantID)
			w.must(err)
			if may := draft.Refused == nil; may != want {
				t.Errorf("%s: leaving is refused as %q, removal can be asked for: %t", m.Name, farewell.Refused, may)
			}
		}
	})
}

func TestOpen_onceUnderConcurrency(t *testing.T) {
	each(t, func(w *world) {
		self, tenant := w.Self(noor), w.Tenant("northwind.example").ID
		ids := make([]string, 20)
		var all sync.WaitGroup
		for i := range ids {
			all.Go(func() {
				id, err := w.f.Open(w.ctx, self, requests.Ask{Kind: requests.Removal, TenantID: tenant})
				if err != nil && !fault.Is(err, "busy") {
					t.Error(err)
				}
				ids[i] = id
			})
		}
		all.Wait()
		open := w.count(`SELECT count(*) FROM requests WHERE tenant_id = $1 AND account_id = $2 AND state = 'open'`, tenant, self.AccountID)
		seen := map[string]bool{}
		for _, id := range ids {
			if id != "" {
				seen[id] = true
			}
		}
		if open != 1 || len(seen) != 1 {
			t.Errorf("%d open requests, %d answers", open, len(seen))
		}
		if n := w.mailsTo(juergen, "needs an answer"); n != 1 {
			t.Errorf("%d mails", n)
		}
	})
}

func TestOpen_limits(t *testing.T) {
	each(t, func(w *world) {
		for range 10 {
			w.must(w.f.Withdraw(w.ctx, w.Self(noor), w.asked(noor, requests.Removal, "northwind.example")))
		}
		_, err := w.ask(noor, requests.Removal, "northwind.example")
		w.refused(err, "too_many_requests")
		w.later(time.Hour + time.Minute)
		w.asked(noor, requests.Removal, "northwind.example")
	})
}
