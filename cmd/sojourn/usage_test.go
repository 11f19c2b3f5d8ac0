package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

func TestHelp(t *testing.T) {
	c := console{t}
	c.run().done("Usage: sojourn <command>", "Exit codes: 0 done", "sojourn help config")
	c.run("--help").done("Usage: sojourn <command>")
	c.run("help").done("Usage: sojourn <command>")
	c.run("help", "tenant", "create").done("Usage: sojourn tenant create")
	c.run("help", "config").done("SOJOURN_DATABASE  --database  (default sqlite:./sojourn.db)", "SOJOURN_SMTP_PASSWORD_FILE")
	c.run("help", "nothing").fails(exitUsage, `no command "nothing"`)
	c.run("help", "tenant", "nothing").fails(exitUsage, `no command "nothing"`)
	c.run("version").done("sojourn ")
	c.run("routes").done("POST /organizations/{id}/leave", "/manage/{tenant}/users", "GET /healthz")
}

// Every command explains itself with an example, and its flags are not lost
// among the settings.
func TestHelp_everyCommand(t *testing.T) {
	parser, err := kong.New(&commands{})
	if err != nil {
		t.Fatal(err)
	}
	leaves := parser.Model.Leaves(true)
	if len(leaves) < 20 {
		t.Fatalf("%d commands", len(leaves))
	}
	for _, leaf := range leaves {
		words := strings.Fields(leaf.Path())
		r := console{t}.run(append(words, "--help")...).done("Usage: sojourn "+leaf.Path(), "Example", "sojourn "+leaf.Path(), "sojourn help config")
		if strings.Contains(r.out, "--smtp") {
			t.Errorf("%s shows the settings:\n%s", leaf.Path(), r.out)
		}
		for _, f := range leaf.Flags {
			if !strings.Contains(r.out, "--"+f.Name) {
				t.Errorf("%s hides --%s", leaf.Path(), f.Name)
			}
			if strings.Contains(r.out, "--"+f.Name+"=STRING") {
				t.Errorf("%s: --%s does not say what it takes", leaf.Path(), f.Name)
			}
		}
	}
	console{t}.run("serve", "--help").done("--listen=ADDR", "--database=ADDRESS", "--base-url=URL")
}

func TestUsage(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct {
		call string
		want []string
	}{
		{"nothing", []string{"unexpected argument nothing", "Try: sojourn --help\n"}},
		{"tenant", []string{`expected one of "create"`, "Try: sojourn tenant --help\n"}},
		{"tenant nothing", []string{"unexpected argument nothing", "Try: sojourn tenant --help\n"}},
		{"user delete contoso.example", []string{"<user>", "Try: sojourn user delete --help\n"}},
		{"serve --nothing", []string{"unknown flag --nothing", "Try: sojourn serve --help\n"}},
		{"serve --log-level loud", []string{"--log-level must be one of"}},
		{"serve --smtp-tls maybe", []string{"--smtp-tls must be one of"}},
		{"serve --listen localhost", []string{"want HOST:PORT"}},
		{"serve --listen localhost --base-url https://account.example.org", []string{"want HOST:PORT"}},
		{"serve --listen :0", []string{"reaches beyond this machine", "SOJOURN_BASE_URL"}},
		{"serve --listen 192.0.2.1:8080", []string{"reaches beyond this machine"}},
		{"serve --base-url account.example.org", []string{"want https://HOST"}},
		{"serve --base-url http://account.example.org", []string{"people elsewhere need https"}},
		{"serve --time-zone Mars", []string{"want an IANA name"}},
		{"serve --trusted-proxies 10.0.0.0/99", []string{"want an address or a range"}},
		{"serve --smtp mail", []string{"want HOST:PORT"}},
		{"serve --smtp mail:25 --mail-from nobody", []string{"want an address"}},
		{"serve --texts pigeon", []string{"--texts must be one of"}},
		{"serve --texts webhook", []string{"want https://HOST/PATH"}},
		{"serve --texts webhook --webhook-url http://texts.example.org/ --webhook-secret 0123456789abcdef", []string{"webhook: want https"}},
		{"serve --texts webhook --webhook-url https://texts.example.org/", []string{"webhook: the secret is shorter than 16"}},
		{"serve --calls twilio", []string{"Twilio: the account: want its SID"}},
		{"serve --phone-countries Holland", []string{"want ISO codes"}},
		{"serve --phone-per-day 0", []string{"want a number from 1"}},
		{"serve --database mysql://db/sojourn", []string{"want sqlite:PATH or postgres://"}},
		{"serve --database postgres://db/sojourn", []string{"SOJOURN_SECRET_KEY_FILE", "openssl rand -hex 32"}},
		{"serve --secret-key short", []string{"64 hexadecimal digits"}},
		{"demo --listen 0.0.0.0:0", []string{"the demo answers on this machine only"}},
		{"demo --listen :0", []string{"the demo answers on this machine only"}},
		{"demo --listen 8080", []string{"want HOST:PORT"}},
		{"tenant list", []string{"there is no database", "sojourn.db", "--database", "sojourn migrate"}},
		{"purge", []string{"there is no database"}},
		{"backup copy.db", []string{"there is no database"}},
		{"user link ann@contoso.example", []string{"there is no database"}},
		{"backup copy.db --database postgres://db/sojourn", []string{"pg_dump"}},
	} {
		console{t}.run(strings.Fields(c.call)...).fails(exitUsage, c.want...)
	}
	if left, err := os.ReadDir("."); err != nil || len(left) != 0 {
		t.Errorf("wrong calls left %v, %v", left, err)
	}
}

