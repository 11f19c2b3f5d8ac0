// Package config is everything an operator can set. The comments of the struct
// are the manual: `sojourn help config` prints them.
package config

import (
	_ "embed"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sojourn/internal/secret"
	"sojourn/internal/web"
)

//go:embed config.go
var source string

// Config is what can be set: by a flag, or by the environment variable beside
// it. A secret can also come from a file, named by the variable with _FILE.
type Config struct {
	// Where everything is kept: sqlite:PATH for a file on this machine, or
	// postgres://USER:PASSWORD@HOST/NAME for a PostgreSQL server, which several
	// replicas can share.
	Database string `env:"SOJOURN_DATABASE" default:"sqlite:./sojourn.db" placeholder:"ADDRESS" help:"sqlite:PATH or postgres://…"`

	// A file that holds the database address, for when it contains a password.
	DatabaseFile string `env:"SOJOURN_DATABASE_FILE" placeholder:"FILE" help:"file with the database address"`

	// The address and port to listen on. Put a proxy that speaks TLS in front for
	// anything but this machine itself.
	Listen string `env:"SOJOURN_LISTEN" default:"localhost:8080" placeholder:"ADDR" help:"address and port to listen on"`

	// Where people reach the portal, such as https://account.example.org. Links in
	// mails, cookies and the check of the Host header follow it. It may be left out
	// only while listening on this machine alone.
	BaseURL string `env:"SOJOURN_BASE_URL" name:"base-url" placeholder:"URL" help:"where people reach the portal"`

	// The master key: 32 random bytes as 64 hexadecimal digits or base64. It seals
	// what waits in the outbox, peppers passwords and signs forms. All replicas need
	// the same one, and losing it makes every password useless. With SQLite it may be
	// left out: a key is then made in a file beside the database.
	SecretKey string `env:"SOJOURN_SECRET_KEY" placeholder:"KEY" help:"master key, 32 bytes"`

	// A file that holds the master key.
	SecretKeyFile string `env:"SOJOURN_SECRET_KEY_FILE" placeholder:"FILE" help:"file with the master key"`

	// The mail server to hand mails to, host:port. Without one mails wait in the
	// outbox.
	SMTP string `env:"SOJOURN_SMTP" name:"smtp" placeholder:"HOST:PORT" help:"mail server"`

	// The user name at the mail server, if it asks for one.
	SMTPUser string `env:"SOJOURN_SMTP_USER" name:"smtp-user" placeholder:"NAME" help:"user name at the mail server"`

	// The password at the mail server.
	SMTPPassword string `env:"SOJOURN_SMTP_PASSWORD" name:"smtp-password" placeholder:"PASSWORD" help:"password at the mail server"`

	// A file that holds the password at the mail server.
	SMTPPasswordFile string `env:"SOJOURN_SMTP_PASSWORD_FILE" name:"smtp-password-file" placeholder:"FILE" help:"file with that password"`

	// How the connection to the mail server is protected: mandatory (STARTTLS or
	// nothing is sent), implicit (TLS from the first byte, port 465), opportunistic,
	// or none (only for a server on this machine).
	SMTPTLS string `env:"SOJOURN_SMTP_TLS" name:"smtp-tls" enum:"mandatory,implicit,opportunistic,none" default:"mandatory" help:"mandatory, implicit, opportunistic or none"`

	// The sender of mails: an address, or a name with an address in angle brackets.
	MailFrom string `env:"SOJOURN_MAIL_FROM" default:"Sojourn <sojourn@localhost>" placeholder:"ADDRESS" help:"sender of mails"`

	// Proxies whose X-Forwarded-For is believed, as addresses or ranges
	// (10.0.0.5, 10.0.0.0/8), separated by commas.
	TrustedProxies []string `env:"SOJOURN_TRUSTED_PROXIES" placeholder:"RANGE" help:"proxies whose X-Forwarded-For is believed"`

	// The time zone in which dates and times are shown, by its IANA name.
	TimeZone string `env:"SOJOURN_TIME_ZONE" default:"UTC" placeholder:"ZONE" help:"time zone of dates shown"`

	// How much is logged: debug, info, warn or error. Logs are JSON lines without
	// personal data.
	LogLevel string `env:"SOJOURN_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" help:"debug, info, warn or error"`

	// Developer's pages: every page state under /preview, and the pseudo language
	// ar-XB that shows untranslated and clipped text. Not for real people's data.
	Dev bool `env:"SOJOURN_DEV" help:"developer's pages"`
}

