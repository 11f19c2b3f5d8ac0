// Package secret seals what must be read again (links in mails that wait, the
// secrets of others) and derives the keys for forms and peppers. The master key
// comes from a file or the environment, never from the database.
package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
)

// Box holds the master key that is in use, and those before it: they open what they
// sealed. It is safe for concurrent use.
type Box struct {
	id     [4]byte
	aead   cipher.AEAD
	form   []byte
	pepper []byte
	code   []byte
	others []*Box
}

// KeySize is the length of the master key in bytes.
const KeySize = 32

// New makes a box of a master key of KeySize bytes.
func New(master []byte) (*Box, error) {
	if len(master) != KeySize {
		return nil, fmt.Errorf("secret key: want %d bytes, got %d", KeySize, len(master))
	}
	derive := func(purpose string) []byte {
		k, err := hkdf.Key(sha256.New, master, nil, "sojourn "+purpose, 32)
		if err != nil {
			panic(err) // only for lengths that cannot occur here
		}
		return k
	}
	block, err := aes.NewCipher(derive("seal"))
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	b := &Box{aead: aead, form: derive("form"), pepper: derive("pepper"), code: derive("code")}
	copy(b.id[:], derive("id"))
	return b, nil
}

// Parse reads master keys as they stand in a file or variable: 64 hexadecimal digits
// or base64 each, one a line. The first is in use; what the others sealed is opened.
func Parse(text string) (*Box, error) {
	lines := strings.Fields(text)
	if len(lines) == 0 {
		return nil, errNoKey
	}
	boxes := make([]*Box, len(lines))
	for i, line := range lines {
		key, err := hex.DecodeString(line)
		if err != nil || len(key) != KeySize {
			if key, err = base64.StdEncoding.DecodeString(line); err != nil {
				return nil, errNoKey
			}
		}
		if boxes[i], err = New(key); err != nil {
			return nil, err
		}
	}
	boxes[0].others = boxes[1:]
	return boxes[0], nil
}

var errNoKey = errors.New("secret key: want 32 random bytes as 64 hexadecimal digits or as base64")

// NewKey is a new master key, as Parse reads it.
func NewKey() string {
	key := make([]byte, KeySize)
	rand.Read(key)
	return hex.EncodeToString(key)
}

// Under is the box with another of its keys in use; false where it has none of that
// id.
func (b *Box) Under(id string) (*Box, bool) {
	for _, one := range append([]*Box{b}, b.others...) {
		if one.PepperID() == id {
			return one, true
		}
	}
	return nil, false
}

// Seals says whether something was sealed with the key that is in use.
func (b *Box) Seals(sealed []byte) bool {
	return len(sealed) >= len(b.id) && [4]byte(sealed[:4]) == b.id
}

// FromFile reads the master key from path and makes one there, readable by its
// owner only, if the file does not exist.
func FromFile(path string) (*Box, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		text = []byte(NewKey() + "\n")
		err = create(path, text)
		if errors.Is(err, os.ErrExist) { // another process was first
			text, err = os.ReadFile(path)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("secret key: %w", err)
	}
	return Parse(string(text))
}

// create writes a new file whole: under its name it is never seen half written.
func create(path string, data []byte) error {
	tmp, err := os.CreateTemp(dirOf(path), ".key-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if _, err := tmp.Write(data); err != nil {
		return err
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Link(tmp.Name(), path)
}

func dirOf(path string) string {
	if i := strings.LastIndexByte(path, '/'); i > 0 {
		return path[:i]
	}
	return "."
}

// Seal encrypts plain so that it opens only for the same purpose, tenant and
// row: AES-256-GCM with the key's id in front.
func (b *Box) Seal(purpose, tenant, row string, plain []byte) []byte {
	return b.aead.Seal(b.id[:], nil, plain, bound(purpose, tenant, row))
}

// Open decrypts what Seal made.
func (b *Box) Open(purpose, tenant, row string, sealed []byte) ([]byte, error) {
	for _, one := range append([]*Box{b}, b.others...) {
		if one.Seals(sealed) {
			return one.aead.Open(nil, nil, sealed[len(one.id):], bound(purpose, tenant, row))
		}
	}
	return nil, errors.New("secret: sealed with another key")
}

// bound is the additional data: length-prefixed, so that no two triples meet.
func bound(parts ...string) []byte {
	var out []byte
	for _, p := range parts {
		out = binary.BigEndian.AppendUint32(out, uint32(len(p)))
		out = append(out, p...)
	}
	return out
}

// FormToken is the token of the forms that a browser is given for an account.
func (b *Box) FormToken(browserID, accountID string) []byte {
	return mac(b.form, bound(browserID, accountID))
}

// IsFormToken says whether a token was made by FormToken, with any of the keys: forms
// that were drawn before a new one came into use go on.
func (b *Box) IsFormToken(token []byte, browserID, accountID string) bool {
	right := 0
	for _, one := range append([]*Box{b}, b.others...) {
		right |= subtle.ConstantTimeCompare(token, one.FormToken(browserID, accountID))
	}
	return right == 1
}

// CodeMAC is how a short code is kept that was sent to somebody: with the key it
// cannot be guessed from, and only for what it was made for.
func (b *Box) CodeMAC(madeFor ...string) []byte { return mac(b.code, bound(madeFor...)) }

// IsCodeMAC says whether a MAC was made by CodeMAC, with any of the keys.
func (b *Box) IsCodeMAC(given []byte, madeFor ...string) bool {
	right := 0
	for _, one := range append([]*Box{b}, b.others...) {
		right |= subtle.ConstantTimeCompare(given, one.CodeMAC(madeFor...))
	}
	return right == 1
}

// Pepper mixes the key into a password before it is hashed. PepperID names it.
func (b *Box) Pepper(password string) []byte { return mac(b.pepper, []byte(password)) }

// PepperID is kept beside each hash.
func (b *Box) PepperID() string { return hex.EncodeToString(b.id[:]) }

func mac(key, data []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(data)
	return h.Sum(nil)
}
