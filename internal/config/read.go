package config

import (
	"cmp"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"sojourn/internal/secret"
	"sojourn/internal/web"
)

// Wrong is a setting that cannot be used. It says which one and what it should
// be, and never shows a secret.
type Wrong struct{ text string }

func (w *Wrong) Error() string { return w.text }

func wrong(format string, args ...any) error { return &Wrong{fmt.Sprintf(format, args...)} }

// DatabaseSource is the address of the database.
func (c Config) DatabaseSource() (string, error) {
	source, err := fileOr("database file", c.DatabaseFile, c.Database)
	if err != nil {
		return "", err
	}
	path, isFile := strings.CutPrefix(source, "sqlite:")
	switch {
	case isFile && path == "":
		return "", wrong("database: the path is missing; want sqlite:PATH, e.g. sqlite:./sojourn.db")
	case isFile && strings.HasPrefix(path, "//") && !strings.HasPrefix(path, "///"):
		return "", wrong("database %q: want sqlite:PATH; the path of sqlite:/var/lib/sojourn.db begins at the root, that of sqlite:sojourn.db here", source)
	case isFile, strings.HasPrefix(source, "postgres://"), strings.HasPrefix(source, "postgresql://"):
		return source, nil
	}
	scheme, _, found := strings.Cut(source, ":") // what follows may be a password
	if !found {
		scheme = "…"
	}
	return "", wrong("database %s: want sqlite:PATH or postgres://…", scheme)
}

// minConns is what the jobs, the mails and bringing the database up to date need at
// once.
const minConns = 4

// Conns is the bound of the connections to PostgreSQL, 0 for an SQLite database.
func (c Config) Conns() (int, error) {
	path, err := c.DatabasePath()
	if err != nil || path != "" {
		return 0, err
	}
	if c.DatabaseConns < minConns {
		return 0, wrong("database connections %d: want %d or more", c.DatabaseConns, minConns)
	}
	return c.DatabaseConns, nil
}

// Drain is the time between saying that one stops and stopping.
func (c Config) Drain() (time.Duration, error) {
	if c.DrainTime < 0 || c.DrainTime > time.Hour {
		return 0, wrong("drain time %s: want a time such as 3s, an hour at most", c.DrainTime)
	}
	return c.DrainTime, nil
}

// DatabasePath is the file of an SQLite database, "" for a PostgreSQL server.
func (c Config) DatabasePath() (string, error) {
	source, err := c.DatabaseSource()
	path, isFile := strings.CutPrefix(source, "sqlite:")
	if err != nil || !isFile {
		return "", err
	}
	return filepath.Abs(path)
}

// SMTPSecret is the password at the mail server.
func (c Config) SMTPSecret() (string, error) {
	return fileOr("SMTP password file", c.SMTPPasswordFile, c.SMTPPassword)
}

// fileOr is what stands in a file if one is named, else the value. what is the
// setting that names the file.
func fileOr(what, file, value string) (string, error) {
	if file == "" {
		return value, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", wrong("%s: %v", what, err)
	}
	value = strings.TrimSpace(string(text))
	if value == "" {
		return "", wrong("%s: %s is empty", what, file)
	}
	return value, nil
}

// Box opens the secret box: the key given, else the one beside an SQLite file.
func (c Config) Box() (*secret.Box, error) {
	if c.SecretKeyFile != "" || c.SecretKey != "" {
		text, err := fileOr("secret key file", c.SecretKeyFile, c.SecretKey)
		if err != nil {
			return nil, err
		}
		box, err := secret.Parse(text)
		if err != nil {
			return nil, wrong("%v (make one with: openssl rand -hex 32)", err)
		}
		return box, nil
	}
	path, err := c.DatabasePath()
	if err != nil {
		return nil, err
	}
	if path == "" {
		return nil, wrong("secret key: set SOJOURN_SECRET_KEY or SOJOURN_SECRET_KEY_FILE; with PostgreSQL every replica needs the same one (make one with: openssl rand -hex 32)")
	}
	return boxBeside(path)
}

// boxBeside opens the key in the file beside a database. Only a new database is
// given a new key: with it, no password in an older one would be right any more.
// A key is always made before its database, so looking for them in the other
// order tells a lost key from another process that is just starting.
func boxBeside(path string) (*secret.Box, error) {
	info, err := os.Stat(path)
	used := err == nil && info.Size() > 0
	key := path + ".key"
	if _, err := os.Stat(key); used && os.IsNotExist(err) {
		return nil, wrong("secret key: %s is missing, and the passwords in %s only work with it: put it back, or set SOJOURN_SECRET_KEY or SOJOURN_SECRET_KEY_FILE", key, path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("secret key: %w", err)
	}
	return secret.FromFile(key)
}

// Base is where people reach the portal.
func (c Config) Base() (*url.URL, error) {
	if c.BaseURL == "" {
		return c.localBase()
	}
	u, err := url.Parse(strings.TrimSuffix(c.BaseURL, "/"))
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil ||
		u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return nil, wrong("base URL %q: want https://HOST without a path", withoutUser(c.BaseURL))
	}
	if strings.ContainsFunc(u.Host, func(r rune) bool { return r > 126 }) {
		return nil, wrong("base URL %q: write the host as browsers send it, in letters of ASCII (xn--…)", c.BaseURL)
	}
	if u.Scheme == "http" && !web.IsLoopback(u.Hostname()) {
		return nil, wrong("base URL %q: http only reaches this machine itself; people elsewhere need https", c.BaseURL)
	}
	return origin(u.Scheme, u.Hostname(), u.Port()), nil
}

