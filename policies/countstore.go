package policies

import (
	"context"
	"slices"
	"strings"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
)

// those are people at home in an organization, told by a condition on their user u
// and account a. Every value of theirs is an argument.
type those struct {
	text string
	args []any
}

var (
	everybody      = those{text: "1 = 1"}
	nobody         = those{text: "1 = 0"}
	administrators = those{text: "EXISTS (SELECT 1 FROM roles r WHERE r.user_id = u.id)"}
)

func joined(list []those, word string, none those) those {
	var texts []string
	var out those
	for _, w := range list {
		texts = append(texts, "("+w.text+")")
		out.args = append(out.args, w.args...)
	}
	if len(texts) == 0 {
		return none
	}
	out.text = strings.Join(texts, word)
	return out
}

func both(list ...those) those { return joined(list, " AND ", everybody) }

func either(list ...those) those { return joined(list, " OR ", nobody) }

func not(w those) those { return those{"NOT (" + w.text + ")", w.args} }

func memberOf(group string) those {
	return those{"EXISTS (SELECT 1 FROM members g WHERE g.group_id = $? AND g.user_id = u.id)", []any{group}}
}

// in are those whom a scope means.
func in(s Scope) those {
	w := nobody
	switch s.Who {
	case Everybody:
		w = everybody
	case OneGroup:
		w = memberOf(s.Group)
	}
	if s.Except == "" || s.Who == Nobody {
		return w
	}
	return both(w, not(memberOf(s.Except)))
}

// has are those who have one of some methods.
func has(types ...accounts.MethodType) those {
	w := those{text: "EXISTS (SELECT 1 FROM methods x WHERE x.account_id = a.id AND x.tenant_id IS NULL AND x.state = 'active' AND x.type IN (" + strings.Repeat("$?, ", len(types)-1) + "$?))"}
	for _, t := range types {
		w.args = append(w.args, string(t))
	}
	return w
}

// enough are those who have as many methods for getting back in as it takes them.
func enough(p Policy) those {
	var counted []those
	for _, t := range accounts.ResetTypes {
		ways := []those{{"x.type = $?", []any{string(t)}}, in(p.Methods.Scope(t))}
		if !slices.Contains(p.Reset.Methods, t) {
			ways = append(ways, administrators)
		}
		if t == accounts.Questions {
			ways = append(ways, not(administrators))
		}
		counted = append(counted, both(ways...))
	}
	counts, second := either(counted...), has(secondTypes()...)
	needed := those{"CASE WHEN $? >= 2 OR " + administrators.text + " OR " + second.text + " THEN 2 ELSE 1 END", append([]any{p.Reset.Number}, second.args...)}
	return those{
		"(SELECT count(DISTINCT x.type) FROM methods x WHERE x.account_id = a.id AND x.tenant_id IS NULL AND x.state = 'active' AND (" + counts.text + ")) >= " + needed.text,
		slices.Concat(counts.args, needed.args),
	}
}

func countPeople(ctx context.Context, c db.Conn, tenantID string, w those) (int, error) {
	var where db.Where
	where.And("u.tenant_id = $?", tenantID)
	where.And("("+w.text+")", w.args...)
	return db.Count(ctx, c, `SELECT count(*) FROM live_users u JOIN accounts a ON a.home_user_id = u.id WHERE `+where.Text(), where.Args()...)
}

// countGuests counts the guests who have a role: nobody else enters an administration.
func countGuests(ctx context.Context, c db.Conn, tenantID string) (int, error) {
	return db.Count(ctx, c, `
		SELECT count(*) FROM live_users u
		 WHERE u.tenant_id = $1 AND u.user_type = 'guest' AND u.external_state = 'Accepted' AND `+administrators.text, tenantID)
}

// countLongSessions counts what is open and longer than a policy would give.
func countLongSessions(ctx context.Context, c db.Conn, tenantID string, p Sessions) (int, error) {
	stay := time.Duration(p.Stay) * 24 * time.Hour
	if stay == 0 {
		stay = p.Lasts
	}
	return db.Count(ctx, c, `
		SELECT count(*) FROM live_users u
		  JOIN accounts a ON a.home_user_id = u.id
		  JOIN sessions s ON s.account_id = a.id AND s.ended_at IS NULL
		 WHERE u.tenant_id = $1 AND s.expires_at > $2 AND (s.stays OR s.last_seen_at > $2 - s.idle)
		   AND (s.stays AND s.expires_at > s.created_at + $3 OR NOT s.stays AND (s.expires_at > s.created_at + $4 OR s.idle > $5))`,
		tenantID, db.Micros(c.Now()), stay.Microseconds(), p.Lasts.Microseconds(), p.Idle.Microseconds())
}
