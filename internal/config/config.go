// Package config is everything an operator can set. The comments of the struct
// are the manual: `sojourn help config` prints them.
package config

import (
	_ "embed"
	"time"
)

//go:embed config.go
var source string

// Config is what can be set: by a flag, or by the environment variable beside
// it, which the flag goes before. A secret can also come from a file, which goes
// before both.
type Config struct {
	// Where everything is kept: sqlite:PATH for a file on this machine, or
	// postgres://USER:PASSWORD@HOST/NAME for a PostgreSQL server, which several
	// replicas can share.
	Database string `env:"SOJOURN_DATABASE" default:"sqlite:./sojourn.db" placeholder:"ADDRESS" help:"sqlite:PATH or postgres://…"`

	// A file that holds the database address, for when it contains a password: what
	// is given as a flag can be read in the machine's list of processes.
	DatabaseFile string `env:"SOJOURN_DATABASE_FILE" placeholder:"FILE" help:"file with the database address"`

	// How many connections to PostgreSQL this process opens at most; whoever needs one
	// more waits. All replicas together must stay below the server's max_connections.
	DatabaseConns int `env:"SOJOURN_DATABASE_CONNS" default:"20" placeholder:"N" help:"most connections to PostgreSQL"`

	// The address and port to listen on. Put a proxy that speaks TLS in front for
	// anything but this machine itself.
	Listen string `env:"SOJOURN_LISTEN" default:"localhost:8080" placeholder:"ADDR" help:"address and port to listen on"`

	// The address and port to give metrics for Prometheus on, under /metrics; without one
	// there are none. They name no person and no organization, but tell how much goes
	// on: choose an address that only your monitoring reaches.
	MetricsListen string `env:"SOJOURN_METRICS_LISTEN" placeholder:"ADDR" help:"address and port for metrics"`

	// Where people reach the portal, such as https://account.example.org. Links in
	// mails, cookies and the check of the Host header follow it, and so do the links
	// that commands print: give them the same. It may be left out only while listening
	// on this machine alone.
	BaseURL string `env:"SOJOURN_BASE_URL" name:"base-url" placeholder:"URL" help:"where people reach the portal"`

	// The master key: 32 random bytes as 64 hexadecimal digits or base64. It seals
	// what waits in the outbox, peppers passwords and signs forms. All replicas need
	// the same one, and losing it makes every password useless. With SQLite it may be
	// left out: a new database is then given a key, in a file beside it. Another key
	// than the one a database was made with is refused; if that one is lost, sojourn
	// migrate --key-is-lost goes on with the one given.
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

	// How long the portal goes on answering after it was told to stop, while /readyz
	// already says that it is not ready: longer than the proxy in front takes to notice.
	// With SQLite nobody could take over, and it stops at once.
	DrainTime time.Duration `env:"SOJOURN_DRAIN_TIME" default:"3s" placeholder:"TIME" help:"time between not ready and stopping"`

	// Proxies whose X-Forwarded-For is believed, as addresses or ranges
	// (10.0.0.5, 10.0.0.0/8), separated by commas. Name yours: sign-ins are limited by
	// where they come from, and behind a proxy that is not named everybody comes from
	// the proxy.
	TrustedProxies []string `env:"SOJOURN_TRUSTED_PROXIES" placeholder:"RANGE" help:"proxies whose X-Forwarded-For is believed"`

	// The time zone in which dates and times are shown, by its IANA name.
	TimeZone string `env:"SOJOURN_TIME_ZONE" default:"UTC" placeholder:"ZONE" help:"time zone of dates shown"`

	// How much is logged: debug, info, warn or error. Logs are JSON lines without
	// personal data.
	LogLevel string `env:"SOJOURN_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" help:"debug, info, warn or error"`

	// A line in the log for each request: its number, the route's pattern, method, status
	// and time, never the address or who asked. Without it there are lines for what
	// fails and what is slow.
	LogRequests bool `env:"SOJOURN_LOG_REQUESTS" help:"a line for each request"`

	// Developer's pages: every page state under /preview, and the pseudo language
	// ar-XB that shows untranslated and clipped text. Not for real people's data.
	Dev bool `env:"SOJOURN_DEV" help:"developer's pages"`
}