// What fails is told without a secret that was given.
func TestSecrets_areNotTold(t *testing.T) {
	t.Chdir(t.TempDir())
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("hunter2"), 0o600); err != nil {
		t.Fatal(err)
	}
	key := strings.Repeat("c0ffee00", 8)
	for _, set := range []map[string]string{
		{"SOJOURN_DATABASE": "mysql://s:hunter2@127.0.0.1:1/s"},
		{"SOJOURN_DATABASE": "s:hunter2@127.0.0.1:1/s"},
		{"SOJOURN_DATABASE": "postgres://s:hunter2@127.0.0.1:1/s", "SOJOURN_SECRET_KEY": key},
		{"SOJOURN_DATABASE": "postgres://s:hunter2%@127.0.0.1:1/s", "SOJOURN_SECRET_KEY": key},
		{"SOJOURN_DATABASE": "postgres://s:hunter2@127.0.0.1:one/s", "SOJOURN_SECRET_KEY": key},
		{"SOJOURN_DATABASE": "postgres://s:hunter2@" + taken.Addr().String() + "/s?connect_timeout=1", "SOJOURN_SECRET_KEY": key},
		{"SOJOURN_DATABASE_FILE": file},
		{"SOJOURN_SECRET_KEY": "hunter2"},
		{"SOJOURN_SECRET_KEY_FILE": file},
		{"SOJOURN_SMTP": "mail", "SOJOURN_SMTP_PASSWORD": "hunter2"},
		{"SOJOURN_SMTP": "mail:25", "SOJOURN_SMTP_PASSWORD_FILE": file, "SOJOURN_MAIL_FROM": "x"},
		{"SOJOURN_TEXTS": "webhook", "SOJOURN_WEBHOOK_URL": "https://texts.example.org/", "SOJOURN_WEBHOOK_SECRET": "hunter2"},
		{"SOJOURN_TEXTS": "webhook", "SOJOURN_WEBHOOK_URL": "https://s:hunter2@texts.example.org/", "SOJOURN_WEBHOOK_SECRET": key},
		{"SOJOURN_CALLS": "twilio", "SOJOURN_TWILIO_TOKEN_FILE": file, "SOJOURN_TWILIO_ACCOUNT": "AC1"},
		{"SOJOURN_BASE_URL": "https://s:hunter2@account.example.org"},
	} {
		t.Run("", func(t *testing.T) {
			for name, value := range set {
				t.Setenv(name, value)
			}
			r := console{t}.run("serve", "--listen", "127.0.0.1:0")
			if r.code == 0 || r.err == "" {
				t.Errorf("%v: code %d, %s", set, r.code, r.err)
			}
			if said := r.out + r.err; strings.Contains(said, "hunter2") || strings.Contains(said, key) {
				t.Errorf("%v tells the secret:\n%s", set, said)
			}
		})
	}
}

func TestServe_portInUse(t *testing.T) {
	t.Chdir(t.TempDir())
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, command := range []string{"serve", "demo"} {
		console{t}.run(command, "--listen", taken.Addr().String()).fails(exitFailed, taken.Addr().String(), "another program listens there", "--listen")
	}
	if _, err := os.Stat("sojourn.db"); !os.IsNotExist(err) {
		t.Errorf("a database was made all the same: %v", err)
	}
}

// A database without its key is not given another one behind the operator's back.
func TestServe_lostKey(t *testing.T) {
	source := newFile(t)
	t.Setenv("SOJOURN_DATABASE", source)
	c := console{t}
	c.run("migrate").done()
	key := strings.TrimPrefix(source, "sqlite:") + ".key"
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	for _, call := range []string{"serve --listen localhost:0", "tenant list", "migrate"} {
		c.run(strings.Fields(call)...).fails(exitUsage, key+" is missing", "put it back")
	}
	c.run("backup", filepath.Join(t.TempDir(), "copy.db")).done() // needs none
}
