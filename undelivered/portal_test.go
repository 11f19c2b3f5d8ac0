package undelivered_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
	"sojourn/sojourntest"
)

const (
	sam    = "sam.rivera@contoso.example" // Global Administrator
	ursula = "ursula@contoso.example"     // User Administrator
	noor   = "noor.haddad@contoso.example"
	ann    = "ann.lee@fabrikam.example" // guest of Contoso
	rik    = "rik.achterberg@woodgrove.example"
	number = "+31612345642"
	page   = "/manage/contoso.example/undelivered"
)

var refused = &outbox.Failure{Class: "twilio 21614", Permanent: true}

// world is a portal whose phones refuse, as long as no is set.
type world struct {
	*sojourntest.Portal
	t  *testing.T
	no error
	n  int
}

func each(t *testing.T, test func(t *testing.T, w *world)) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := &world{Portal: p, t: t, no: refused}
		p.Phones.Refuse = func(outbox.Message) error { return w.no }
		test(t, w)
	})
}

// text puts a text for an account in an organization.
func (w *world) text(tenantID, accountID string, expires time.Time) {
	w.t.Helper()
	w.n++
	w.tx(func(ctx context.Context, tx *db.Tx) error {
		return w.App.Outbox.PutText(ctx, tx, outbox.Text{
			Dedupe: fmt.Sprint("test ", w.n), Tenant: tenantID, Account: accountID, To: number, Text: "Secret words", Language: "en", ExpiresAt: expires,
		})
	})
}

func (w *world) tx(do func(ctx context.Context, tx *db.Tx) error) {
	w.t.Helper()
	ctx := context.Background()
	if err := w.App.DB.Tx(ctx, func(tx *db.Tx) error { return do(ctx, tx) }); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) flush() {
	w.t.Helper()
	if err := w.App.Outbox.Flush(context.Background()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) count(text string, args ...any) int {
	w.t.Helper()
	n, err := db.Count(context.Background(), w.App.DB, text, args...)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestList(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.SignIn(sam)
		b.Get(page).Is(200).Has("Everything was delivered")
		n, a := w.User(noor, "contoso.example"), w.User(ann, "contoso.example")
		w.text(n.TenantID, n.AccountID, time.Time{})
		w.text(n.TenantID, a.AccountID, w.App.DB.Now().Add(10*time.Minute))
		w.text(n.TenantID, w.User(rik, "woodgrove.example").AccountID, time.Time{})
		w.text(w.Tenant("woodgrove.example").ID, w.User(rik, "woodgrove.example").AccountID, time.Time{})
		w.tx(func(ctx context.Context, tx *db.Tx) error {
			return w.App.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "mail", Tenant: n.TenantID, Account: n.AccountID, Letter: mail.Letter{To: "not an address", Subject: "Hidden subject"}})
		})
		w.flush()
		list := b.Get(page).Is(200).
			Has("Noor Haddad", "Ann Lee", "A person of another organization", "Text message", "+31 6 ••• ••• 42", "1 try", "cannot get this kind of message", "The provider answered 21614", "The address is not a mail address").
			HasNot(number, "612345642", "Secret words", "Hidden subject", "Rik", "not an address")
		if n := strings.Count(list.HTML, "/retry\""); n != 3 { // but the code for Ann, which was wiped
			t.Errorf("%d can be tried again", n)
		}
		if n := strings.Count(list.HTML, "/discard\""); n != 4 {
			t.Errorf("%d can be discarded", n)
		}
		b.Get(page+"?lng=nl").Has("Niet-bezorgde berichten", "Iemand van een andere organisatie", "Sms-bericht", "1 poging", "Opnieuw proberen", "Weggooien")
		b.Get("/manage/contoso.example?lng=en").Has("See undelivered messages")
		w.SignIn(ursula).Get(page).Is(http.StatusForbidden)
		w.SignIn(rik).Get(page).Is(http.StatusNotFound)
	})
}

// Who was invited and has not answered has no account, but is known by the address.
func TestList_invited(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Sink.Refuse = func(string) int { return 550 }
		b := w.SignIn(sam)
		b.Get("/manage/contoso.example/guests/new").Submit("Invite", map[string][]string{"address": {"zed@post.example"}, "name": {"Zed Zimmer"}}).Is(200)
		w.flush()
		b.Get(page).Has("Zed Zimmer", "z•••@post.example", "mail server refused it", "The mail server answered 550").HasNot("smtp 550", "zed@post.example")
	})
}

func TestRetry(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		n := w.User(noor, "contoso.example")
		w.text(n.TenantID, n.AccountID, time.Time{})
		w.flush()
		b := w.SignIn(sam)
		b.Get(page).Submit("Try again Text message, Noor Haddad", nil).Is(200).At("/manage/" + n.TenantID + "/undelivered").Has("The message is tried again now")
		w.flush() // refused once more
		again := b.Get(page).Has("Noor Haddad")
		w.no = nil
		again.Submit("Try again Text message, Noor Haddad", nil).Is(200).Has("The message is tried again now", "Everything was delivered")
		if got := w.Told(number); len(got) != 1 || got[0].Text != "Secret words" {
			t.Errorf("%+v", got)
		}
		if n := w.count(`SELECT count(*) FROM audit WHERE act = 'delivery.retry' AND tenant_id = $1 AND actor = 'administrator' AND other = 'sms' AND result = 'done'`, n.TenantID); n != 2 {
			t.Errorf("%d audit rows", n)
		}
		again.Submit("Try again Text message, Noor Haddad", nil).Is(http.StatusNotFound) // an old page: it has gone out
		b.Get("/manage/contoso.example/audit").Has("Undelivered message tried again")
	})
}

