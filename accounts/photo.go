package accounts

import (
	"context"

	"sojourn/internal/db"
)

// Photo is a person's photo in the two sizes it is shown in, as JPEG.
type Photo struct {
	ID           string
	Large, Small []byte
}

// SetPhoto gives an account a photo, in place of the one before.
func SetPhoto(ctx context.Context, tx *db.Tx, accountID string, p Photo) error {
	return savePhoto(ctx, tx, accountID, p)
}

// RemovePhoto takes the photo away; false where there was none.
func RemovePhoto(ctx context.Context, tx *db.Tx, accountID string) (bool, error) {
	return deletePhoto(ctx, tx, accountID)
}
