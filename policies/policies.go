package policies

import (
	"context"

	"sojourn/directory"
	"sojourn/internal/db"
)

// Feature is the room: its verbs.
type Feature struct {
	DB        *db.DB
	Directory *directory.Feature
	Sessions  Shortener
}

// Shortener holds what people have open against how long they may stay signed in.
type Shortener interface {
	Shorten(ctx context.Context, tx *db.Tx, tenantID string, s Sessions) error
}

// Part is one of the policies, set by itself.
type Part string

const (
	SecondPart    Part = "second"
	MethodsPart   Part = "methods"
	CampaignPart  Part = "campaign"
	ResetPart     Part = "reset"
	PasswordsPart Part = "passwords"
	LockOutPart   Part = "lockout"
	SessionsPart  Part = "sessions"
)

// Parts are all of them, in the order in which people read them.
var Parts = []Part{SecondPart, MethodsPart, CampaignPart, ResetPart, PasswordsPart, LockOutPart, SessionsPart}

// Setting is the name under which a part is kept among an organization's settings,
// and of the act that changes it.
func (p Part) Setting() string { return settingPrefix + string(p) }

// settingPrefix begins the name of every part.
const settingPrefix = "policy."

// NeedsProof says whether changing a part asks the administrator's password again:
// it decides how people prove who they are, and for how long.
func (p Part) NeedsProof() bool {
	switch p {
	case SecondPart, MethodsPart, ResetPart, SessionsPart:
		return true
	}
	return false
}
