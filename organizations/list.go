package organizations

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
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
	rows, err := f.page(ctx, who.AccountID, list.Query != "", after)
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

// page reads the organizations in order: a page of them, or all to search in.
// Few are sorted here, where it costs a fraction of what a database takes for it.
func (f *Feature) page(ctx context.Context, accountID string, all bool, after directory.Cursor) ([]Membership, error) {
	const limit = pageSize + 2 // the home, and one to see whether there is more
	if all || after.ID == "" {
		few := limit
		if all {
			few = most + 1
		}
		rows, err := memberships(ctx, f.DB, accountID, few)
		if err != nil || len(rows) < few {
			slices.SortFunc(rows, byName)
			return rows, err
		}
	}
	return membershipsAfter(ctx, f.DB, accountID, after, limit)
}

// byName is the order of the list: the home first.
func byName(a, b Membership) int {
	switch {
	case a.Home:
		return -1
	case b.Home:
		return 1
	}
	return cmp.Or(bytes.Compare(a.NameKey, b.NameKey), strings.Compare(a.TenantID, b.TenantID))
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
