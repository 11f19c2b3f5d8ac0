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
