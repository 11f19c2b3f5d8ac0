package directory

import (
	"cmp"
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// SetExperience turns My Account on for all whose home the organization is, for
// none of them, or for those in one of its groups. Saying what stands already
// changes nothing, nor who said it.
func (f *Feature) SetExperience(ctx context.Context, who actor.Actor, tenantID string, e Experience) error {
	entry := audit.Entry{Tenant: tenantID, Act: "setting.experience", Target: tenantID, Other: string(e)}
	return f.do(ctx, who, ManageProperties, entry, func(tx *db.Tx, a act) error {
		if e == "" {
			return fault.New(fault.Invalid, "experience_missing", "directory.experience.missing").Field("experience", "directory.experience.missing")
		}
		if id := e.Group(); id != "" {
			if _, found, err := GroupBy(ctx, tx, a.tenant.ID, id); err != nil {
				return err
			} else if !found {
				return fault.New(fault.Invalid, "group_missing", "directory.experience.group.missing").Field("group", "directory.experience.group.missing")
			}
		}
		now, err := ExperienceOf(ctx, tx, a.tenant.ID)
		if err != nil || now.Experience == e {
			return err
		}
		if err := saveExperience(ctx, tx, a.tenant.ID, e, cmp.Or(a.who.UserID, string(a.who.Kind))); err != nil {
			return err
		}
		return a.record(ctx, tx)
	})
}
