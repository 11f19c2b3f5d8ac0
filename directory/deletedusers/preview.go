package deletedusers

import (
	"context"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// outlook is what restoring a deleted user now would give.
type outlook struct {
	outcome
	Why string // reason code where it would be refused; restore_conflict asks for a way out
}

// outlooks foresee the restore of deleted users. Those gone or back meanwhile are
// left out.
func (f *Feature) outlooks(ctx context.Context, who actor.Actor, tenantID string, ids []string) ([]outlook, error) {
	if err := directory.MayRead(who, tenantID, directory.ManageUsers); err != nil {
		return nil, err
	}
	var out []outlook
	for _, userID := range ids {
		u, found, err := directory.AnyUser(ctx, f.DB, tenantID, userID)
		if err != nil {
			return nil, err
		}
		if !found || u.Live() {
			continue
		}
		o, err := f.outlook(ctx, directory.RolesHeld(who), u)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	if len(out) == 0 {
		return nil, fault.Missing()
	}
	return out, nil
}

func (f *Feature) outlook(ctx context.Context, own []directory.Role, u directory.User) (o outlook, err error) {
	o.Old, o.Now = u, u
	if o.Restored, err = f.Directory.Foresee(ctx, f.DB, u); err != nil {
		return outlook{}, err
	}
	_, twin, err := directory.LiveTwin(ctx, f.DB, u)
	switch {
	case err != nil:
		return outlook{}, err
	case directory.MayActOn(own, o.Roles) != nil:
		o.Why = "rank_too_low"
	case twin:
		o.Why, o.NewPrincipal = "restore_conflict", "" // that depends on the way out
	}
	return o, nil
}

// possible are those that would be restored without a question.
func possible(list []outlook) []outlook {
	var out []outlook
	for _, o := range list {
		if o.Why == "" {
			out = append(out, o)
		}
	}
	return out
}