// localBase is the base URL of a portal that listens on this machine only.
func (c Config) localBase() (*url.URL, error) {
	host, port, err := c.Address()
	if err != nil {
		return nil, err
	}
	if !web.IsLoopback(host) {
		return nil, wrong("listen %q reaches beyond this machine: set SOJOURN_BASE_URL to where people reach the portal, e.g. https://account.example.org", c.Listen)
	}
	return origin("http", "localhost", port), nil
}

// Address is the host and port to listen on.
func (c Config) Address() (host, port string, err error) {
	host, port, err = net.SplitHostPort(c.Listen)
	if _, numberErr := strconv.ParseUint(port, 10, 16); err != nil || numberErr != nil {
		return "", "", wrong("listen %q: want HOST:PORT, e.g. localhost:8080", c.Listen)
	}
	return host, port, nil
}

// MetricsAddress says what is wrong with the address for metrics.
func (c Config) MetricsAddress() error {
	_, port, err := net.SplitHostPort(c.MetricsListen)
	if _, numberErr := strconv.ParseUint(port, 10, 16); err != nil || numberErr != nil {
		return wrong("metrics listen %q: want HOST:PORT, e.g. localhost:9464", c.MetricsListen)
	}
	return nil
}

// Collector is where traces are told, nil where they are not.
func (c Config) Collector() (*url.URL, error) {
	if c.OTLPEndpoint == "" {
		return nil, nil
	}
	u, err := url.Parse(c.OTLPEndpoint)
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return nil, wrong("collector %q: want http://HOST:PORT, e.g. http://localhost:4318", withoutUser(c.OTLPEndpoint))
	}
	if !(c.OTLPSample > 0 && c.OTLPSample <= 1) {
		return nil, wrong("share of requests traced %v: want a number above 0 and at most 1, e.g. 0.1", c.OTLPSample)
	}
	if strings.TrimSuffix(u.Path, "/") == "" {
		u.Path = "/v1/traces"
	}
	return u, nil
}

// origin writes a base as browsers write it in the Host header: in lower case,
// without the port that goes without saying.
func origin(scheme, host, port string) *url.URL {
	host = strings.ToLower(host)
	if scheme == "https" && port == "443" || scheme == "http" && port == "80" {
		port = ""
	}
	switch {
	case port != "":
		host = net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		host = "[" + host + "]"
	}
	return &url.URL{Scheme: scheme, Host: host}
}

// withoutUser keeps a password out of what is told.
func withoutUser(text string) string {
	if i := strings.LastIndexByte(text, '@'); i >= 0 {
		return "…" + text[i:]
	}
	return text
}

// Zone is the time zone of dates shown.
func (c Config) Zone() (*time.Location, error) {
	zone, err := time.LoadLocation(cmp.Or(c.TimeZone, "UTC"))
	if err != nil {
		return nil, wrong("time zone %q: want an IANA name, e.g. Europe/Amsterdam", c.TimeZone)
	}
	return zone, nil
}

// Proxies are the ranges whose forwarded headers count.
func (c Config) Proxies() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range c.TrustedProxies {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		p, err := netip.ParsePrefix(text)
		if err != nil {
			ip, ipErr := netip.ParseAddr(text)
			if ipErr != nil || ip.Zone() != "" {
				return nil, wrong("trusted proxy %q: want an address or a range, e.g. 10.0.0.0/8", text)
			}
			p = netip.PrefixFrom(ip, ip.BitLen())
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// From is the sender of mails.
func (c Config) From() (*mail.Address, error) {
	a, err := mail.ParseAddress(c.MailFrom)
	if err != nil {
		return nil, wrong("mail sender %q: want an address, e.g. Sojourn <account@example.org>", c.MailFrom)
	}
	return a, nil
}

// MailServer is the host and port of the mail server; no host where none is set.
func (c Config) MailServer() (host string, port int, err error) {
	if c.SMTP == "" {
		return "", 0, nil
	}
	host, text, err := net.SplitHostPort(c.SMTP)
	number, numberErr := strconv.ParseUint(text, 10, 16)
	if err != nil || numberErr != nil || host == "" || number == 0 {
		return "", 0, wrong("mail server %q: want HOST:PORT, e.g. mail.example.org:587", c.SMTP)
	}
	return host, int(number), nil
}