func TestRetry_refused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		n := w.User(noor, "contoso.example")
		w.text(n.TenantID, n.AccountID, time.Time{})
		w.flush()
		b := w.SignIn(sam)
		for range w.App.PhoneCaps.Number {
			b.Get(page).Submit("Try again Text message, Noor Haddad", nil).Is(200)
			w.flush()
		}
		b.Get(page).Submit("Try again Text message, Noor Haddad", nil).Is(http.StatusTooManyRequests).Has("Too many messages")
		w.App.DB.SetShift(2 * time.Hour)
		w.App.Undelivered.Countries = nil
		b = w.SignIn(sam)
		b.Get(page).Submit("Try again Text message, Noor Haddad", nil).Is(http.StatusConflict).Has("don’t go to this number any more")
		if n := w.count(`SELECT count(*) FROM audit WHERE act = 'delivery.retry' AND result = 'refused' AND reason IN ('texts_capped', 'number_refused')`); n != 2 {
			t.Errorf("%d refusals are recorded", n)
		}
	})
}

func TestDiscard(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		n := w.User(noor, "contoso.example")
		w.text(n.TenantID, n.AccountID, time.Time{})
		w.flush()
		b := w.SignIn(sam)
		list := b.Get(page)
		w.App.DB.SetShift(w.App.DB.Shift() + 20*time.Minute)
		list.Submit("Discard Text message, Noor Haddad", nil).At("/prove")
		w.App.DB.SetShift(w.App.DB.Shift() - 20*time.Minute)
		list.Submit("Discard Text message, Noor Haddad", nil).Is(200).Has("discarded and wiped", "Everything was delivered")
		list.Submit("Discard Text message, Noor Haddad", nil).Is(http.StatusNotFound)
		if left, done := w.count(`SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL AND payload IS NOT NULL`), w.count(`SELECT count(*) FROM audit WHERE act = 'delivery.discard' AND result = 'done'`); left != 0 || done != 1 {
			t.Errorf("%d are left, %d audit rows", left, done)
		}
	})
}

// A message of another organization answers like one that does not exist, whoever
// asks and whatever for.
func TestVerbs_strangers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		n := w.User(noor, "contoso.example")
		w.text(n.TenantID, n.AccountID, time.Time{})
		w.flush()
		id, err := db.One(ctx, w.App.DB, db.Text, `SELECT id FROM outbox WHERE dead_at IS NOT NULL`)
		if err != nil {
			t.Fatal(err)
		}
		b := w.SignIn(rik)
		for _, verb := range []string{"retry", "discard"} {
			own := b.Post("/manage/"+w.Tenant("woodgrove.example").ID+"/undelivered/"+id+"/"+verb, b.Token()).Is(http.StatusNotFound)
			none := b.Post("/manage/"+w.Tenant("woodgrove.example").ID+"/undelivered/none/"+verb, b.Token()).Is(http.StatusNotFound)
			if own.Text() != none.Text() {
				t.Errorf("%s: a foreign message and none read differently", verb)
			}
			u := w.SignIn(ursula)
			u.Post("/manage/"+n.TenantID+"/undelivered/"+id+"/"+verb, u.Token()).Is(http.StatusForbidden)
		}
		for _, verb := range []func(context.Context, actor.Actor, string, string) error{w.App.Undelivered.Retry, w.App.Undelivered.Discard} {
			if err := verb(ctx, actor.Actor{}, n.TenantID, id); err == nil {
				t.Error("nobody was let in")
			}
		}
		if w.count(`SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL AND payload IS NOT NULL`) != 1 {
			t.Error("a stranger changed it")
		}
	})
}

// The list goes on behind its last line, and what is read is not read again.
func TestList_pages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		n := w.User(noor, "contoso.example")
		for range directory.PageSize + 3 {
			w.text(n.TenantID, n.AccountID, time.Time{})
		}
		w.flush()
		b := w.SignIn(sam)
		first := b.Get(page).Is(200)
		if n := strings.Count(first.HTML, "/discard\""); n != directory.PageSize {
			t.Errorf("%d on the first page", n)
		}
		if n := strings.Count(first.Follow("Next").Is(200).HTML, "/discard\""); n != 3 {
			t.Errorf("%d on the second page", n)
		}
	})
}

// Who is erased leaves nothing that could be tried again.
func TestErased(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, op := context.Background(), actor.OperatorActor()
		n, a := w.User(noor, "contoso.example"), w.User(ann, "contoso.example")
		w.text(n.TenantID, n.AccountID, time.Time{})
		w.text(n.TenantID, a.AccountID, time.Time{})
		w.flush()
		if err := w.App.Directory.Delete(ctx, op, a.TenantID, a.ID); err != nil {
			t.Fatal(err)
		}
		w.SignIn(sam).Get(page).Has("Ann Lee", "Noor Haddad")
		if err := w.App.Directory.Erase(ctx, op, a.TenantID, a.ID); err != nil {
			t.Fatal(err)
		}
		w.SignIn(sam).Get(page).HasNot("Ann Lee", "A person of another").Has("Noor Haddad")
	})
}
