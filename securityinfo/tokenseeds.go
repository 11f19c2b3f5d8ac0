package securityinfo

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/db"
)

const tokenPurpose = "hardware token seed"

// seedOf reads what an app, or a token, of an account makes its codes from.
func (f *Feature) seedOf(ctx context.Context, c db.Conn, accountID string, kind accounts.MethodType, methodID string) (accounts.Seed, bool, error) {
	if kind == accounts.HardwareToken {
		return accounts.TokenSeed(ctx, c, accountID, methodID)
	}
	return accounts.SeedOf(ctx, c, accountID, methodID)
}

// makerOf opens a seed.
func (f *Feature) makerOf(s accounts.Seed) (maker, error) {
	seed, err := f.openSeed(s)
	return maker{seed: seed, sha256: s.SHA256, period: s.Period}, err
}

// spendStep uses up a step of time of an app or a token.
func spendStep(ctx context.Context, tx *db.Tx, kind accounts.MethodType, accountID, methodID string, step int64) (bool, error) {
	if kind == accounts.HardwareToken {
		return accounts.SpendTokenStep(ctx, tx, accountID, methodID, step)
	}
	return accounts.SpendStep(ctx, tx, accountID, methodID, step)
}

// resealTokens seals the seeds of hardware tokens anew, in use or not.
func (f *Feature) resealTokens(ctx context.Context) (n int, err error) {
	for behind := ""; ; {
		list, err := accounts.SealedTokensAfter(ctx, f.DB, behind, resealBatch)
		if err != nil {
			return n, fmt.Errorf("reseal tokens: %w", err)
		}
		for _, s := range list {
			behind = s.ID
			if f.Box.Seals(s.Sealed) {
				continue
			}
			seed, err := f.Box.Open(tokenPurpose, s.Tenant, s.ID, s.Sealed)
			if err != nil {
				f.log().Error("a token cannot be sealed anew", "token", s.ID, "error", err)
				continue // of a key that is lost
			}
			done, err := accounts.ResealToken(ctx, f.DB, s, f.Box.Seal(tokenPurpose, s.Tenant, s.ID, seed))
			if err != nil {
				return n, fmt.Errorf("reseal tokens: %w", err)
			}
			if done {
				n++
			}
		}
		if len(list) < resealBatch {
			return n, nil
		}
	}
}
