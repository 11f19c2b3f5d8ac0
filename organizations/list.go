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

// List is what the Organizations page shows.
type List struct {
	Home        *Membership // nil without a home organization, and behind the first page
	Others      []*Membership
	Count       int // of all others
	Invitations []Invitation
	Query       string
	Next        directory.Cursor  // zero on the last page
	First       bool              // this is the first page
	Places      []directory.Place // all, as directory.Places has them
}

// List gives a person's organizations: a page of them from a cursor on, or what
// a search finds. All are read, at most a few hundred, and put in order here:
// that costs less than an order and a count by the database.
func (f *Feature) List(ctx context.Context, who actor.Actor, query string, after directory.Cursor) (List, error) {
	list := List{Query: strings.TrimSpace(query), First: after.ID == ""}
	rows, err := memberships(ctx, f.DB, who.AccountID)
	if err != nil {
		return List{}, fmt.Errorf("list organizations: %w", err)
	}
	slices.SortFunc(rows, byName)
	list.Places = places(rows)
	if len(rows) > 0 && rows[0].Home {
		if list.First {
			list.Home = rows[0]
		}
		rows = rows[1:]
	}
	if list.Query != "" {
		rows = matching(rows, list.Query)
	}
	list.Count = len(rows)
	if list.Query == "" {
		rows, list.Next = page(rows, after)
	}
	list.Others = rows
	if list.First && list.Query == "" {
		if list.Invitations, err = invitations(ctx, f.DB, who.AccountID); err != nil {
			return List{}, fmt.Errorf("list organizations: %w", err)
		}
	}
	return list, nil
}

func places(rows []*Membership) []directory.Place {
	out := make([]directory.Place, 0, len(rows))
	for _, m := range rows {
		if m.Direct() {
			continue // there is no user to go there as
		}
		out = append(out, directory.Place{
			TenantID: m.TenantID, Name: m.Name, State: m.State, Home: m.Home, Enabled: m.Enabled, Administrator: m.Administrator, LastUsed: m.LastUsed,
		})
	}
	directory.Rank(out)
	return out
}

// page cuts the rows behind a cursor to one page and says where the next begins.
func page(rows []*Membership, after directory.Cursor) ([]*Membership, directory.Cursor) {
	if after.ID != "" {
		last := &Membership{NameKey: after.Key, TenantID: after.ID}
		rows = slices.DeleteFunc(rows, func(m *Membership) bool { return byName(m, last) <= 0 })
	}
	if len(rows) <= pageSize {
		return rows, directory.Cursor{}
	}
	rows = rows[:pageSize]
	last := rows[pageSize-1]
	return rows, directory.Cursor{Key: last.NameKey, ID: last.TenantID}
}

// byName is the order of the list: the home first.
func byName(a, b *Membership) int {
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
func matching(rows []*Membership, query string) []*Membership {
	var out []*Membership
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
