package main

import (
	"encoding/hex"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/app"
	"sojourn/internal/db"
	"sojourn/internal/secret"
	"sojourn/sojourntest"
)

// A new key comes into use while everybody's password, seeds and waiting letters stay
// good, and the old one is named as needed for as long as it is.
func TestKeyRotate(t *testing.T) {
	onWorld(t, func(t *testing.T, c console, d *db.DB) {
		old := hex.EncodeToString(testKey)
		fresh := strings.TrimSpace(c.run("key", "new").done().out)
		if len(fresh) != 2*secret.KeySize || fresh == old || fresh == strings.TrimSpace(c.run("key", "new").done().out) {
			t.Fatalf("no new key: %q", fresh)
		}
		if n := count(t, d, `SELECT count(*) FROM methods WHERE sealed IS NOT NULL`); n == 0 {
			t.Fatal("nothing is sealed: the test shows nothing")
		}
		c.run("guest", "add", contoso, "eva@post.example").done() // a letter that waits
		t.Setenv("SOJOURN_SECRET_KEY", fresh)
		c.run("key", "rotate").fails(exitUsage, "was made with the master key") // the old one is not there to read with
		t.Setenv("SOJOURN_SECRET_KEY", fresh+"\n"+old)
		first := c.run("key", "rotate").done("Sealed with key ", "An older key is still needed").out
		if strings.Contains(first, "secrets of methods 0") || strings.Contains(first, "messages 0") {
			t.Errorf("nothing was sealed anew:\n%s", first)
		}
		c.run("key", "rotate").done("secrets of methods 0, messages 0")

		// Without the old key the seeds and the letters can be read; only passwords wait.
		alone, err := secret.Parse(fresh)
		if err != nil {
			t.Fatal(err)
		}
		list, err := accounts.SealedAfter(t.Context(), d, "", 1000)
		if err != nil || len(list) == 0 {
			t.Fatal(len(list), err)
		}
		for _, s := range list {
			if _, err := alone.Open("authenticator seed", "", s.MethodID, s.Sealed); err != nil {
				t.Errorf("a seed needs the old key: %v", err)
			}
		}

		// Who signs in takes their password along.
		both, err := secret.Parse(fresh + " " + old)
		if err != nil {
			t.Fatal(err)
		}
		a, err := app.New(app.Parts{
			DB: d, Box: both, Base: &url.URL{Scheme: "http", Host: "localhost:8080"}, Zone: time.UTC, Hashing: sojourntest.Hashing, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		})
		if err != nil {
			t.Fatal(err)
		}
		hashed, err := a.SecurityInfo.Hasher.Hash(t.Context(), "orbit plum kettle seven")
		if err != nil {
			t.Fatal(err)
		}
		if hashed.Pepper != both.PepperID() {
			t.Error("new passwords take the old key")
		}
		if n := count(t, d, `SELECT count(*) FROM audit WHERE act = 'key.rotate' AND actor = 'operator'`); n != 2 {
			t.Errorf("%d rows, want 2", n)
		}
		if _, err := d.Exec(t.Context(), `UPDATE methods SET pepper = '' WHERE pepper <> ''`); err != nil {
			t.Fatal(err)
		}
		c.run("key", "rotate").done("No older key is needed any more")
		t.Setenv("SOJOURN_SECRET_KEY", fresh)
		c.run("tenant", "list").done("NAME")
	})
}
