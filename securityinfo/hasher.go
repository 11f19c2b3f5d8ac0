package securityinfo

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/secret"
)

// Params are what a hash costs.
type Params struct {
	Memory  uint32 // KiB
	Time    uint32 // passes
	Threads uint8
}

// DefaultParams are Argon2id with 19 MiB, two passes, one lane.
var DefaultParams = Params{Memory: 19 * 1024, Time: 2, Threads: 1}

const (
	saltSize = 16
	keySize  = 32
	maxQueue = 64 // requests that may wait for their turn to hash
)

// What is accepted of a stored hash: an imported one may cost more than ours,
// but not so much that a sign-in stops the machine.
const (
	maxMemory  = 256 * 1024
	maxTime    = 16
	maxThreads = 16
)

// Hasher turns passwords into hashes and compares them. Only a few run at once:
// each takes its memory afresh.
type Hasher struct {
	box    *secret.Box
	params Params
	slots  chan struct{}
	queue  chan struct{}
	nobody encoded
}

// AtOnce is how many passwords are hashed at the same time, at most.
func AtOnce() int { return min(2*runtime.GOMAXPROCS(0), 6) }

// NewHasher makes a hasher; one a process, since it bounds what runs at once.
func NewHasher(box *secret.Box, p Params) *Hasher {
	slots := AtOnce()
	return &Hasher{
		box: box, params: p,
		slots:  make(chan struct{}, slots),
		queue:  make(chan struct{}, slots+maxQueue),
		nobody: encoded{Params: p, salt: make([]byte, saltSize), key: make([]byte, keySize)},
	}
}

// encoded is a hash as its text has it.
type encoded struct {
	Params
	salt, key []byte
}

// Hash makes the stored form of a new password. Never call it in a transaction.
func (h *Hasher) Hash(ctx context.Context, password string) (accounts.Password, error) {
	e := encoded{Params: h.params, salt: make([]byte, saltSize)}
	rand.Read(e.salt)
	key, err := h.derive(ctx, e.Params, e.salt, h.box.Pepper(normal(password)), keySize)
	if err != nil {
		return accounts.Password{}, err
	}
	e.key = key
	return accounts.Password{Hash: e.String(), Pepper: h.box.PepperID()}, nil
}

// Verify says whether password is the one stored. The zero Password is nobody's:
// it costs the same and is never right.
func (h *Hasher) Verify(ctx context.Context, password string, stored accounts.Password) (bool, error) {
	input := []byte(normal(password))
	if stored.Pepper != "" || stored.Hash == "" {
		input = h.peppers(stored).Pepper(normal(password))
	}
	e, err := h.read(stored)
	readable := err == nil
	if !readable {
		e = h.nobody
	}
	key, err := h.derive(ctx, e.Params, e.salt, input, uint32(len(e.key)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, e.key) == 1 && readable, nil
}

// peppers is the box whose key is mixed into a stored password: an older one until
// its owner has signed in again.
func (h *Hasher) peppers(stored accounts.Password) *secret.Box {
	if box, known := h.box.Under(stored.Pepper); known {
		return box
	}
	return h.box
}

// Readable says whether a stored password can be compared at all: not one that
// was hashed with another key.
func (h *Hasher) Readable(stored accounts.Password) error {
	_, err := h.read(stored)
	return err
}

// NewSalt is what several secrets that are no passwords are hashed with, so that
// one computation tells which of them was typed: salt and cost, as text.
func (h *Hasher) NewSalt() string {
	e := encoded{Params: h.params, salt: make([]byte, saltSize)}
	rand.Read(e.salt)
	return e.head()
}

// Salted hashes a secret with what NewSalt gave. Never call it in a transaction.
func (h *Hasher) Salted(ctx context.Context, salt, plain string) ([]byte, error) {
	e, err := parse(salt + "$" + base64.RawStdEncoding.EncodeToString(h.nobody.key)) // a salt is a hash without its end
	if err != nil {
		return nil, err
	}
	return h.derive(ctx, e.Params, e.salt, []byte(plain), keySize)
}

// NeedsRehash says whether a stored password is not as Hash would store it today.
func (h *Hasher) NeedsRehash(stored accounts.Password) bool {
	e, err := h.read(stored)
	return err == nil && (e.Params != h.params || stored.Pepper != h.box.PepperID() || len(e.salt) != saltSize || len(e.key) != keySize)
}

func (h *Hasher) read(stored accounts.Password) (encoded, error) {
	if _, known := h.box.Under(stored.Pepper); stored.Pepper != "" && !known {
		return encoded{}, fmt.Errorf("the password was hashed with the key %s, not with %s", stored.Pepper, h.box.PepperID())
	}
	return parse(stored.Hash)
}

// Queue says how many passwords are being hashed or compared, and how many wait.
func (h *Hasher) Queue() (running, waiting int) {
	running = len(h.slots)
	return running, max(0, len(h.queue)-running)
}

// derive waits for its turn, but in a bounded queue: beyond it, people are asked
// to come back.
func (h *Hasher) derive(ctx context.Context, p Params, salt, input []byte, size uint32) ([]byte, error) {
	select {
	case h.queue <- struct{}{}:
		defer func() { <-h.queue }()
	default:
		return nil, fault.New(fault.Unavailable, "busy", "ui.error.busy.title")
	}
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey(input, salt, p.Time, p.Memory, p.Threads, size), nil
}

// String is the PHC form: $argon2id$v=19$m=…,t=…,p=…$salt$key.
func (e encoded) String() string { return e.head() + "$" + base64.RawStdEncoding.EncodeToString(e.key) }

func (e encoded) head() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s", argon2.Version, e.Memory, e.Time, e.Threads, base64.RawStdEncoding.EncodeToString(e.salt))
}

var errHash = errors.New("the stored hash cannot be read")

func parse(text string) (encoded, error) {
	var e encoded
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return e, errHash
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &e.Memory, &e.Time, &e.Threads); n != 3 || err != nil {
		return e, errHash
	}
	var saltErr, keyErr error
	e.salt, saltErr = base64.RawStdEncoding.DecodeString(parts[4])
	e.key, keyErr = base64.RawStdEncoding.DecodeString(parts[5])
	switch {
	case saltErr != nil, keyErr != nil, len(e.salt) < 8, len(e.salt) > 64, len(e.key) < 16, len(e.key) > 64,
		e.Memory > maxMemory, e.Time < 1, e.Time > maxTime, e.Threads < 1, e.Threads > maxThreads:
		return e, errHash
	}
	return e, nil
}