// DatabaseSource is the address of the database.
func (c Config) DatabaseSource() (string, error) {
	return fileOr(c.DatabaseFile, c.Database)
}

// SMTPSecret is the password at the mail server.
func (c Config) SMTPSecret() (string, error) {
	return fileOr(c.SMTPPasswordFile, c.SMTPPassword)
}

func fileOr(file, value string) (string, error) {
	if file == "" {
		return value, nil
	}
	text, err := os.ReadFile(file)
	return strings.TrimSpace(string(text)), err
}

// Box opens the secret box: the key given, else the one beside an SQLite file.
func (c Config) Box() (*secret.Box, error) {
	switch {
	case c.SecretKeyFile != "":
		text, err := os.ReadFile(c.SecretKeyFile)
		if err != nil {
			return nil, fmt.Errorf("secret key: %w", err)
		}
		return secret.Parse(string(text))
	case c.SecretKey != "":
		return secret.Parse(c.SecretKey)
	}
	source, err := c.DatabaseSource()
	if err != nil {
		return nil, err
	}
	path, isFile := strings.CutPrefix(source, "sqlite:")
	if !isFile {
		return nil, errors.New("secret key: set SOJOURN_SECRET_KEY or SOJOURN_SECRET_KEY_FILE; with PostgreSQL every replica needs the same one (make one with: openssl rand -hex 32)")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	return secret.FromFile(path + ".key")
}

// Base is where people reach the portal.
func (c Config) Base() (*url.URL, error) {
	if c.BaseURL == "" {
		host, port, err := net.SplitHostPort(c.Listen)
		if err != nil {
			return nil, fmt.Errorf("listen %q: want HOST:PORT, e.g. localhost:8080", c.Listen)
		}
		if !web.IsLoopback(host) {
			return nil, fmt.Errorf("listen %q reaches beyond this machine: set SOJOURN_BASE_URL to where people reach the portal, e.g. https://account.example.org", c.Listen)
		}
		return &url.URL{Scheme: "http", Host: net.JoinHostPort("localhost", port)}, nil
	}
	u, err := url.Parse(strings.TrimSuffix(c.BaseURL, "/"))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.Path != "" || u.RawQuery != "" || u.User != nil {
		return nil, fmt.Errorf("base URL %q: want https://HOST without a path", c.BaseURL)
	}
	if u.Scheme == "http" && !web.IsLoopback(u.Hostname()) {
		return nil, fmt.Errorf("base URL %q: http only reaches this machine itself; people elsewhere need https", c.BaseURL)
	}
	u.Host = strings.ToLower(u.Host)
	return u, nil
}

// Zone is the time zone of dates shown.
func (c Config) Zone() (*time.Location, error) {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone %q: want an IANA name, e.g. Europe/Amsterdam", c.TimeZone)
	}
	return zone, nil
}

// Proxies are the ranges whose forwarded headers count.
func (c Config) Proxies() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range c.TrustedProxies {
		p, err := netip.ParsePrefix(strings.TrimSpace(text))
		if err != nil {
			ip, ipErr := netip.ParseAddr(strings.TrimSpace(text))
			if ipErr != nil {
				return nil, fmt.Errorf("trusted proxy %q: want an address or a range, e.g. 10.0.0.0/8", text)
			}
			p = netip.PrefixFrom(ip, ip.BitLen())
		}
		out = append(out, p)
	}
	return out, nil
}

// From is the sender of mails.
func (c Config) From() (*mail.Address, error) {
	a, err := mail.ParseAddress(c.MailFrom)
	if err != nil {
		return nil, fmt.Errorf("mail sender %q: want an address, e.g. Sojourn <account@example.org>", c.MailFrom)
	}
	return a, nil
}
