package policies

import (
	"context"
	"strings"
	"testing"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

// What is counted before a policy is saved goes from each person along an index.
func TestPlans(t *testing.T) {
	d := dbtest.Open(t)
	p := Default()
	p.Methods = Methods{accounts.Email: {Who: OneGroup, Group: "g", Except: "h"}, accounts.Authenticator: {Who: OneGroup, Group: "g"}}
	p.SecondStep = SecondStep{Members: Scope{Who: OneGroup, Group: "g", Except: "h"}, Administrators: true}
	for name, w := range map[string]those{
		"enough":   enough(p),
		"unready":  both(required(p.SecondStep), not(hasUsable(p.Methods, secondTypes()))),
		"stranded": both(required(p.SecondStep), not(mayUse(p.Methods, secondTypes()))),
	} {
		var where db.Where
		where.And("u.tenant_id = $?", "t")
		where.And("("+w.text+")", w.args...)
		plan, err := db.All(context.Background(), d, func(r db.Row) (s string, err error) {
			var a, b, c int
			err = r.Scan(&a, &b, &c, &s)
			return
		}, `EXPLAIN QUERY PLAN SELECT count(*) FROM live_users u JOIN accounts a ON a.home_user_id = u.id WHERE `+where.Text(), where.Args()...)
		if text := strings.Join(plan, "; "); err != nil || strings.Contains(text, "SCAN") {
			t.Errorf("%s: %s, %v", name, text, err)
		}
	}
}
