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

	// The collector that is told traces, OTLP over HTTP, such as http://localhost:4318
	// (/v1/traces follows by itself where no path is given); without one there are none.
	// They name no person and no organization.
	OTLPEndpoint string `env:"SOJOURN_OTLP_ENDPOINT" name:"otlp-endpoint" placeholder:"URL" help:"collector for traces"`

	// The share of requests that is traced, above 0 and at most 1.
	OTLPSample float64 `env:"SOJOURN_OTLP_SAMPLE" name:"otlp-sample" default:"1" placeholder:"SHARE" help:"share of requests traced"`

	// Go on with the traces of trusted proxies, and let them decide which are kept. Only
	// where they write the traceparent header themselves: most pass on what strangers send.
	OTLPParents bool `env:"SOJOURN_OTLP_PARENTS" name:"otlp-parents" help:"go on with traces of trusted proxies"`

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

	// What text messages are handed to: none, webhook (a program of yours) or twilio.
	// Without it, or without countries, texts are not offered to anybody.
	Texts string `env:"SOJOURN_TEXTS" enum:"none,webhook,twilio" default:"none" help:"none, webhook or twilio"`

	// What calls that speak a code are handed to: none, webhook or twilio.
	Calls string `env:"SOJOURN_CALLS" enum:"none,webhook,twilio" default:"none" help:"none, webhook or twilio"`

	// The countries that texts and calls may go to, as ISO codes separated by commas:
	// NL,BE,DE. Name only those where your people are: others have numbers called that
	// earn from it. Premium, shared cost and satellite numbers are refused everywhere.
	PhoneCountries []string `env:"SOJOURN_PHONE_COUNTRIES" placeholder:"CODES" help:"countries for texts and calls"`

	// How many texts and calls may go to one number in an hour.
	PhonePerNumber int `env:"SOJOURN_PHONE_PER_NUMBER" default:"5" placeholder:"N" help:"texts and calls to a number an hour"`

	// How many texts and calls one organization may cause in an hour.
	PhonePerHour int `env:"SOJOURN_PHONE_PER_HOUR" default:"200" placeholder:"N" help:"texts and calls of an organization an hour"`

	// How many texts and calls one organization may cause in a day.
	PhonePerDay int `env:"SOJOURN_PHONE_PER_DAY" default:"1000" placeholder:"N" help:"texts and calls of an organization a day"`

	// Where texts and calls are posted to with webhook. http is taken only for this
	// machine itself.
	WebhookURL string `env:"SOJOURN_WEBHOOK_URL" name:"webhook-url" placeholder:"URL" help:"where texts and calls are posted"`

	// The secret that what is posted is signed with, 16 characters or more.
	WebhookSecret string `env:"SOJOURN_WEBHOOK_SECRET" placeholder:"SECRET" help:"secret of the signature"`

	// A file that holds the secret that what is posted is signed with.
	WebhookSecretFile string `env:"SOJOURN_WEBHOOK_SECRET_FILE" placeholder:"FILE" help:"file with that secret"`

	// The SID of the account at Twilio: AC and 32 digits.
	TwilioAccount string `env:"SOJOURN_TWILIO_ACCOUNT" placeholder:"SID" help:"account at Twilio"`

	// The token of the account at Twilio.
	TwilioToken string `env:"SOJOURN_TWILIO_TOKEN" placeholder:"TOKEN" help:"token at Twilio"`

	// A file that holds the token of the account at Twilio.
	TwilioTokenFile string `env:"SOJOURN_TWILIO_TOKEN_FILE" placeholder:"FILE" help:"file with that token"`

	// The number that texts and calls come from, such as +31612345678; where only texts
	// go out, also the SID of a messaging service.
	TwilioFrom string `env:"SOJOURN_TWILIO_FROM" placeholder:"NUMBER" help:"sender of texts and calls"`

	// Where Twilio is reached.
	TwilioURL string `env:"SOJOURN_TWILIO_URL" name:"twilio-url" default:"https://api.twilio.com" placeholder:"URL" help:"where Twilio is reached"`

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
