package accesspass

import (
	"time"

	"sojourn/accounts"
	"sojourn/ui"
)

// Previews are the states of the pages of the room.
func Previews(s *ui.Shell) []ui.Preview {
	pass := accounts.Method{ID: "p", Type: accounts.AccessPass, ExpiresAt: time.Date(2026, 5, 21, 10, 30, 0, 0, time.UTC)}
	return []ui.Preview{{Name: "delete the temporary access pass", Page: deletePage(s, pass)}}
}
