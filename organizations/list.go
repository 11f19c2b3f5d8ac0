package organizations

import (
	"context"
	"fmt"
	"strings"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
)

// pageSize is how many other organizations stand on one page.
const pageSize = 50

// most is the largest number of organizations one person can be in.
const most = 500

// List is what the Organizations page shows.
type List struct {
	Home        *Membership // nil without a home organization, and behind the first page
	Others      []Membership
	Count       int // of all others
	Invitations []Invitation
	Query       string
	Next        directory.Cursor // zero on the last page
	First       bool             // this is the first page
}

// List gives a person's organizations: a page of them from a cursor on, or what
// a search finds.
func (f *Feature) List(ctx context.Context, who actor.Actor, query string, after directory.Cursor) (List, error) {
	list := List{Query: strings.TrimSpace(query), First: after.ID == ""}
	limit := pageSize + 2 // the home, and one to see whether there is more
	if list.Query != "" {
		limit = most + 1
	}
	rows, err := memberships(ctx, f.DB, who.AccountID, after, limit)
	if err != nil {
		return List{}, fmt.Errorf("list organizations: %w", err)
	}
	if len(rows) > 0 && rows[0].Home {
		list.Home, rows = &rows[0], rows[1:]
	}
	list.Count = len(rows)
	if list.Query != "" {
		rows = matching(rows, list.Query)
		list.Count = len(rows)
	} else if len(rows) > pageSize || !list.First {
		if list.Count, err = countOthers(ctx, f.DB, who.AccountID); err != nil {
			return List{}, fmt.Errorf("list organizations: %w", err)
		}
	}
	if len(rows) > pageSize && list.Query == "" {
		rows = rows[:pageSize]
		last := rows[pageSize-1]
		list.Next = directory.Cursor{Key: last.NameKey, ID: last.TenantID}
	}
	list.Others = rows
	if list.First && list.Query == "" {
		if list.Invitations, err = invitations(ctx, f.DB, who.AccountID); err != nil {
			return List{}, fmt.Errorf("list organizations: %w", err)
		}
	}
	return list, nil
}

// matching keeps the organizations of which every word of the query begins a
// word of the name or the domain. A person is in at most 500 of them, so they
// are looked through here.
func matching(rows []Membership, query string) []Membership {
	var out []Membership
	for _, m := range rows {
		if matches(m.Name+" "+m.Domain, query) {
			out = append(out, m)
		}
	}
	return out
}

func matches(text, query string) bool {
	words := strings.FieldsFunc(accounts.Fold(text), notWord)
	for _, q := range strings.FieldsFunc(accounts.Fold(query), notWord) {
		found := false
		for _, w := range words {
			found = found || strings.HasPrefix(w, q)
		}
		if !found {
			return false
		}
	}
	return true
}

func notWord(r rune) bool { return strings.ContainsRune(" \t.,;:-_/&()'\"@", r) }
