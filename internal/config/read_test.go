package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// want compares a result, or the beginning of an error after "!".
func want(t *testing.T, name, got string, err error, want string) {
	t.Helper()
	text, fails := strings.CutPrefix(want, "!")
	switch {
	case fails && (err == nil || !strings.Contains(err.Error(), text)):
		t.Errorf("%s: %q, %v; want an error with %q", name, got, err, text)
	case !fails && (err != nil || got != want):
		t.Errorf("%s: %q, %v; want %q", name, got, err, want)
	}
	var w *Wrong
	if err != nil && !errors.As(err, &w) {
		t.Errorf("%s: %v is no Wrong", name, err)
	}
}

func TestBase(t *testing.T) {
	for _, c := range []struct{ base, listen, want string }{
		{"", "localhost:8080", "http://localhost:8080"},
		{"", "127.0.0.1:8080", "http://localhost:8080"},
		{"", "[::1]:8080", "http://localhost:8080"},
		{"", "localhost:80", "http://localhost"},
		{"", ":8080", "!reaches beyond this machine"},
		{"", "0.0.0.0:8080", "!reaches beyond this machine"},
		{"", "[::]:8080", "!set SOJOURN_BASE_URL"},
		{"", "192.0.2.7:8080", "!reaches beyond this machine"},
		{"", "account.example.org:8080", "!reaches beyond this machine"},
		{"", "localhost", "!want HOST:PORT"},
		{"", "", "!want HOST:PORT"},
		{"", "localhost:http", "!want HOST:PORT"},
		{"", "localhost:99999", "!want HOST:PORT"},
		{"https://account.example.org", ":8080", "https://account.example.org"},
		{"https://account.example.org/", ":8080", "https://account.example.org"},
		{"HTTPS://Account.Example.ORG", ":8080", "https://account.example.org"},
		{"https://account.example.org:443", ":8080", "https://account.example.org"},
		{"https://account.example.org:8443", ":8080", "https://account.example.org:8443"},
		{"https://[2001:DB8::1]", ":8080", "https://[2001:db8::1]"},
		{"https://[2001:db8::1]:8443", ":8080", "https://[2001:db8::1]:8443"},
		{"http://localhost:8080", ":8080", "http://localhost:8080"},
		{"http://127.0.0.1:80", ":8080", "http://127.0.0.1"},
		{"http://account.localhost:8080", ":8080", "http://account.localhost:8080"},
		{"http://account.example.org", ":8080", "!people elsewhere need https"},
		{"https://account.example.org/portal", ":8080", "!without a path"},
		{"https://account.example.org?x=1", ":8080", "!without a path"},
		{"https://account.example.org?", ":8080", "!without a path"},
		{"https://account.example.org#x", ":8080", "!without a path"},
		{"https://konto.müller.example", ":8080", "!xn--"},
		{"https://", ":8080", "!want https://HOST"},
		{"https://:8443", ":8080", "!want https://HOST"},
		{"account.example.org", ":8080", "!want https://HOST"},
		{"ftp://account.example.org", ":8080", "!want https://HOST"},
		{"javascript:alert(1)", ":8080", "!want https://HOST"},
	} {
		u, err := Config{BaseURL: c.base, Listen: c.listen}.Base()
		got := ""
		if err == nil {
			got = u.String()
		}
		want(t, c.base+" on "+c.listen, got, err, c.want)
	}
	_, err := Config{BaseURL: "https://ann:hunter2@account.example.org"}.Base()
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a user in the base URL: %v", err)
	}
}

func TestProxies(t *testing.T) {
	for _, c := range []struct {
		list []string
		want string
	}{
		{nil, "[]"},
		{[]string{"10.0.0.5"}, "[10.0.0.5/32]"},
		{[]string{"10.1.2.3/8", " 192.0.2.0/24 ", ""}, "[10.0.0.0/8 192.0.2.0/24]"},
		{[]string{"2001:db8::1", "fd00::/8"}, "[2001:db8::1/128 fd00::/8]"},
		{[]string{"10.0.0.0/33"}, "!trusted proxy \"10.0.0.0/33\""},
		{[]string{"10.0.0"}, "!want an address or a range"},
		{[]string{"proxy.example.org"}, "!want an address or a range"},
		{[]string{"fe80::1%eth0"}, "!want an address or a range"},
	} {
		got, err := Config{TrustedProxies: c.list}.Proxies()
		want(t, fmt.Sprint(c.list), fmt.Sprint(got), err, c.want)
	}
}

func TestZone(t *testing.T) {
	for name, text := range map[string]string{
		"": "UTC", "UTC": "UTC", "Europe/Amsterdam": "Europe/Amsterdam", "Mars": "!want an IANA name", "../etc/passwd": "!want an IANA name",
	} {
		zone, err := Config{TimeZone: name}.Zone()
		want(t, name, fmt.Sprint(zone), err, text)
	}
}

func TestFrom(t *testing.T) {
	for text, wanted := range map[string]string{
		"account@example.org":                   "<account@example.org>",
		"Sojourn <account@example.org>":         `"Sojourn" <account@example.org>`,
		`"Us, & you" <account@example.org>`:     `"Us, & you" <account@example.org>`,
		"Sojourn":                               "!want an address",
		"":                                      "!want an address",
		"a@example.org, b@example.org":          "!want an address",
		"Sojourn <a@example.org>\r\nBcc: b@x.y": "!want an address",
	} {
		from, err := Config{MailFrom: text}.From()
		want(t, text, fmt.Sprint(from), err, wanted)
	}
}

