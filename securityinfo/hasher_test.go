package securityinfo

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/argon2"

	"sojourn/accounts"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/internal/secret"
)

var cheap = Params{Memory: 64, Time: 1, Threads: 1}

func TestHasher(t *testing.T) {
	ctx, h := context.Background(), NewHasher(dbtest.Box(t), cheap)
	stored, err := h.Hash(ctx, "pl\u00fcm kettle orbit")
	if err != nil || !strings.HasPrefix(stored.Hash, "$argon2id$v=19$m=64,t=1,p=1$") || stored.Pepper != dbtest.Box(t).PepperID() {
		t.Fatalf("%+v, %v", stored, err)
	}
	for password, want := range map[string]bool{
		"pl\u00fcm kettle orbit": true, "plu\u0308m kettle orbit": true, "plum kettle orbit": false, "": false, "pl\u00fcm kettle orbit ": false,
	} {
		if ok, err := h.Verify(ctx, password, stored); ok != want || err != nil {
			t.Errorf("%q: %v, %v", password, ok, err)
		}
	}
	again, _ := h.Hash(ctx, "pl\u00fcm kettle orbit")
	if again.Hash == stored.Hash {
		t.Error("two hashes are equal: no salt")
	}
	if ok, err := h.Verify(ctx, "", accounts.Password{}); ok || err != nil {
		t.Errorf("nobody's password: %v, %v", ok, err)
	}
}

func TestHasher_pepper(t *testing.T) {
	ctx, h := context.Background(), NewHasher(dbtest.Box(t), cheap)
	other, err := secret.New(bytes.Repeat([]byte{9}, secret.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	stored, _ := h.Hash(ctx, "plum kettle orbit")
	if ok, _ := NewHasher(other, cheap).Verify(ctx, "plum kettle orbit", stored); ok {
		t.Error("right with another key")
	}
	if NewHasher(other, cheap).Readable(stored) == nil || NewHasher(other, cheap).NeedsRehash(stored) {
		t.Error("another key's hash can be read")
	}
	e, _ := parse(stored.Hash)
	plain := encoded{Params: cheap, salt: e.salt, key: argon2.IDKey([]byte("plum kettle orbit"), e.salt, 1, 64, 1, keySize)}
	imported := accounts.Password{Hash: plain.String()}
	if ok, err := h.Verify(ctx, "plum kettle orbit", imported); !ok || err != nil {
		t.Errorf("an imported hash without pepper: %v, %v", ok, err)
	}
	if !h.NeedsRehash(imported) || h.NeedsRehash(stored) || !NewHasher(dbtest.Box(t), Params{Memory: 64, Time: 2, Threads: 1}).NeedsRehash(stored) {
		t.Error("what needs hashing again")
	}
}

func TestParse_refuses(t *testing.T) {
	good := "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	if _, err := parse(good); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{
		"", "x", strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1), strings.Replace(good, "m=64", "m=99999999", 1),
		strings.Replace(good, "t=1", "t=0", 1), strings.Replace(good, "t=1", "t=99", 1), strings.Replace(good, "p=1", "p=0", 1), strings.Replace(good, "p=1", "p=300", 1),
		strings.Replace(good, "$AAAAAAAAAAAAAAAAAAAAAA$", "$AA$", 1), good + "$", good + "=", "$2a$10$abcdefghijklmnopqrstuv",
	} {
		if _, err := parse(bad); err == nil {
			t.Errorf("taken: %s", bad)
		}
	}
}

// TestHasher_bounded: beyond its queue, the hasher asks to come back.
func TestHasher_bounded(t *testing.T) {
	h := NewHasher(dbtest.Box(t), cheap)
	for range cap(h.slots) {
		h.slots <- struct{}{} // all at work
	}
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	for range cap(h.queue) {
		all.Go(func() { h.Hash(ctx, "x") })
	}
	for len(h.queue) < cap(h.queue) {
	}
	if _, err := h.Hash(ctx, "x"); !fault.Is(err, "busy") {
		t.Errorf("got %v, want busy", err)
	}
	cancel()
	all.Wait()
	if len(h.queue) != 0 {
		t.Errorf("%d still wait", len(h.queue))
	}
}

func BenchmarkHash(b *testing.B) {
	h := NewHasher(dbtest.Box(b), DefaultParams)
	for b.Loop() {
		h.Hash(context.Background(), "plum kettle orbit sandals")
	}
}
