package main

import (
	"context"
	"database/sql"
	"os"
	"encoding/json"
	"testing"

	"sojourn/internal/db"
	"sojourn/directory"
	"sojourn/organizations"
	"sojourn/internal/actor"
)

func TestZZSeed(t *testing.T) {
	os.MkdirAll("/tmp/bb", 0o755)
	os.Remove("/tmp/bb/p.db")
	w, err := seed(context.Background(), "sqlite:/tmp/bb/p.db", "/tmp/bb/key", true)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := json.Marshal(map[string]string{"ann": w.ann.AccountID, "max": w.max.AccountID})
	os.WriteFile("/tmp/bb/w.json", b, 0o644)
}

func open(b *testing.B) (*db.DB, map[string]string) {
	d, err := db.Open(context.Background(), "sqlite:/tmp/bb/p.db", db.Options{Relaxed: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() })
	m := map[string]string{}
	x, _ := os.ReadFile("/tmp/bb/w.json")
	json.Unmarshal(x, &m)
	return d, m
}

func runq(b *testing.B, text string, cols int, args ...any) {
	d, _ := open(b)
	st, err := d.Reader().Prepare(text)
	if err != nil {
		b.Fatal(err)
	}
	dest := make([]any, cols)
	raw := make([]sql.RawBytes, cols)
	for i := range dest {
		dest[i] = &raw[i]
	}
	n := 0
	ctx := context.Background()
	if os.Getenv("CANCEL") != "" {
		var c func()
		ctx, c = context.WithCancel(ctx)
		defer c()
	}
	b.ReportAllocs()
	for b.Loop() {
		n = 0
		rows, err := st.QueryContext(ctx, args...)
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			n++
			if err := rows.Scan(dest...); err != nil {
				b.Fatal(err)
			}
		}
		rows.Close()
	}
	b.ReportMetric(float64(n), "rows")
}

func BenchmarkPoint(b *testing.B) {
	_, m := open(b)
	runq(b, `SELECT id, name, language FROM accounts WHERE id = $1`, 3, m["ann"])
}

func BenchmarkPlaces(b *testing.B) {
	for _, who := range []string{"ann", "max"} {
		b.Run(who, func(b *testing.B) {
			d, m := open(b)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := directory.Places(context.Background(), d, m[who], 9); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkList(b *testing.B) {
	for _, who := range []string{"ann", "max"} {
		b.Run(who, func(b *testing.B) {
			d, m := open(b)
			f := &organizations.Feature{DB: d}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f.List(context.Background(), actor.Actor{AccountID: m[who]}, "", directory.Cursor{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

const listCols = `u.tenant_id, t.name, t.state, t.name_key, (SELECT MIN(d.name) FROM domains d WHERE d.tenant_id = t.id AND d.initial),
		       CASE WHEN t.privacy_contact <> '' THEN t.privacy_contact ELSE t.technical_contact END,
		       u.id, u.user_type, u.created_at, u.external_state_at, u.invited_by, i.display_name,
		       u.last_used_at, u.account_enabled, u.enabled_at, COALESCE(s.value, 'yes') = 'yes', COALESCE(u.id = a.home_user_id, FALSE)`
const listFrom = `
		  FROM accounts a
		  JOIN users u ON u.account_id = a.id AND u.deleted_at IS NULL
		  JOIN tenants t ON t.id = u.tenant_id
		  LEFT JOIN users i ON i.id = u.invited_by AND i.deleted_at IS NULL
		  LEFT JOIN settings s ON s.tenant_id = u.tenant_id AND s.name = 'external_user_leave'
		 WHERE a.id = $1`

func BenchmarkQ(b *testing.B) {
	_, m := open(b)
	for _, who := range []string{"ann", "max"} {
		id := m[who]
		b.Run(who+"/now", func(b *testing.B) {
			runq(b, `SELECT `+listCols+listFrom+` AND (CASE WHEN u.id = a.home_user_id THEN 0 ELSE 1 END, t.name_key, t.id) > ($2, $3, $4)
		 ORDER BY CASE WHEN u.id = a.home_user_id THEN 0 ELSE 1 END, t.name_key, t.id LIMIT $5`, 17, id, -1, []byte{}, "", 52)
		})
		b.Run(who+"/nolimit", func(b *testing.B) {
			runq(b, `SELECT `+listCols+listFrom+` AND (CASE WHEN u.id = a.home_user_id THEN 0 ELSE 1 END, t.name_key, t.id) > ($2, $3, $4)
		 ORDER BY CASE WHEN u.id = a.home_user_id THEN 0 ELSE 1 END, t.name_key, t.id`, 17, id, -1, []byte{}, "")
		})
		b.Run(who+"/nosort", func(b *testing.B) {
			runq(b, `SELECT `+listCols+listFrom, 17, id)
		})
		b.Run(who+"/nosort-nodomain", func(b *testing.B) {
			runq(b, `SELECT u.tenant_id, t.name, t.state, t.name_key,
		       CASE WHEN t.privacy_contact <> '' THEN t.privacy_contact ELSE t.technical_contact END,
		       u.id, u.user_type, u.created_at, u.external_state_at, u.invited_by, i.display_name,
		       u.last_used_at, u.account_enabled, u.enabled_at, COALESCE(s.value, 'yes') = 'yes', COALESCE(u.id = a.home_user_id, FALSE)`+listFrom, 16, id)
		})
		b.Run(who+"/onlyusers", func(b *testing.B) {
			runq(b, `SELECT u.id, u.tenant_id, u.last_used_at, u.account_enabled FROM users u WHERE u.account_id = $1 AND u.deleted_at IS NULL`, 4, id)
		})
		b.Run(who+"/users+tenants", func(b *testing.B) {
			runq(b, `SELECT u.id, u.tenant_id, u.last_used_at, u.account_enabled, t.name, t.state FROM users u JOIN tenants t ON t.id = u.tenant_id WHERE u.account_id = $1 AND u.deleted_at IS NULL`, 6, id)
		})
		b.Run(who+"/users+tenants+roles", func(b *testing.B) {
			runq(b, `SELECT u.id, u.tenant_id, u.last_used_at, u.account_enabled, t.name, t.state, EXISTS (SELECT 1 FROM roles r WHERE r.user_id = u.id) FROM users u JOIN tenants t ON t.id = u.tenant_id WHERE u.account_id = $1 AND u.deleted_at IS NULL`, 7, id)
		})
	}
}
