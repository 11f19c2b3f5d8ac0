package activity

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"
	"time"

	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// What a sign-in said of itself stands under its target; what only the person is
// told, under the account. How it was done stood there once.
const signInColumns = `a.id, a.at, a.act, a.other, a.result, a.reason,
	(SELECT d.data FROM audit_details d WHERE d.audit_id = a.id AND d.subject = a.target),
	(SELECT d.data FROM audit_details d WHERE d.audit_id = a.id AND d.subject = $2)`

func scanSignIn(r db.Row) (s SignIn, err error) {
	var result, from, own string
	if err = r.Scan(&s.ID, db.At(&s.At), &s.Act, &s.Session, &result, &s.Reason, db.Opt(&from), db.Opt(&own)); err != nil {
		return
	}
	s.Done = result == "done"
	d, o := details(from), details(own)
	s.Address, s.Agent = d[audit.AddressDetail], d[audit.BrowserDetail]
	s.Method, s.Way, s.tenant = cmp.Or(d["method"], o["method"]), d["way"], o["organization"]
	return
}

// details reads the personal part of a row; what was erased is empty.
func details(data string) audit.Details {
	var d audit.Details
	if data == "" || json.Unmarshal([]byte(data), &d) != nil {
		return nil
	}
	return d
}

// ownActs are what a person sees of their own account: sign-ins, passwords that were
// right before a second step, and resets.
const ownActs = `a.act IN ('session.start', 'session.password', 'password.reset')`

func signIns(ctx context.Context, c db.Conn, target, accountID string, from point, limit int) ([]SignIn, error) {
	return db.All(ctx, c, scanSignIn, `
		SELECT `+signInColumns+`
		  FROM audit a WHERE a.target = $1 AND `+ownActs+` AND (a.at, a.id) < ($3, $4)
		 ORDER BY a.at DESC, a.id DESC LIMIT $5`, target, accountID, from.at, from.id, limit)
}

func signInOf(ctx context.Context, c db.Conn, target, accountID, id string) (SignIn, bool, error) {
	return db.Maybe(ctx, c, scanSignIn, `
		SELECT `+signInColumns+`
		  FROM audit a WHERE a.id = $3 AND a.target = $1 AND `+ownActs, target, accountID, id)
}

func countSignIns(ctx context.Context, c db.Conn, target string, since time.Time) (done, refused int, err error) {
	n, err := db.One(ctx, c, func(r db.Row) (n [2]int, err error) { err = r.Scan(&n[0], &n[1]); return }, `
		SELECT count(*) FILTER (WHERE result = 'done'), count(*) FILTER (WHERE result = 'refused')
		  FROM audit WHERE target = $1 AND act = 'session.start' AND at > $2`, target, db.Micros(since))
	return n[0], n[1], err
}

// many is how many ids one statement takes. Fewer are filled up with the last
// one, so that there is one text to prepare.
const many = 60

var anyOfMany = ` IN (` + strings.Repeat(`$?, `, many-1) + `$?)`

// byMany runs a statement over ids, as often as it takes; "" is left out.
func byMany(ids []string, run func(args []any) error) error {
	var list []string
	seen := map[string]bool{"": true}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			list = append(list, id)
		}
	}
	for len(list) > 0 {
		n := min(many, len(list))
		args := make([]any, many)
		for i := range args {
			args[i] = list[min(i, n-1)]
		}
		if err := run(args); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

func tenantNames(ctx context.Context, c db.Conn, ids []string) (map[string]string, error) {
	out := map[string]string{}
	err := byMany(ids, func(args []any) error {
		var w db.Where
		w.And(`t.id`+anyOfMany, args...)
		return named(ctx, c, out, `SELECT t.id, t.name FROM tenants t WHERE `+w.Text(), w.Args())
	})
	return out, err
}

// named adds the names that a statement finds.
func named(ctx context.Context, c db.Conn, to map[string]string, text string, args []any) error {
	_, err := db.All(ctx, c, func(r db.Row) (id string, err error) {
		var name string
		err = r.Scan(&id, &name)
		to[id] = name
		return
	}, text, args...)
	return err
}
