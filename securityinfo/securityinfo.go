package securityinfo

import (
	"context"
	"log/slog"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/caps"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/id"
	"sojourn/internal/outbox"
	"sojourn/internal/passkey"
	"sojourn/internal/phone"
	"sojourn/internal/secret"
	"sojourn/internal/sources"
	"sojourn/internal/web"
)

// Feature is the room: its verbs and its pages.
type Feature struct {
	DB       *db.DB
	IDs      id.Source
	Hasher   *Hasher
	Words    *i18n.Bundle
	Log      *slog.Logger // nil is the default one
	BaseURL  string       // without a slash at its end
	Zone     *time.Location
	Outbox   Outbox
	Sessions Sessions
	Founder  Founder
	Notices  Notices // nil: letters go without a link
	// Registering is asked where somebody who was asked to set something up goes on.
	Registering Registering
	Box         *secret.Box
	Keys        *passkey.Party   // nil: people reach the portal by a number, for which there are no passkeys
	Tries       *sources.Limiter // passwords hashed, by source
	Begun       *sources.Limiter // resets begun, by source: each is a row

	Delivers  func(outbox.Channel) bool // nil: nothing goes out to telephones
	Countries phone.Countries           // of the telephones that something goes out to
	PhoneCaps caps.Phone

	lanes lanes
}

// Outbox takes a letter, a text or a call along in the transaction of the act.
type Outbox interface {
	Put(ctx context.Context, tx *db.Tx, m outbox.Mail) error
	PutText(ctx context.Context, tx *db.Tx, t outbox.Text) error
	PutCall(ctx context.Context, tx *db.Tx, c outbox.Call) error
	// ForgetTopic takes back what was not sent of a topic.
	ForgetTopic(ctx context.Context, tx *db.Tx, topic string) error
}

// Sessions ends what an account has open, but for one session: as part of an act,
// or because its person wants to. It knows where the account has been before.
type Sessions interface {
	// Knows says whether the account has been signed in before in a browser that its
	// person has not disowned.
	Knows(ctx context.Context, browser, accountID string) (bool, error)
	EndAll(ctx context.Context, tx *db.Tx, accountID, exceptSession, reason string) error
	// Unprove has every session but one prove anew before it changes anything.
	Unprove(ctx context.Context, tx *db.Tx, accountID, exceptSession string) error
	EndOthers(ctx context.Context, who actor.Actor) error
}

// Registering lets a session that was asked to set something up go on without, and
// with what was set up in it.
type Registering interface {
	GoOn(ctx context.Context, tx *db.Tx, who actor.Actor) (resume string, err error)
	// Took notes that a second factor was shown in a session: it was added there.
	Took(ctx context.Context, tx *db.Tx, who actor.Actor, second accounts.MethodType) error
}

// Notices makes the link of a letter by which its reader says that what was done
// in a session was not them. methodID is of a method that was added then, "" for
// none, and address the mailbox that the letter goes to.
type Notices interface {
	NoticeLink(ctx context.Context, tx *db.Tx, accountID, sessionID, methodID, address string) (url string, err error)
}

// Founding is the first organization and its first administrator.
type Founding struct {
	Organization string
	Domain       string
	PersonName   string
	SignInName   string // before the @ of the principal name
	Mail         string // for notices; may be empty
	Language     string
}

// Founder makes the first organization with its Global Administrator. The
// password is set by the caller in the same transaction.
type Founder interface {
	Found(ctx context.Context, tx *db.Tx, who actor.Actor, n Founding) (accountID string, err error)
}

// Routes mounts the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /security-info", web.SignedIn, f.showMethods)
	t.Handle("GET /security-info/add", web.SignedIn, f.showAdd)
	t.Handle("GET /security-info/changed", web.SignedIn, f.showChanged)
	t.Handle("GET /security-info/methods/{method}/name", web.SignedIn, f.showRename)
	t.Handle("POST /security-info/methods/{method}/name", web.SignedIn, f.submitRename)
	t.Handle("GET /security-info/default", web.SignedIn, f.showDefault)
	t.Handle("POST /security-info/default", web.SignedIn, f.submitDefault)
	t.Handle("POST /security-info/end-others", web.SignedIn, f.submitEndOthers)
	t.Handle("GET /password", web.SignedIn, f.showChange)
	t.Handle("POST /password", web.SignedIn, f.submitChange)
	t.Handle("GET /welcome/{token}", web.Open, f.showWelcome)
	t.Handle("POST /welcome/{token}", web.Open, f.submitWelcome)
	t.Handle("GET /setup/{token}", web.Open, f.showSetup)
	t.Handle("POST /setup/{token}", web.Open, f.submitSetup)
}

func (f *Feature) log() *slog.Logger {
	if f.Log == nil {
		return slog.Default()
	}
	return f.Log
}
