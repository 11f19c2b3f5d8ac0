package directory

import (
	"context"

	"sojourn/internal/actor"
	"sojourn/internal/fault"
)

// Refusal is a user on whom an act on several was refused, and why.
type Refusal struct {
	UserID, Code string
}

// RestoreSeveral restores users one by one, each in its own transaction: what is
// refused for one does not hold up the rest.
func (f *Feature) RestoreSeveral(ctx context.Context, who actor.Actor, tenantID string, userIDs []string) (done []Restored, refused []Refusal, err error) {
	refused, err = each(userIDs, func(userID string) error {
		r, err := f.Restore(ctx, who, tenantID, userID, Ask)
		if err == nil {
			done = append(done, r)
		}
		return err
	})
	return done, refused, err
}

// EraseSeveral deletes users permanently one by one, as RestoreSeveral does.
func (f *Feature) EraseSeveral(ctx context.Context, who actor.Actor, tenantID string, userIDs []string) (done int, refused []Refusal, err error) {
	refused, err = each(userIDs, func(userID string) error {
		err := f.Erase(ctx, who, tenantID, userID)
		if err == nil {
			done++
		}
		return err
	})
	return done, refused, err
}

// each acts on every user. A missing proof, a missing role and an error that is
// no refusal end it. When the database is busy the rest is not tried, and told
// as refused.
func each(userIDs []string, act func(userID string) error) (refused []Refusal, err error) {
	for i, userID := range userIDs {
		err := act(userID)
		if err == nil {
			continue
		}
		f, ok := fault.Of(err)
		switch {
		case !ok || f.Kind == fault.Proof || f.Code == "role_missing":
			return refused, err
		case f.Kind == fault.Unavailable:
			for _, rest := range userIDs[i:] {
				refused = append(refused, Refusal{UserID: rest, Code: f.Code})
			}
			return refused, nil
		}
		refused = append(refused, Refusal{UserID: userID, Code: f.Code})
	}
	return refused, nil
}
