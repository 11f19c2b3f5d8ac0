package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"sojourn/app"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/secret"
	"sojourn/sojourntest"
)

// asCommand in the environment makes the test binary the command itself: tests
// that need a real process start it, and nothing has to be built for them.
const asCommand = "SOJOURN_TEST_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
	}
	for _, setting := range os.Environ() {
		name, _, _ := strings.Cut(setting, "=")
		if strings.HasPrefix(name, "SOJOURN_") && !strings.HasPrefix(name, "SOJOURN_TEST_") {
			os.Unsetenv(name) // whose machine it is says nothing here
		}
	}
	os.Exit(m.Run())
}

var testKey = bytes.Repeat([]byte{7}, secret.KeySize)

// console runs commands inside the test, on one database.
type console struct{ t *testing.T }

// on makes a console for a database, with the key that tests use.
func on(t *testing.T, source string) console {
	t.Setenv("SOJOURN_DATABASE", source)
	t.Setenv("SOJOURN_SECRET_KEY", hex.EncodeToString(testKey))
	return console{t}
}

type result struct {
	t        *testing.T
	call     string
	out, err string
	code     int
}

func (c console) run(args ...string) result {
	c.t.Helper()
	var out, errOut strings.Builder
	code := run(args, &out, &errOut)
	return result{c.t, strings.Join(args, " "), out.String(), errOut.String(), code}
}

// done fails the test unless the command did it and said so.
func (r result) done(texts ...string) result {
	r.t.Helper()
	return r.is(0, r.out, "", texts)
}

// fails fails the test unless the command failed with this code and said why.
func (r result) fails(code int, texts ...string) result {
	r.t.Helper()
	return r.is(code, r.err, "sojourn: ", texts)
}

func (r result) is(code int, text, prefix string, texts []string) result {
	r.t.Helper()
	if r.code != code || !strings.HasPrefix(text, prefix) || code == 0 && r.err != "" || code != 0 && r.out != "" {
		r.t.Errorf("sojourn %s: code %d, want %d\nout: %s\nerr: %s", r.call, r.code, code, r.out, r.err)
	}
	for _, want := range texts {
		if !strings.Contains(text, want) {
			r.t.Errorf("sojourn %s lacks %q:\n%s", r.call, want, text)
		}
	}
	return r
}

var someID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// id is the id that was printed.
func (r result) id() string {
	r.t.Helper()
	id := someID.FindString(r.out + r.err)
	if id == "" {
		r.t.Fatalf("sojourn %s printed no id:\n%s", r.call, r.out)
	}
	return id
}

// portalOn looks into a database beside the command.
func portalOn(t *testing.T, d *db.DB) *app.App {
	t.Helper()
	a, err := app.New(app.Parts{
		DB: d, Box: dbtest.Box(t), Base: &url.URL{Scheme: "http", Host: "localhost:8080"}, Zone: time.UTC,
		Hashing: sojourntest.Hashing, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func count(t *testing.T, d *db.DB, text string, args ...any) int {
	t.Helper()
	n, err := db.Count(context.Background(), d, text, args...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// newFile names an SQLite database that is not there yet.
func newFile(t *testing.T) (source string) {
	return "sqlite:" + filepath.Join(t.TempDir(), "new.db")
}

// emptied is a database without a table in it, as its owner first has it.
func emptied(t *testing.T, source string) string {
	t.Helper()
	if strings.HasPrefix(source, "sqlite:") {
		return newFile(t)
	}
	d := dbtest.Connect(t, source)
	for _, text := range []string{"DROP SCHEMA public CASCADE", "CREATE SCHEMA public"} {
		if _, err := d.Exec(context.Background(), text); err != nil {
			t.Fatal(err)
		}
	}
	return source
}
