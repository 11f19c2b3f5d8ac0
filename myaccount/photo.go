package myaccount

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// decoding bounds the memory that photos take: two at once.
var decoding = make(chan struct{}, 2)

// SetPhoto makes the person's photo anew from what they sent. It is looked at and
// drawn before the transaction begins.
func (f *Feature) SetPhoto(ctx context.Context, who actor.Actor, data []byte) error {
	large, small, err := drawn(ctx, data)
	if err != nil {
		return fmt.Errorf("set photo: %w", err)
	}
	return f.own(ctx, who, "account.photo", func(tx *db.Tx) error {
		return accounts.SetPhoto(ctx, tx, who.AccountID, accounts.Photo{ID: f.IDs.Random(), Large: large, Small: small})
	})
}

func drawn(ctx context.Context, data []byte) (large, small []byte, err error) {
	if len(data) == 0 {
		return nil, nil, badPhoto("photo_missing", "myaccount.photo.missing")
	}
	if err := photoBounds(data); err != nil {
		return nil, nil, err
	}
	select {
	case decoding <- struct{}{}:
		defer func() { <-decoding }()
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	return portrait(data)
}

// RemovePhoto takes the person's photo away. Doing it again is harmless.
func (f *Feature) RemovePhoto(ctx context.Context, who actor.Actor) error {
	return f.own(ctx, who, "account.photo_remove", func(tx *db.Tx) error {
		_, err := accounts.RemovePhoto(ctx, tx, who.AccountID)
		return err
	})
}

// own is the way of every verb on one's own account: one transaction with its row
// in the audit log, which no organization reads; a refused try leaves one too.
func (f *Feature) own(ctx context.Context, who actor.Actor, name string, verb func(tx *db.Tx) error) error {
	entry := audit.Entry{Act: name, Target: who.AccountID}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		if who.AccountID == "" {
			return fault.Missing()
		}
		if err := verb(tx); err != nil {
			return err
		}
		return audit.Record(ctx, tx, who, entry)
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("%s: %w", name, err))
	}
	return nil
}

// Photo reads a photo for somebody who may see it; a foreign one answers like one
// that does not exist.
func (f *Feature) Photo(ctx context.Context, who actor.Actor, photoID string, small bool) ([]byte, error) {
	large, little, found, err := photoSeen(ctx, f.DB, photoID, who.AccountID)
	if err != nil {
		return nil, fmt.Errorf("photo: %w", err)
	}
	if !found {
		return nil, fault.Missing()
	}
	if small {
		return little, nil
	}
	return large, nil
}
