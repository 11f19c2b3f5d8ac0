package passkey

import (
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Life is how long a question can be answered.
const Life = 5 * time.Minute

// HandleSize is how many random octets an owner is known to their passkeys by.
const HandleSize = 64

// Party is the side that asks: the portal, under the one address at which people
// reach it.
type Party struct{ w *webauthn.WebAuthn }

// For is the party of a portal at base, nil where there can be none: browsers make
// no passkeys for a number in place of a name.
func For(base *url.URL, name string) *Party {
	if base == nil {
		return nil
	}
	timeout := webauthn.TimeoutConfig{Timeout: Life, TimeoutUVD: Life}
	w, err := webauthn.New(&webauthn.Config{
		RPID: base.Hostname(), RPDisplayName: name, RPOrigins: []string{base.Scheme + "://" + base.Host},
		Timeouts: webauthn.TimeoutsConfig{Login: timeout, Registration: timeout},
		// Password managers report extensions that nobody asked for. None is read.
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore,
	})
	if err != nil {
		return nil
	}
	return &Party{w: w}
}

// Owner is whose passkeys are spoken of.
type Owner struct {
	Handle  []byte // what the passkeys know them by
	Name    string // that they sign in with
	Display string
	Keys    []Credential
}

// Credential is a passkey as it is kept. Record is whole, and read by nobody else.
type Credential struct {
	ID       []byte
	Record   string
	Count    int64 // of its uses, if it counts them
	Syncable bool  // it can be backed up
	BackedUp bool
	Keeper   string // what keeps it, by the name it is known under; "" where it does not tell
}

// Question is what is asked: Options go to the browser, Kept stays here and is
// what the answer is held against.
type Question struct {
	Options json.RawMessage
	Kept    string
}

// Create asks for a new passkey, or, where portable is set, for a security key. A
// passkey takes the place of a name and a password, so it must be able to say who
// holds it; a security key may be one that only shows it is there.
func (p *Party) Create(o Owner, portable bool) (Question, error) {
	u, err := userOf(o)
	if err != nil {
		return Question{}, err
	}
	choice := protocol.AuthenticatorSelection{
		ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
		UserVerification: protocol.VerificationRequired,
	}
	opts := []webauthn.RegistrationOption{
		webauthn.WithExclusions(webauthn.Credentials(u.keys).CredentialDescriptors()),
		webauthn.WithCredentialParameters(webauthn.CredentialParametersRecommendedL3()),
		webauthn.WithConveyancePreference(protocol.PreferNoAttestation),
	}
	if portable {
		choice = protocol.AuthenticatorSelection{
			AuthenticatorAttachment: protocol.CrossPlatform, ResidentKey: protocol.ResidentKeyRequirementPreferred,
			RequireResidentKey: protocol.ResidentKeyNotRequired(), UserVerification: protocol.VerificationPreferred,
		}
		opts = append(opts, webauthn.WithPublicKeyCredentialHints([]protocol.PublicKeyCredentialHints{protocol.PublicKeyCredentialHintSecurityKey}))
	}
	made, session, err := p.w.BeginRegistration(u, append(opts, webauthn.WithAuthenticatorSelection(choice))...)
	if err != nil {
		return Question{}, fmt.Errorf("ask for a passkey: %w", err)
	}
	return question(made.Response, session)
}

// Anybody asks whichever passkey the browser has for this portal. The person must
// be verified: it stands for a name, a password and a second step.
func (p *Party) Anybody() (Question, error) {
	made, session, err := p.w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Question{}, fmt.Errorf("ask a passkey: %w", err)
	}
	return question(made.Response, session)
}

// Ask asks one of the owner's passkeys. verified says whether the person must be
// verified too, or whether it is enough that the key is there.
func (p *Party) Ask(o Owner, verified bool) (Question, error) {
	u, err := userOf(o)
	if err != nil {
		return Question{}, err
	}
	want := protocol.VerificationPreferred
	if verified {
		want = protocol.VerificationRequired
	}
	made, session, err := p.w.BeginLogin(u, webauthn.WithUserVerification(want))
	if err != nil {
		return Question{}, fmt.Errorf("ask a passkey: %w", err)
	}
	return question(made.Response, session)
}

func question(options any, session *webauthn.SessionData) (Question, error) {
	out, err := json.Marshal(options)
	if err != nil {
		return Question{}, fmt.Errorf("ask a passkey: %w", err)
	}
	kept, err := json.Marshal(session)
	if err != nil {
		return Question{}, fmt.Errorf("ask a passkey: %w", err)
	}
	return Question{Options: out, Kept: string(kept)}, nil
}

// user is an owner as the library wants them.
type user struct {
	Owner
	keys []webauthn.Credential
}

func userOf(o Owner) (user, error) {
	u := user{Owner: o}
	for _, c := range o.Keys {
		var one webauthn.Credential
		if err := json.Unmarshal([]byte(c.Record), &one); err != nil {
			return user{}, fmt.Errorf("read a passkey: %w", err)
		}
		u.keys = append(u.keys, one)
	}
	return u, nil
}

func (u user) WebAuthnID() []byte                         { return u.Handle }
func (u user) WebAuthnName() string                       { return u.Name }
func (u user) WebAuthnDisplayName() string                { return u.Display }
func (u user) WebAuthnCredentials() []webauthn.Credential { return u.keys }

func credentialOf(c *webauthn.Credential) (Credential, error) {
	record, err := json.Marshal(c)
	if err != nil {
		return Credential{}, fmt.Errorf("keep a passkey: %w", err)
	}
	return Credential{
		ID: c.ID, Record: string(record), Count: int64(c.Authenticator.SignCount), Syncable: c.Flags.BackupEligible, BackedUp: c.Flags.BackupState,
		Keeper: keeperOf(c.Authenticator.AAGUID),
	}, nil
}
