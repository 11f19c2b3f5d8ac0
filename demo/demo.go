package demo

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sojourn/app"
	"sojourn/internal/db"
	"sojourn/internal/mail"
	"sojourn/internal/secret"
	"sojourn/internal/smtpsink"
	"sojourn/migrations"
	"sojourn/securityinfo"
)

// World is a running demo.
type World struct {
	App      *app.App
	Password string
	sink     *smtpsink.Sink
	dir      string
	temp     bool
}

// Options are how to open a demo.
type Options struct {
	Dir      string // where to keep it; "" is a directory that goes away
	Password string // of everybody; "" is a random one, or the one kept in Dir
	Base     *url.URL
	Log      *slog.Logger
	Hashing  securityinfo.Params
}

// Open makes the world, or opens the one kept in a directory.
func Open(ctx context.Context, o Options) (*World, error) {
	w := &World{dir: o.Dir, sink: &smtpsink.Sink{}}
	if err := w.open(ctx, o); err != nil {
		w.Close()
		return nil, fmt.Errorf("demo: %w", err)
	}
	return w, nil
}

func (w *World) open(ctx context.Context, o Options) error {
	if w.dir == "" {
		dir, err := os.MkdirTemp("", "sojourn-demo-")
		if err != nil {
			return err
		}
		w.dir, w.temp = dir, true
	}
	if err := os.MkdirAll(w.dir, 0o700); err != nil {
		return err
	}
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(w.dir, "demo.db"), db.Options{Relaxed: true})
	if err != nil {
		return err
	}
	applied, err := d.Migrate(ctx, migrations.Files)
	if err != nil {
		return errors.Join(err, d.Close())
	}
	box, err := secret.FromFile(filepath.Join(w.dir, "demo.key"))
	if err != nil {
		return errors.Join(err, d.Close())
	}
	if err := w.sink.Listen("127.0.0.1:0"); err != nil {
		return errors.Join(err, d.Close())
	}
	w.App, err = app.New(app.Parts{
		DB: d, Box: box, Base: o.Base, Zone: time.Local, Hashing: o.Hashing, Log: o.Log, Dev: true, Extra: w.routes,
		Mail: mail.SMTP{Host: w.sink.Host(), Port: w.sink.Port(), TLS: mail.TLSNone, From: "sojourn@localhost", FromName: "Sojourn"},
	})
	if err != nil {
		return errors.Join(err, d.Close())
	}
	w.sink.Now = d.Now
	if applied == 0 {
		return w.reopen(o)
	}
	return w.fill(ctx, o)
}

// fill seeds a new world and keeps its password beside it.
func (w *World) fill(ctx context.Context, o Options) error {
	w.Password = o.Password
	if w.Password == "" {
		w.Password = randomPassword()
	}
	if err := Seed(ctx, w.App, w.Password); err != nil {
		return err
	}
	return os.WriteFile(w.passwordFile(), []byte(w.Password+"\n"), 0o600)
}

// reopen takes up a world that was kept.
func (w *World) reopen(o Options) error {
	kept, err := os.ReadFile(w.passwordFile())
	if err != nil {
		return fmt.Errorf("%s holds a database that is no demo", w.dir)
	}
	w.Password = strings.TrimSpace(string(kept))
	if o.Password != "" && o.Password != w.Password {
		return fmt.Errorf("the demo in %s has another password; leave --password out, or name an empty directory", w.dir)
	}
	return nil
}

func (w *World) passwordFile() string { return filepath.Join(w.dir, "demo.password") }

// Close ends the demo; a temporary directory goes away.
func (w *World) Close() error {
	var errs []error
	if w.App != nil {
		errs = append(errs, w.App.DB.Close())
	}
	errs = append(errs, w.sink.Close())
	if w.temp {
		errs = append(errs, os.RemoveAll(w.dir))
	}
	return errors.Join(errs...)
}

// Sheet is what the demo prints.
func (w *World) Sheet(ctx context.Context) (Sheet, error) {
	cast, err := Cast(ctx, w.App)
	base := w.App.Base.String()
	return Sheet{Address: base, Password: w.Password, Dev: base + "/dev/mail", People: cast}, err
}

// JSON is the sheet as one document.
func (s Sheet) JSON() ([]byte, error) { return json.MarshalIndent(s, "", "  ") }

// randomPassword is easy to type and long enough: four syllable groups, 48 bits.
func randomPassword() string {
	const consonants, vowels = "bdfghjklmnprstvz", "aeio"
	raw := make([]byte, 16)
	rand.Read(raw)
	var b strings.Builder
	for i, r := range raw {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		if i%2 == 0 {
			b.WriteByte(consonants[r&15])
		} else {
			b.WriteByte(vowels[r&3])
		}
	}
	return b.String()
}
