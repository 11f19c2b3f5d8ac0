package signin_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// keyring holds the passkey of one account. As the real one does, it takes one answer
// to a question, where and for what it was asked.
type keyring struct {
	of    string
	asked map[string]accounts.Asking
	made  int
}

func (k *keyring) Passkeys() bool { return true }

func (k *keyring) AskPasskey(_ context.Context, a accounts.Asking) ([]byte, error) {
	k.made++
	secret := fmt.Sprint("q", k.made)
	k.asked[secret] = a
	return []byte(secret), nil
}

func (k *keyring) ComparePasskey(_ context.Context, a accounts.Asking, sent string) (accounts.PasskeyProof, error) {
	secret, answer, _ := strings.Cut(sent, ".")
	if was, found := k.asked[secret]; !found || was != a {
		return accounts.PasskeyProof{}, fault.New(fault.Invalid, "passkey_over", "securityinfo.passkeys.over")
	}
	delete(k.asked, secret)
	if answer != "right" && answer != "unverified" {
		return accounts.PasskeyProof{AccountID: k.of}, fault.New(fault.Invalid, "passkey_wrong", "securityinfo.passkeys.wrong")
	}
	return accounts.PasskeyProof{AccountID: k.of, MethodID: "key", Verified: answer == "right"}, nil
}

func (k *keyring) SpendPasskey(context.Context, *db.Tx, accounts.PasskeyProof) error { return nil }

// question is what a passkey was asked, as the model knows it.
type question struct {
	secret, bound string
	used          bool
}

// ask has a browser ask for a passkey.
func (w *walk) ask(rt *rapid.T) {
	b := w.walker(rt)
	b.get("/sign-in?another=1").submit("/sign-in/passkey/ask")
	if b.status != 200 {
		rt.Fatalf("ask: %d", b.status)
	}
	w.asked = append(w.asked, &question{secret: b.page, bound: b.bound})
}

// key answers a question: right or not, in its own browser or another's, at the step
// it was asked for or at another.
func (w *walk) key(rt *rapid.T) {
	b := w.walker(rt)
	q := &question{secret: "q0", bound: "nowhere"}
	if len(w.asked) > 0 && rapid.IntRange(0, 9).Draw(rt, "any") > 0 {
		q = w.asked[len(w.asked)-1-rapid.IntRange(0, min(3, len(w.asked)-1)).Draw(rt, "question")]
	}
	answer := rapid.SampledFrom([]string{"right", "right", "right", "unverified", "wrong", ""}).Draw(rt, "answer")
	path := rapid.SampledFrom([]string{"/sign-in/passkey", "/sign-in/passkey", "/sign-in/passkey", "/prove/passkey", "/sign-in/second"}).Draw(rt, "path")
	b.get("/sign-in?another=1")
	v := b.fields()
	v.Set("code", q.secret+"."+answer)
	v.Set("method", "app")
	if rapid.IntRange(0, 19).Draw(rt, "bare") == 0 {
		v.Del("csrf")
	}
	before := b.cookies["sojourn_8080"]
	taken := path == "/sign-in/passkey" && !q.used && q.bound == b.bound && v.Has("csrf")
	b.do("POST", path, v)
	q.used = q.used || taken
	w.entered(rt, b, &begun{name: "ivo@mail.example"}, before, taken && answer == "right")
	w.asked = slices.DeleteFunc(w.asked, func(one *question) bool { return one.used && rapid.Bool().Draw(rt, "forgotten") })
}
