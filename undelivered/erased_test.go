package undelivered_test

import (
	"context"
	"net/http"
	"testing"

	"sojourn/guests"
	"sojourn/internal/db"
)

// Who is erased is sent nothing any more, neither by hand nor by itself.
func TestErased_unsent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		admin, tenant := w.Administrator(sam, "contoso.example"), w.Tenant("contoso.example").ID
		u, err := w.App.Guests.Add(ctx, admin, tenant, guests.NewGuest{Address: "ed.byrne@post.example", Name: "Ed", Language: "en"})
		if err != nil {
			t.Fatal(err)
		}
		w.exec(`UPDATE outbox SET dead_at = $1, last_error = 'smtp 550' WHERE topic = $2`, w.App.DB.Now().UnixMicro(), "invitation:"+u.ID)
		given, err := db.One(ctx, w.App.DB, db.Text, `SELECT id FROM outbox WHERE topic = $1`, "invitation:"+u.ID)
		if err != nil {
			t.Fatal(err)
		}
		member := w.User(noor, "contoso.example")
		w.exec(`UPDATE users SET mail = $1 WHERE id = $2`, noor, member.ID)
		if _, err := w.App.Directory.SendLink(ctx, admin, tenant, member.ID); err != nil {
			t.Fatal(err)
		}
		w.exec(`UPDATE outbox SET next_at = $1 WHERE topic = $2`, w.App.DB.Now().UnixMicro()+3600_000_000, "link:"+member.AccountID)
		for _, id := range []string{u.ID, member.ID} {
			if err := w.App.Directory.Delete(ctx, admin, tenant, id); err != nil {
				t.Fatal(err)
			}
			if err := w.App.Directory.Erase(ctx, admin, tenant, id); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.count(`SELECT count(*) FROM outbox WHERE topic IS NOT NULL AND payload IS NOT NULL AND sent_at IS NULL`); n != 0 {
			t.Errorf("%d letters are still to be sent", n)
		}
		b := w.SignIn(sam)
		b.Post("/manage/"+tenant+"/undelivered/"+given+"/retry", b.Token()).Is(http.StatusNotFound)
	})
}

// A newer link takes the place of the letter with the older one, which is dead.
func TestRetry_replaced(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := context.Background()
		admin, member := w.Administrator(sam, "contoso.example"), w.User(noor, "contoso.example")
		w.exec(`UPDATE users SET mail = $1 WHERE id = $2`, noor, member.ID)
		for range 2 {
			if _, err := w.App.Directory.SendLink(ctx, admin, member.TenantID, member.ID); err != nil {
				t.Fatal(err)
			}
			w.exec(`UPDATE outbox SET dead_at = $1, last_error = 'smtp 550' WHERE sent_at IS NULL AND dead_at IS NULL AND topic = $2`,
				w.App.DB.Now().UnixMicro(), "link:"+member.AccountID)
		}
		if n := w.count(`SELECT count(*) FROM outbox WHERE topic IS NOT NULL AND discarded_at IS NULL AND dead_at IS NOT NULL`); n != 1 {
			t.Errorf("%d letters can be tried again, want the newest", n)
		}
	})
}

func (w *world) exec(text string, args ...any) {
	w.t.Helper()
	if _, err := w.App.DB.Exec(context.Background(), text, args...); err != nil {
		w.t.Fatal(err)
	}
}
