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
// refused for one does not hold up the rest. Where it has to end midway, what was
// done and the rest as refused come with the error.
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

// EraseSeveral deletes users permanently one by one, as RestoreSeveral does. Those
// done are as they were.
func (f *Feature) EraseSeveral(ctx context.Context, who actor.Actor, tenantID string, userIDs []string) (done []User, refused []Refusal, err error) {
	refused, err = each(userIDs, func(userID string) error {
		u, err := f.eraseOne(ctx, who, tenantID, userID)
		if err == nil {
			done = append(done, u)
		}
		return err
	})
	return done, refused, err
}

// each acts on every user. A missing proof, a missing role and an error that is
// no refusal end it, and a database that is busy; the rest is not tried, and told
// as refused for the same reason.
func each(userIDs []string, act func(userID string) error) (refused []Refusal, err error) {
	for i, userID := range userIDs {
		err := act(userID)
		if err == nil {
			continue
		}
		code, ends := "internal", true
		if f, ok := fault.Of(err); ok {
			code, ends = f.Code, f.Kind == fault.Proof || f.Code == "role_missing" || f.Kind == fault.Unavailable
		}
		if !ends {
			refused = append(refused, Refusal{UserID: userID, Code: code})
			continue
		}
		for _, rest := range userIDs[i:] {
			refused = append(refused, Refusal{UserID: rest, Code: code})
		}
		if f, ok := fault.Of(err); ok && f.Kind == fault.Unavailable {
			return refused, nil
		}
		return refused, err
	}
	return refused, nil
}
