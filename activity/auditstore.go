package activity

import (
	"context"

	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// lineColumns: an actor who is named by account is sought among the users of the
// tenant.
const lineColumns = `a.id, a.at, a.actor, a.actor_id, a.act, a.target, a.other, a.result, a.reason,
	CASE WHEN a.actor = 'person' THEN
	  (SELECT u.id FROM users u WHERE u.account_id = a.actor_id AND u.tenant_id = a.tenant_id ORDER BY u.created_at DESC, u.id LIMIT 1) END`

// Where an act came from stands under its actor, what was changed under its
// target. Where nobody acted, both stand there.
const (
	personalColumnsOf = `,
	(SELECT d.data FROM audit_details d WHERE d.audit_id = a.id AND d.subject = a.actor_id),
	(SELECT d.data FROM audit_details d WHERE d.audit_id = a.id AND d.subject = a.target AND a.target <> a.actor_id)`
	withoutPersonal = `, NULL, NULL`
)

func scanLine(r db.Row) (l Line, err error) {
	var from, changed string
	err = r.Scan(&l.ID, db.At(&l.At), &l.Actor, &l.By.ID, &l.Act, &l.On.ID, &l.With.ID, &l.Result, &l.Reason, db.Opt(&l.asUser), db.Opt(&from), db.Opt(&changed))
	for _, data := range []string{changed, from} {
		for name, value := range details(data) {
			l.tell(name, value)
		}
	}
	return
}

// tell adds a detail.
func (l *Line) tell(name, value string) {
	switch name {
	case audit.AddressDetail:
		l.Address = value
	case audit.BrowserDetail:
		l.Agent = value
	default:
		if l.Values == nil {
			l.Values = audit.Details{}
		}
		l.Values[name] = value
	}
}

// narrowed adds what a filter asks, always in the same order, so that several
// lists of one statement share their values.
func narrowed(w *db.Where, f Filter, from point) {
	w.And(`(a.at, a.id) < ($?, $?)`, from.at, from.id)
	if f.Act != "" {
		w.And(`a.act = $?`, f.Act)
	}
	switch f.Result {
	case "done":
		w.And(`a.result = 'done'`)
	case "refused":
		w.And(`a.result = 'refused'`)
	}
	if !f.From.IsZero() {
		w.And(`a.at >= $?`, db.Micros(f.From))
	}
	if !f.To.IsZero() {
		w.And(`a.at < $?`, db.Micros(f.To))
	}
}

const inOrder = ` ORDER BY a.at DESC, a.id DESC LIMIT `

// auditLines reads lines behind a point.
func auditLines(ctx context.Context, c db.Conn, tenantID string, f Filter, whole bool, from point, limit int) ([]Line, error) {
	columns := lineColumns + withoutPersonal
	if whole {
		columns = lineColumns + personalColumnsOf
	}
	if f.User != "" {
		return linesOfUser(ctx, c, columns, tenantID, f, from, limit)
	}
	var w db.Where
	w.And(`a.tenant_id = $?`, tenantID)
	narrowed(&w, f, from)
	w.Limit(limit)
	return db.All(ctx, c, scanLine, `SELECT `+columns+` FROM audit a WHERE `+w.Text()+inOrder+w.Last(), w.Args()...)
}

// linesOfUser reads the lines on a user, by them, and that put them into groups:
// each list by an index of its own, the newest of all together. A user is of one
// tenant, so the tenant's index, which is in order but long, is kept out of it.
func linesOfUser(ctx context.Context, c db.Conn, columns, tenantID string, f Filter, from point, limit int) ([]Line, error) {
	var ids string
	var w db.Where
	for i, part := range []string{`a.target = $?`, `a.actor_id = $?`, `a.other = $? AND a.act IN ('group.add', 'group.remove')`} {
		w = db.Where{}
		w.And(part+` AND COALESCE(a.tenant_id, '') = $?`, f.User, tenantID)
		narrowed(&w, f, from)
		w.Limit(limit)
		if i > 0 {
			ids += ` UNION `
		}
		ids += `SELECT few.id FROM (SELECT a.id FROM audit a WHERE ` + w.Text() + inOrder + w.Last() + `) AS few`
	}
	return db.All(ctx, c, scanLine, `SELECT `+columns+` FROM audit a WHERE a.id IN (`+ids+`)`+inOrder+w.Last(), w.Args()...)
}

// thingsOf finds what ids of a tenant stand for: its users, live, deleted and
// gone for good, its groups, itself, its hardware tokens.
func thingsOf(ctx context.Context, c db.Conn, tenantID string, ids []string) (map[string]Thing, error) {
	out := map[string]Thing{}
	for _, k := range []struct{ kind, from, id string }{
		{"", `x.user_id, '' FROM tombstones x WHERE x.tenant_id = $?`, `x.user_id`},
		{"user", `x.id, x.display_name FROM users x WHERE x.tenant_id = $?`, `x.id`},
		{"group", `x.id, x.name FROM groups x WHERE x.tenant_id = $?`, `x.id`},
		{"tenant", `x.id, x.name FROM tenants x WHERE x.id = $?`, `x.id`},
		{"token", `x.id, x.serial_number FROM tokens x WHERE x.tenant_id = $?`, `x.id`},
	} {
		err := byMany(ids, func(args []any) error {
			var w db.Where
			w.And(k.from+` AND `+k.id+anyOfMany, append([]any{tenantID}, args...)...)
			names := map[string]string{}
			err := named(ctx, c, names, `SELECT `+w.Text(), w.Args())
			for id, name := range names {
				out[id] = Thing{ID: id, Name: name, Kind: k.kind}
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
