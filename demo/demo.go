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
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/mail"
	"sojourn/internal/phonesink"
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
	phones   *phonesink.Sink
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
	w := &World{dir: o.Dir, sink: &smtpsink.Sink{}, phones: &phonesink.Sink{Refuse: notInUse}}
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
	d, err := db.Open(ctx, "sqlite:"+w.file("db"), db.Options{Relaxed: true})
	if err != nil {
		return err
	}
	if err := w.build(ctx, d, o); err != nil {
		return errors.Join(err, d.Close())
	}
	kept, err := os.ReadFile(w.file("password"))
	if err == nil {
		return w.reopen(ctx, o, strings.TrimSpace(string(kept)))
	}
	if used, err := directory.AnyTenant(ctx, d); err != nil || used {
		return errors.Join(err, fmt.Errorf("%s holds a database that is no demo, or one that was not finished: name an empty directory", w.dir))
	}
	return w.fill(ctx, o)
}

// file is a file of the demo. The names are those that the operator's commands
// expect: they work on a demo that was kept.
func (w *World) file(kind string) string { return filepath.Join(w.dir, "demo."+kind) }

// build makes the portal on the database and the sink its mails go to.
func (w *World) build(ctx context.Context, d *db.DB, o Options) error {
	if _, err := d.Migrate(ctx, migrations.Files); err != nil {
		return err
	}
	box, err := secret.FromFile(w.file("db.key"))
	if err != nil {
		return err
	}
	if err := securityinfo.CheckKey(ctx, d, box); err != nil {
		return err
	}
	if err := w.sink.Listen("127.0.0.1:0"); err != nil {
		return err
	}
	w.sink.Now, w.phones.Now = d.Now, d.Now
	w.App, err = app.New(app.Parts{
		DB: d, Box: box, Base: o.Base, Zone: zone(), Hashing: o.Hashing, Log: o.Log, Dev: true, Extra: w.routes,
		Mail:  mail.SMTP{Host: w.sink.Host(), Port: w.sink.Port(), TLS: mail.TLSNone, From: "sojourn@localhost", FromName: "Sojourn"},
		Texts: w.phones, Calls: w.phones, Countries: Countries,
	})
	return err
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
	if err := Remember(ctx, w.App, w.Password); err != nil {
		return err
	}
	if err := w.miss(ctx); err != nil {
		return err
	}
	return os.WriteFile(w.file("password"), []byte(w.Password+"\n"), 0o600)
}

// reopen takes up a world that was kept, at the time its clock was moved to.
func (w *World) reopen(ctx context.Context, o Options, password string) error {
	w.Password = password
	if o.Password != "" && o.Password != password {
		return fmt.Errorf("the demo in %s has another password; leave --password out, or name an empty directory", w.dir)
	}
	if moved, err := os.ReadFile(w.file("clock")); err == nil {
		by, err := time.ParseDuration(strings.TrimSpace(string(moved)))
		if err != nil {
			return fmt.Errorf("the clock in %s: %w", w.dir, err)
		}
		w.App.DB.SetShift(by)
	}
	return w.App.Directory.TrustClock(ctx, actor.OperatorActor())
}

// moveClock moves the clock, as the operator would who vouches for it.
func (w *World) moveClock(ctx context.Context, by time.Duration) error {
	w.App.DB.SetShift(w.App.DB.Shift() + by)
	if err := os.WriteFile(w.file("clock"), []byte(w.App.DB.Shift().String()+"\n"), 0o600); err != nil {
		return err
	}
	return w.App.Directory.TrustClock(ctx, actor.OperatorActor())
}

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
	return Sheet{Address: base, Password: w.Password, Dev: base + "/dev/mail", Codes: base + "/dev/codes", People: cast}, err
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

// zone is the machine's time zone where it has a name that people know.
func zone() *time.Location {
	if time.Local.String() == "Local" {
		return time.UTC
	}
	return time.Local
}
