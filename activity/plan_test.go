package activity_test

import (
	"context"
	"strings"
	"testing"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

// Every list reads along an index in its own order, and never the whole log.
func TestPlans(t *testing.T) {
	d := dbtest.Open(t)
	const tail = ` AND (a.at, a.id) < (1, '') ORDER BY a.at DESC, a.id DESC LIMIT 51`
	for where, index := range map[string]string{
		`a.target = 'x' AND a.act IN ('session.start', 'session.password', 'password.reset')`: "audit_own",
		`a.tenant_id = 'x'`:                                                                            "audit_tenant",
		`a.tenant_id = 'x' AND a.act = 'user.delete'`:                                                  "audit_act",
		`a.tenant_id = 'x' AND a.result = 'refused'`:                                                   "audit_refused",
		`a.target = 'x' AND COALESCE(a.tenant_id, '') = 'x'`:                                           "audit_target",
		`a.actor_id = 'x' AND COALESCE(a.tenant_id, '') = 'x'`:                                         "audit_actor",
		`a.other = 'x' AND a.act IN ('group.add', 'group.remove') AND COALESCE(a.tenant_id, '') = 'x'`: "audit_other",
	} {
		plan, err := db.All(context.Background(), d, func(r db.Row) (s string, err error) {
			var a, b, c int
			err = r.Scan(&a, &b, &c, &s)
			return
		}, `EXPLAIN QUERY PLAN SELECT a.id FROM audit a WHERE `+where+tail)
		if text := strings.Join(plan, "; "); err != nil || !strings.Contains(text, index+" ") {
			t.Errorf("%s: %s, %v, want %s", where, text, err, index)
		}
	}
}
