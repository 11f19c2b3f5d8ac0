package accounts

import "time"

// Password is the stored form of a password: its hash, the id of the pepper it
// was made with, and a version that every change counts up.
type Password struct {
	Hash      string
	Pepper    string
	Version   int
	ChangedAt time.Time
}
