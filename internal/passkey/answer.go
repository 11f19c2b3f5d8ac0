package passkey

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Why an answer is not good. All but ErrWrong are told only of an answer that the
// passkey itself has signed: a stranger learns nothing from them.
var (
	ErrWrong      = errors.New("passkey: the answer is not good")
	ErrUnverified = errors.New("passkey: the person was not verified")
	ErrMoved      = errors.New("passkey: it says otherwise than before whether it can be backed up")
	ErrCopied     = errors.New("passkey: its counter went back: there may be a copy")
)

// maxAnswer bounds what is parsed, in octets: answers have a few thousand.
const maxAnswer = 64 << 10

// Created checks the answer to Create and gives the new passkey.
func (p *Party) Created(o Owner, kept, answer string) (Credential, error) {
	u, err := userOf(o)
	if err != nil {
		return Credential{}, err
	}
	session, err := sessionOf(kept)
	if err != nil {
		return Credential{}, err
	}
	if len(answer) > maxAnswer {
		return Credential{}, fmt.Errorf("%w: too long", ErrWrong)
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return Credential{}, refused(err)
	}
	made, err := p.w.CreateCredential(u, session, parsed)
	if err != nil {
		if session.UserVerification == protocol.VerificationRequired && !parsed.Response.AttestationObject.AuthData.Flags.HasUserVerified() {
			return Credential{}, fmt.Errorf("%w: %w", ErrUnverified, err)
		}
		return Credential{}, refused(err)
	}
	return credentialOf(made)
}

// Answer is an answer that can be read; whether it is right is not known yet.
type Answer struct {
	ID     []byte // of the passkey
	parsed *protocol.ParsedCredentialAssertionData
}

// Read reads the answer of a passkey.
func Read(answer string) (Answer, error) {
	if len(answer) > maxAnswer {
		return Answer{}, fmt.Errorf("%w: too long", ErrWrong)
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return Answer{}, refused(err)
	}
	return Answer{ID: parsed.RawID, parsed: parsed}, nil
}

// Proof is a right answer: the passkey as it is to be kept from now on.
type Proof struct {
	Credential
	Verified bool // the person too, by fingerprint, face or PIN
}

// Check holds an answer against what was asked and what is known of its passkey,
// which is among those of the owner.
func (p *Party) Check(o Owner, kept string, a Answer) (Proof, error) {
	u, err := userOf(o)
	if err != nil {
		return Proof{}, err
	}
	session, err := sessionOf(kept)
	if err != nil {
		return Proof{}, err
	}
	right, err := p.validate(u, session, a)
	if err != nil {
		return Proof{}, p.why(u, session, a, err)
	}
	if right.Authenticator.CloneWarning {
		return Proof{}, ErrCopied
	}
	c, err := credentialOf(right)
	return Proof{Credential: c, Verified: a.verified()}, err
}

func (a Answer) verified() bool { return a.parsed.Response.AuthenticatorData.Flags.HasUserVerified() }

func (p *Party) validate(u user, session webauthn.SessionData, a Answer) (*webauthn.Credential, error) {
	if len(session.UserID) > 0 {
		return p.w.ValidateLogin(u, session, a.parsed)
	}
	_, right, err := p.w.ValidatePasskeyLogin(func(_, _ []byte) (webauthn.User, error) { return u, nil }, session, a.parsed)
	return right, err
}

// why looks for the two reasons that a person can be told: everything else about
// the answer must be right.
func (p *Party) why(u user, session webauthn.SessionData, a Answer, err error) error {
	if session.UserVerification == protocol.VerificationRequired && !a.verified() {
		lenient := session
		lenient.UserVerification = protocol.VerificationPreferred
		if _, rest := p.validate(u, lenient, a); rest == nil {
			return fmt.Errorf("%w: %w", ErrUnverified, err)
		}
	}
	moved := user{Owner: u.Owner}
	for _, c := range u.keys {
		if bytes.Equal(c.ID, a.ID) {
			c.Flags.BackupEligible = !c.Flags.BackupEligible
		}
		moved.keys = append(moved.keys, c)
	}
	if _, rest := p.validate(moved, session, a); rest == nil {
		return fmt.Errorf("%w: %w", ErrMoved, err)
	}
	return refused(err)
}

func sessionOf(kept string) (s webauthn.SessionData, err error) {
	if err := json.Unmarshal([]byte(kept), &s); err != nil {
		return s, fmt.Errorf("read what a passkey was asked: %w", err)
	}
	return s, nil
}

// refused is for whoever reads the log; what the library calls information is left
// out, since it holds challenges.
func refused(err error) error { return fmt.Errorf("%w: %w", ErrWrong, err) }

// Nobody is an owner for a passkey that no one has, so that its answer costs what
// every other does. It is never right.
func Nobody(a Answer) Owner {
	record, err := json.Marshal(webauthn.Credential{
		ID: a.ID, PublicKey: nobodysKey, Flags: webauthn.NewCredentialFlags(a.parsed.Response.AuthenticatorData.Flags),
	})
	if err != nil {
		return Owner{}
	}
	return Owner{Handle: a.parsed.Response.UserHandle, Keys: []Credential{{ID: a.ID, Record: string(record)}}}
}

// nobodysKey is a COSE key on P-256 whose private half is drawn once and thrown away.
var nobodysKey = func() []byte {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil
	}
	point, err := key.PublicKey.Bytes() // 4, x, y
	if err != nil {
		return nil
	}
	cose := []byte{0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20}
	cose = append(cose, point[1:33]...)
	return append(append(cose, 0x22, 0x58, 0x20), point[33:]...)
}()
