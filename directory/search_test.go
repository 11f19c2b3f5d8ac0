package directory_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/seed"
)

// A search finds whom the words of each user say, in the order of the list.
func TestSearch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if err := seed.Fill(ctx, d, seed.Size{Tenants: 3, Users: 240, GuestsPerUser: 1, DeletedPercent: 5}, accounts.Password{Hash: "x"}, nil); err != nil {
			t.Fatal(err)
		}
		tenant, found, err := directory.TenantBy(ctx, d, "org1.example")
		if err != nil || !found {
			t.Fatal(found, err)
		}
		all, err := directory.Users(ctx, d, tenant.ID, directory.Filter{}, directory.Cursor{}, 1000)
		if err != nil || len(all) < 100 {
			t.Fatal(len(all), err)
		}
		for _, query := range []string{"noor", "no", "noor a", "a noor", "user7", "user7@org1.example", "org1", "org1 noor zz", "zz", "n n n"} {
			var want []string
			for _, u := range all {
				if says(u, query) {
					want = append(want, u.ID)
				}
			}
			list, err := directory.Users(ctx, d, tenant.ID, directory.Filter{Query: query}, directory.Cursor{}, 1000)
			compare(t, query, list, err, want)
		}
	})
}

// says: every word of the query begins a word of the user.
func says(u directory.User, query string) bool {
	words := directory.Words(u.DisplayName, u.PrincipalName, u.Mail)
	for _, q := range strings.Fields(query) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, q) }) {
			return false
		}
	}
	return true
}

func compare(t *testing.T, query string, list []directory.User, err error, want []string) {
	t.Helper()
	var got []string
	for _, u := range list {
		got = append(got, u.ID)
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%s: %d found, want %d (%v)", query, len(got), len(want), err)
	}
}

// A page of a list is read along an index in the list's own order, or from the
// few that something leads to.
func TestSearch_plans(t *testing.T) {
	d := dbtest.Open(t)
	for name, test := range map[string]struct {
		query  string
		filter directory.Filter
		index  string
	}{
		"everybody": {index: "users_listed"},
		"members":   {filter: directory.Filter{Type: directory.Member}, index: "users_typed"},
		"disabled":  {filter: directory.Filter{Disabled: true}, index: "users_disabled"},
		"pending":   {filter: directory.Filter{Pending: true}, index: "users_pending"},
		"a word":    {query: "noor", index: "autoindex_users_1"},
		"two words": {query: "noor a", index: "autoindex_users_1"},
	} {
		plan, err := directory.PlanOf(context.Background(), d, test.query, test.filter)
		if err != nil || !strings.Contains(plan, test.index+" ") {
			t.Errorf("%s: %s (%v), want %s", name, plan, err, test.index)
		}
	}
}
