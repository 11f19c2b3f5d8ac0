package secret_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sojourn/internal/secret"
)

func box(t *testing.T, fill byte) *secret.Box {
	t.Helper()
	b, err := secret.New(bytes.Repeat([]byte{fill}, secret.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What is sealed opens only for the same purpose, tenant and row, with the same key.
func TestSeal(t *testing.T) {
	b := box(t, 1)
	sealed := b.Seal("outbox", "t1", "r1", []byte("a link"))
	if bytes.Contains(sealed, []byte("a link")) {
		t.Fatal("it can be read")
	}
	if bytes.Equal(sealed, b.Seal("outbox", "t1", "r1", []byte("a link"))) {
		t.Error("sealing twice gives the same")
	}
	plain, err := b.Open("outbox", "t1", "r1", sealed)
	if err != nil || string(plain) != "a link" {
		t.Fatal(plain, err)
	}
	changed := bytes.Clone(sealed)
	changed[len(changed)-1] ^= 1
	for name, open := range map[string]func() ([]byte, error){
		"another purpose":     func() ([]byte, error) { return b.Open("other", "t1", "r1", sealed) },
		"another tenant":      func() ([]byte, error) { return b.Open("outbox", "t2", "r1", sealed) },
		"another row":         func() ([]byte, error) { return b.Open("outbox", "t1", "r2", sealed) },
		"parts that run over": func() ([]byte, error) { return b.Open("outbox", "t1r", "1", sealed) },
		"another key":         func() ([]byte, error) { return box(t, 2).Open("outbox", "t1", "r1", sealed) },
		"changed":             func() ([]byte, error) { return b.Open("outbox", "t1", "r1", changed) },
		"cut":                 func() ([]byte, error) { return b.Open("outbox", "t1", "r1", sealed[:3]) },
	} {
		if got, err := open(); err == nil {
			t.Errorf("%s: opened %q", name, got)
		}
	}
}

func TestParse(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		good bool
	}{
		"hexadecimal":             {strings.Repeat("0a", 32), true},
		"with a line's end":       {strings.Repeat("0a", 32) + "\n", true},
		"base64":                  {"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", true},
		"too short":               {"0a0a", false},
		"a password":              {"hunter2", false},
		"nothing":                 {"", false},
		"hexadecimal, 31 of them": {strings.Repeat("0a", 31), false},
	} {
		_, err := secret.Parse(test.text)
		if (err == nil) != test.good {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && test.text != "" && strings.Contains(err.Error(), test.text) {
			t.Errorf("%s: the error tells the key", name)
		}
	}
}

// Several processes may start at once: they make one key and all read it.
func TestFromFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	var wg sync.WaitGroup
	ids := make([]string, 8)
	for i := range ids {
		wg.Go(func() {
			b, err := secret.FromFile(path)
			if err != nil {
				t.Error(err)
				return
			}
			ids[i] = b.PepperID()
		})
	}
	wg.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("different keys: %v", ids)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v, %v", info.Mode(), err)
	}
}

// Older keys open what they sealed, and take what they signed; the first is in use.
func TestParse_several(t *testing.T) {
	old, fresh := secret.NewKey(), secret.NewKey()
	before, err := secret.Parse(old)
	if err != nil {
		t.Fatal(err)
	}
	after, err := secret.Parse(fresh + "\n" + old + "\n")
	if err != nil {
		t.Fatal(err)
	}
	if after.PepperID() == before.PepperID() {
		t.Error("the first key is not in use")
	}
	sealed := before.Seal("outbox", "t1", "r1", []byte("a link"))
	if plain, err := after.Open("outbox", "t1", "r1", sealed); err != nil || string(plain) != "a link" || after.Seals(sealed) {
		t.Error(string(plain), err)
	}
	if _, err := before.Open("outbox", "t1", "r1", after.Seal("outbox", "t1", "r1", []byte("a link"))); err == nil {
		t.Error("the old key opens what the new one sealed")
	}
	if !after.IsFormToken(before.FormToken("b", "a"), "b", "a") || !after.IsCodeMAC(before.CodeMAC("x", "1"), "x", "1") {
		t.Error("what the old key signed is refused")
	}
	if before.IsFormToken(after.FormToken("b", "a"), "b", "a") || after.IsFormToken(before.FormToken("b", "a"), "b", "other") || after.IsCodeMAC(nil, "x", "1") {
		t.Error("what no key signed is taken")
	}
	if box, known := after.Under(before.PepperID()); !known || string(box.Pepper("p")) != string(before.Pepper("p")) {
		t.Error("the old pepper is lost")
	}
	if _, known := before.Under(after.PepperID()); known {
		t.Error("a key out of nowhere")
	}
	if _, err := secret.Parse(fresh + "\nnot a key"); err == nil {
		t.Error("a line that is no key is passed over")
	}
}
