package deletedusers_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/sojourntest"
)

// stopping ends what somebody may do, or has proved, with the first user they act on.
type stopping struct {
	directory.Receipts
	sql, id string
}

func (s stopping) Restored(ctx context.Context, tx *db.Tx, userID string) error {
	if _, err := tx.Exec(ctx, s.sql, s.id); err != nil {
		return err
	}
	return s.Receipts.Restored(ctx, tx, userID)
}

func (s stopping) Erased(ctx context.Context, tx *db.Tx, userIDs []string) error {
	if _, err := tx.Exec(ctx, s.sql, s.id); err != nil {
		return err
	}
	return s.Receipts.Erased(ctx, tx, userIDs)
}

// An act on several that has to end midway tells what was done before.
func TestDeleted_roleLostMidway(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		list := b.Get(contoso + "deleted-users")
		both := picked(list, "Chidi Okonkwo", "Lena Fischer")
		p.App.Directory.Receipts = stopping{p.App.Directory.Receipts, `DELETE FROM roles WHERE user_id = $1`, p.User(sam, "contoso.example").ID}
		list.Submit("Restore user", both).Is(http.StatusForbidden).
			Has("1 user restored", "Chidi Okonkwo", "Not restored 1", "Lena Fischer", "Your role no longer allows this.")
		p.User("chidi@relecloud.example", "contoso.example")
	})
}

func TestDeleted_eraseRoleLostMidway(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		list := b.Get(contoso + "deleted-users")
		confirm := list.Submit("Delete permanently", picked(list, "Olu Adeyemi", "Lena Fischer"))
		p.App.Directory.Receipts = stopping{p.App.Directory.Receipts, `DELETE FROM roles WHERE user_id = $1`, p.User(sam, "contoso.example").ID}
		confirm.Submit("Delete permanently", nil).Is(http.StatusForbidden).
			Has("Deleted permanently 1", "Olu Adeyemi", "Not deleted permanently", "Lena Fischer", "Your role no longer allows this.")
	})
}

// What a conflict is answered with has to be one of its ways out, and there has
// to be a conflict.
func TestDeleted_wayOut(t *testing.T) {
	p := sojourntest.Start(t)
	b, page := conflict(p)
	page.Submit("Go on", url.Values{"way": {"sideways"}}).Is(http.StatusUnprocessableEntity).
		Has("There is a problem", "Choose what should happen", "Sato again").
		Submit("Go on", url.Values{"way": {"merge"}}).Is(http.StatusOK)
	lena := picked(b.Get(contoso+"deleted-users"), "Lena Fischer").Get("u")
	for way, want := range map[string]int{"replace": http.StatusConflict, "merge": http.StatusConflict, "sideways": http.StatusUnprocessableEntity} {
		answer := b.Post(contoso+"deleted-users/restore", with(with(b.Token(), "u", lena), "way", way)).Is(want)
		if want == http.StatusConflict {
			answer.Has("has no other account here any more")
		}
	}
	b.Get(contoso + "deleted-users").Has("Lena Fischer")
}
