package directory

import (
	"context"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/db"
)

// ExperienceSetting is an Experience as it stands, with who said so.
type ExperienceSetting struct {
	Experience
	GroupName  string // "" where the group selected is no longer there
	SetAt      time.Time
	SetBy      string // name of the administrator, where still known
	ByOperator bool
}

// GroupGone says whether the group selected was deleted: nobody has the
// experience then.
func (s ExperienceSetting) GroupGone() bool { return s.Group() != "" && s.GroupName == "" }

// ExperienceOf reads the setting of an organization.
func ExperienceOf(ctx context.Context, c db.Conn, tenantID string) (ExperienceSetting, error) {
	s, found, err := db.Maybe(ctx, c, func(r db.Row) (s ExperienceSetting, err error) {
		var by string
		err = r.Scan(&s.Experience, db.Opt(&s.GroupName), db.At(&s.SetAt), &by, db.Opt(&s.SetBy))
		s.ByOperator = by == string(actor.Operator)
		return
	}, `
		SELECT x.value, g.name, x.set_at, x.set_by, u.display_name
		  FROM settings x
		  LEFT JOIN groups g ON g.id = x.value AND g.tenant_id = x.tenant_id
		  LEFT JOIN users u ON u.id = x.set_by AND u.tenant_id = x.tenant_id
		 WHERE x.tenant_id = $1 AND x.name = 'experience'`, tenantID)
	if err == nil && !found {
		s.Experience = ExperienceAll
	}
	return s, err
}

// HomesOf counts the live users of an organization that are somebody's home, and
// those of them in two groups.
func HomesOf(ctx context.Context, c db.Conn, tenantID, before, after string) (Homes, error) {
	return db.One(ctx, c, func(r db.Row) (h Homes, err error) { err = r.Scan(&h.All, &h.Before, &h.After, &h.Both); return }, `
		SELECT (SELECT count(*) FROM live_users u JOIN accounts a ON a.home_user_id = u.id WHERE u.tenant_id = $1),
		       (SELECT count(*) FROM members m JOIN live_users u ON u.id = m.user_id JOIN accounts a ON a.home_user_id = u.id
		         WHERE m.group_id = $2 AND u.tenant_id = $1),
		       (SELECT count(*) FROM members m JOIN live_users u ON u.id = m.user_id JOIN accounts a ON a.home_user_id = u.id
		         WHERE m.group_id = $3 AND u.tenant_id = $1),
		       (SELECT count(*) FROM members m JOIN live_users u ON u.id = m.user_id JOIN accounts a ON a.home_user_id = u.id
		         WHERE m.group_id = $2 AND u.tenant_id = $1
		           AND EXISTS (SELECT 1 FROM members o WHERE o.group_id = $3 AND o.user_id = m.user_id))`, tenantID, before, after)
}

func saveExperience(ctx context.Context, tx *db.Tx, tenantID string, e Experience, by string) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO settings (tenant_id, name, value, set_at, set_by) VALUES ($1, 'experience', $2, $3, $4)
		ON CONFLICT (tenant_id, name) DO UPDATE SET value = $2, set_at = $3, set_by = $4`, tenantID, string(e), db.Micros(tx.Now()), by)
	return err
}