func TestMailServer(t *testing.T) {
	for text, wanted := range map[string]string{
		"": " 0", "mail.example.org:587": "mail.example.org 587", "[::1]:25": "::1 25",
		"mail.example.org": "!want HOST:PORT", "mail.example.org:0": "!want HOST:PORT", "mail.example.org:smtp": "!want HOST:PORT", ":25": "!want HOST:PORT",
	} {
		host, port, err := Config{SMTP: text}.MailServer()
		want(t, text, fmt.Sprint(host, " ", port), err, wanted)
	}
}

func TestDatabaseSource(t *testing.T) {
	for text, wanted := range map[string]string{
		"sqlite:./sojourn.db":             "sqlite:./sojourn.db",
		"sqlite:/var/lib/sojourn.db":      "sqlite:/var/lib/sojourn.db",
		"sqlite:///var/lib/sojourn.db":    "sqlite:///var/lib/sojourn.db",
		"sqlite://sojourn.db":             "!sqlite:sojourn.db",
		"sqlite:":                         "!the path is missing",
		"postgres://s:hunter2@db/sojourn": "postgres://s:hunter2@db/sojourn",
		"postgresql://db/sojourn":         "postgresql://db/sojourn",
		"mysql://s:hunter2@db/sojourn":    "!database mysql: want",
		"hunter2":                         "!want sqlite:PATH",
		"":                                "!want sqlite:PATH",
	} {
		got, err := Config{Database: text}.DatabaseSource()
		want(t, text, got, err, wanted)
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: the error tells the password: %v", text, err)
		}
	}
}

// Every secret can come from a file, which goes before the value.
func TestFiles(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	database, password, empty, missing := file("database", "postgres://db/sojourn\n"), file("password", " hunter2 \n"), file("empty", "\n"), filepath.Join(dir, "missing")
	for _, c := range []struct {
		name   string
		config Config
		read   func(Config) (string, error)
		want   string
	}{
		{"database", Config{Database: "sqlite:x", DatabaseFile: database}, Config.DatabaseSource, "postgres://db/sojourn"},
		{"no database file", Config{DatabaseFile: missing}, Config.DatabaseSource, "!database file: open"},
		{"empty database file", Config{DatabaseFile: empty}, Config.DatabaseSource, "!is empty"},
		{"SMTP password", Config{SMTPPassword: "other", SMTPPasswordFile: password}, Config.SMTPSecret, "hunter2"},
		{"SMTP password as a value", Config{SMTPPassword: " spaced "}, Config.SMTPSecret, " spaced "},
		{"no SMTP password file", Config{SMTPPasswordFile: missing}, Config.SMTPSecret, "!SMTP password file: open"},
		{"no key file", Config{SecretKeyFile: missing}, boxID, "!secret key file: open"},
		{"empty key file", Config{SecretKeyFile: empty}, boxID, "!is empty"},
	} {
		got, err := c.read(c.config)
		want(t, c.name, got, err, c.want)
	}
}

func boxID(c Config) (string, error) {
	b, err := c.Box()
	if err != nil {
		return "", err
	}
	return b.PepperID(), nil
}

func TestBox_sameKeyHoweverGiven(t *testing.T) {
	const hex, base64 = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte(hex+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	first, err := boxID(Config{SecretKey: hex})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]Config{"base64": {SecretKey: base64}, "file": {SecretKeyFile: path}, "file before value": {SecretKeyFile: path, SecretKey: strings.Repeat("ff", 32)}} {
		if got, err := boxID(c); err != nil || got != first {
			t.Errorf("%s: key %s, %v; want %s", name, got, err, first)
		}
	}
	for _, bad := range []string{"hunter2", "aabb", hex + "00"} {
		if _, err := boxID(Config{SecretKey: bad}); err == nil || strings.Contains(err.Error(), bad) || !strings.Contains(err.Error(), "openssl") {
			t.Errorf("key %q: %v", bad, err)
		}
	}
}

func TestBox_besideDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "s.db")
	c := Config{Database: "sqlite:" + path}
	first, err := boxID(c)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path + ".key"); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v, %v; want mode 0600", info, err)
	}
	if again, err := boxID(c); err != nil || again != first {
		t.Errorf("the second time: %s, %v; want %s", again, err, first)
	}
	// A database that is there has had a key: another one would open nothing.
	if err := os.WriteFile(path, []byte("data"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path + ".key"); err != nil {
		t.Fatal(err)
	}
	_, err = boxID(c)
	want(t, "lost key", "", err, "!put it back")
	if _, err := os.Stat(path + ".key"); !os.IsNotExist(err) {
		t.Errorf("a key was made in its place: %v", err)
	}
	_, err = boxID(Config{Database: "postgres://db/sojourn"})
	want(t, "PostgreSQL", "", err, "!every replica needs the same one")
}

func TestConns(t *testing.T) {
	for _, c := range []struct {
		database string
		conns    int
		want     string
	}{
		{"postgres://db/sojourn", 20, "20"},
		{"postgres://db/sojourn", 4, "4"},
		{"postgres://db/sojourn", 3, "!want 4 or more"},
		{"postgres://db/sojourn", -1, "!want 4 or more"},
		{"sqlite:x.db", 1, "0"}, // not what it is for
		{"mysql:x", 20, "!want sqlite:PATH or postgres://…"},
	} {
		n, err := Config{Database: c.database, DatabaseConns: c.conns}.Conns()
		want(t, fmt.Sprint(c.database, " ", c.conns), fmt.Sprint(n), err, c.want)
	}
}

func TestDrain(t *testing.T) {
	for text, wanted := range map[string]string{"0s": "0s", "3s": "3s", "1h": "1h0m0s", "-1s": "!want a time", "2h": "!an hour at most"} {
		d, err := time.ParseDuration(text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Config{DrainTime: d}.Drain()
		want(t, text, got.String(), err, wanted)
	}
}
