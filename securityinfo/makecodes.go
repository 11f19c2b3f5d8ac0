package securityinfo

import (
	"context"
	"crypto/rand"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// MakeCodes makes recovery codes in place of those before and gives them, this
// once. seen is the id of those that the asker knows of, "" for none: the same
// form sent again makes none.
func (f *Feature) MakeCodes(ctx context.Context, who actor.Actor, seen string) ([]string, error) {
	if err := Fresh(who, f.DB.Now()); err != nil {
		return nil, err
	}
	list, err := accounts.MethodsOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return nil, fmt.Errorf("make recovery codes: %w", err)
	}
	if err := mayMake(list, seen); err != nil {
		return nil, err
	}
	shown, fresh, err := f.newCodes(ctx, who.Address)
	if err != nil {
		return nil, fmt.Errorf("make recovery codes: %w", err)
	}
	err = f.alter(ctx, who, alteration{
		Entry: audit.Entry{Act: "recovery.make"}, Method: accounts.Method{ID: fresh.MethodID, Type: accounts.RecoveryCodes}, Words: &codesTexts,
	}, func(tx *db.Tx, list []accounts.Method, _ *accounts.Method) error {
		if err := mayMake(list, seen); err != nil {
			return err
		}
		return accounts.KeepCodes(ctx, tx, who.AccountID, f.IDs.New, fresh)
	})
	if err != nil {
		return nil, fmt.Errorf("make recovery codes: %w", err)
	}
	return shown, nil
}

// newCodes are hashed before the transaction: that takes its time.
func (f *Feature) newCodes(ctx context.Context, address string) (shown []string, fresh accounts.Codes, err error) {
	try, err := f.Tries.Enter(address)
	if err != nil {
		return nil, fresh, err
	}
	defer try.Done(false)
	fresh = accounts.Codes{MethodID: f.IDs.Random(), Salt: f.Hasher.NewSalt()}
	for range codesMade {
		var random [codeSize]byte
		rand.Read(random[:])
		hash, err := f.Hasher.Salted(ctx, fresh.Salt, codeText.EncodeToString(random[:]))
		if err != nil {
			return nil, fresh, err
		}
		shown, fresh.Hashes = append(shown, recoveryCode(random)), append(fresh.Hashes, hash)
	}
	return shown, fresh, nil
}

// Printable are codes to be kept as a file. They come back from the page that
// showed them, since nothing else knows them any more; whatever is no code is
// refused.
func Printable(codes []string) ([]string, error) {
	if len(codes) != codesMade {
		return nil, fault.Missing()
	}
	out := make([]string, 0, len(codes))
	for _, c := range codes {
		code, err := printedCode(c)
		if err != nil {
			return nil, fault.Missing()
		}
		out = append(out, InFours(code, "-"))
	}
	return out, nil
}
