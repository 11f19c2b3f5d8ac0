package securityinfo

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// resealBatch is how many secrets are sealed anew between two looks at the database.
const resealBatch = 200

// Rotated is what an older master key is still needed for, once all that can be sealed
// anew has been.
type Rotated struct {
	Sealed    int // secrets that were sealed anew
	Passwords int // hashed with an older key: they move when their owners sign in
	Answers   int // … to security questions: they stay until they are given anew
}

// Reseal seals with the key in use what older ones sealed, while the portal serves.
// What changes meanwhile is left as it is. It may be asked again at any time.
func (f *Feature) Reseal(ctx context.Context) (Rotated, error) {
	var out Rotated
	for after := ""; ; {
		list, err := accounts.SealedAfter(ctx, f.DB, after, resealBatch)
		if err != nil {
			return out, fmt.Errorf("reseal: %w", err)
		}
		for _, s := range list {
			after = s.MethodID
			done, err := f.resealOne(ctx, s)
			if err != nil {
				return out, err
			}
			if done {
				out.Sealed++
			}
		}
		if len(list) < resealBatch {
			break
		}
	}
	tokens, err := f.resealTokens(ctx)
	if err != nil {
		return out, err
	}
	out.Sealed += tokens
	if out.Passwords, out.Answers, err = accounts.PepperedOtherwise(ctx, f.DB, f.Box.PepperID()); err != nil {
		return out, fmt.Errorf("reseal: %w", err)
	}
	return out, nil
}

func (f *Feature) resealOne(ctx context.Context, s accounts.Sealed) (bool, error) {
	if f.Box.Seals(s.Sealed) {
		return false, nil
	}
	seed, err := f.Box.Open(seedPurpose, s.Tenant, s.MethodID, s.Sealed)
	if err != nil {
		f.log().Error("a method cannot be sealed anew", "method", s.MethodID, "error", err)
		return false, nil // of a key that is lost
	}
	done, err := accounts.Reseal(ctx, f.DB, s, f.sealSeed(s.Tenant, s.MethodID, seed))
	if err != nil {
		return false, fmt.Errorf("reseal: %w", err)
	}
	return done, nil
}

// NoteRotation records that the operator has had everything sealed anew. The marks of
// keys that nothing needs any more go.
func (f *Feature) NoteRotation(ctx context.Context, who actor.Actor, left Rotated) error {
	return f.DB.Tx(ctx, func(tx *db.Tx) error {
		if left.Passwords == 0 && left.Answers == 0 {
			if err := deleteOtherKeyChecks(ctx, tx, f.Box.PepperID()); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, who, audit.Entry{Act: "key.rotate"})
	})
}
