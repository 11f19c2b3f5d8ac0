package outbox

import (
	"context"
	"errors"
	"time"

	"sojourn/internal/mail"
)

// Channel is a way out.
type Channel string

const (
	ByMail  Channel = "mail"
	ByText  Channel = "sms"
	ByVoice Channel = "voice"
)

// Channels are all ways out.
var Channels = []Channel{ByMail, ByText, ByVoice}

// Mail is a letter and whom it concerns.
type Mail struct {
	Dedupe    string    // the act and the recipient, as ids: the same key is sent once
	Tenant    string    // "" where none is concerned
	Account   string    // of the recipient, "" where it has none yet
	Topic     string    // what there is one letter of, as Invitation(user): it takes the place of one before that waits or was given up; "" for none
	ExpiresAt time.Time // of no use from then on: a link in it has ended; zero for never
	Letter    mail.Letter
}

// Invitation is the topic of the letters that invite a user who has no account yet.
func Invitation(userID string) string { return "invitation:" + userID }

// Text is a text message. Whoever puts it has held the number against the countries
// allowed (phone.Number.For) and counted it on its caps (caps.Phone).
type Text struct {
	Dedupe    string // as Mail's
	Tenant    string
	Account   string
	To        string // E.164
	Text      string
	Language  string    // BCP 47
	ExpiresAt time.Time // of no use from then on, and not sent any more; zero for never
}

// Call is a call in which a text is spoken. What goes for a Text goes for it.
type Call struct {
	Dedupe    string
	Tenant    string
	Account   string
	To        string
	Extension string // digits to dial once somebody answers
	Spoken    string // digits are spelled out
	Language  string
	ExpiresAt time.Time
}

// Message is a text or a call as it is handed over.
type Message struct {
	Channel   Channel
	To        string
	Extension string `json:",omitempty"`
	Text      string
	Language  string
	ExpiresAt time.Time `json:",omitzero"`
}

// Sender hands over messages of one channel. id is the same for every try at one
// message. What went wrong is best told as a Failure.
type Sender interface {
	Send(ctx context.Context, m Message, id string) error
}

// Failure is why a message did not go out. Its text is the class, a short code that
// names nobody: it may be logged and kept.
type Failure struct {
	Class     string
	Permanent bool  // another try is pointless
	Cause     error // may name anything
}

func (f *Failure) Error() string { return "delivery: " + f.Class }

// Unwrap may name the recipient.
func (f *Failure) Unwrap() error { return f.Cause }

// failure is the class of an error, and whether another try is pointless.
func failure(err error) (class string, final bool) {
	var f *Failure
	if errors.As(err, &f) {
		return f.Class, f.Permanent
	}
	return mail.Class(err), mail.Permanent(err)
}
