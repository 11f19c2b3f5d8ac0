package seed_test

import (
	"context"
	"testing"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/seed"
	"sojourn/sojourntest"
)

var small = seed.Size{Tenants: 7, Users: 1500, GuestsPerUser: 2, Groups: 12, DeletedPercent: 10, Due: 9}

// What is seeded keeps what the verbs keep, and people can sign in to it.
func TestFill(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := sojourntest.Empty(t, d)
		ctx := context.Background()
		before := indexes(t, d)
		hashed, err := p.App.SecurityInfo.Hasher.Hash(ctx, sojourntest.Password)
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		if err := seed.Fill(ctx, d, small, hashed, func(n int) { told = n }); err != nil {
			t.Fatal(err)
		}
		if after := indexes(t, d); after != before {
			t.Errorf("%d indexes before, %d after", before, after)
		}
		for what, c := range map[string]struct {
			want  int
			query string
		}{
			"tenants":                    {7, `SELECT count(*) FROM tenants`},
			"members":                    {1500, `SELECT count(*) FROM users WHERE user_type = 'member'`},
			"deleted":                    {150 + 9, `SELECT count(*) FROM users WHERE deleted_at IS NOT NULL`},
			"departures":                 {150 + 9, `SELECT count(*) FROM departures d JOIN users u ON u.id = d.user_id WHERE u.deleted_at IS NOT NULL`},
			"administrators":             {7, `SELECT count(DISTINCT tenant_id) FROM roles WHERE role = 'GlobalAdministrator'`},
			"two users in one tenant":    {0, `SELECT count(*) FROM (SELECT 1 FROM users WHERE account_id IS NOT NULL GROUP BY tenant_id, account_id HAVING count(*) > 1) AS x`},
			"accounts without a home":    {0, `SELECT count(*) FROM accounts a WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.id = a.home_user_id AND u.account_id = a.id)`},
			"users nobody can find":      {0, `SELECT count(*) FROM users u WHERE NOT EXISTS (SELECT 1 FROM user_words w WHERE w.user_id = u.id AND w.tenant_id = u.tenant_id)`},
			"memberships across tenants": {0, `SELECT count(*) FROM members m JOIN groups g ON g.id = m.group_id JOIN users u ON u.id = m.user_id WHERE g.tenant_id <> u.tenant_id OR m.tenant_id <> u.tenant_id`},
		} {
			n, err := db.Count(ctx, d, c.query)
			if err != nil || n < c.want-2 || n > c.want+2 || c.want < 10 && n != c.want {
				t.Errorf("%s: %d, want %d, %v", what, n, c.want, err)
			}
		}
		if told < 1500*3 {
			t.Errorf("told of %d users", told)
		}
		b := p.SignIn("user2@org1.example")
		b.Get("/organizations").Is(200).Has("Home organization", "Other organizations you belong to 2")
		admin := p.SignIn("user1@org1.example").Get("/manage/org1.example/users?q=user2@org1.example").Is(200)
		admin.Has("user2@org1.example")
		if n, err := p.App.Directory.Purge(ctx, nil); err != nil || n != 9 {
			t.Errorf("%d purged, %v", n, err)
		}
	})
}

func indexes(t *testing.T, d *db.DB) int {
	query := `SELECT count(*) FROM sqlite_master WHERE type = 'index'`
	if d.Name() != "sqlite" {
		query = `SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'`
	}
	n, err := db.Count(context.Background(), d, query)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestCheck(t *testing.T) {
	if err := small.Check(); err != nil {
		t.Error(err)
	}
	for _, bad := range []seed.Size{
		{}, {Tenants: 3, Users: 2}, {Tenants: 3, Users: 9, GuestsPerUser: 3}, {Tenants: 600, Users: 900, GuestsPerUser: 500}, {Tenants: 1, Users: 1, DeletedPercent: 91},
	} {
		if bad.Check() == nil {
			t.Errorf("%+v passes", bad)
		}
	}
}
