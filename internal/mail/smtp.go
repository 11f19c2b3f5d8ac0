package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// How a connection to the SMTP server is encrypted.
const (
	TLSMandatory     = "mandatory"     // STARTTLS or nothing is sent; the default
	TLSImplicit      = "implicit"      // encrypted from the first byte (port 465)
	TLSOpportunistic = "opportunistic" // STARTTLS where offered
	TLSNone          = "none"          // for a sink on loopback
)

// SMTP is a Sender that hands letters to an SMTP server, a connection a letter.
type SMTP struct {
	Host     string
	Port     int
	Username string // none: the server wants no sign-in
	Password string
	TLS      string // one of the constants; "" is TLSMandatory
	From     string // a bare address
	FromName string
	HELO     string        // "" is the host name
	Timeout  time.Duration // of connecting, and again of the conversation; 0 is 30 s

	roots *x509.CertPool // nil: the machine's
}

const defaultTimeout = 30 * time.Second

// Check says what is wrong with the settings, before the first letter does.
func (s SMTP) Check() error {
	if s.Host == "" {
		return errors.New("mail: the SMTP server's host is missing")
	}
	if s.Port < 1 || s.Port > 65535 {
		return fmt.Errorf("mail: the SMTP server's port is %d; want 1 to 65535", s.Port)
	}
	if _, err := bareAddress(s.From); err != nil {
		return fmt.Errorf("mail: the From address %q is not an address", s.From)
	}
	switch s.TLS {
	case "", TLSMandatory, TLSImplicit, TLSOpportunistic, TLSNone:
		return nil
	}
	return fmt.Errorf("mail: TLS %q; want mandatory, implicit, opportunistic or none", s.TLS)
}

// Send implements Sender.
func (s SMTP) Send(ctx context.Context, l Letter, messageID string) error {
	m, err := s.message(l, messageID)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 2*s.timeout())
	defer cancel()
	line := &wire{ctx: ctx, implicit: s.TLS == TLSImplicit, config: s.encryption()}
	defer line.close()
	client, err := gomail.NewClient(s.Host, s.options(line)...)
	if err != nil {
		return classified(err)
	}
	err = client.DialAndSendWithContext(ctx, m)
	if m.IsDelivered() {
		return nil // the server has it: a rude goodbye is no reason to send it twice
	}
	return classified(err)
}

func (s SMTP) options(line *wire) []gomail.Option {
	o := []gomail.Option{
		gomail.WithPort(s.Port), gomail.WithTimeout(s.timeout()),
		gomail.WithTLSPolicy(s.policy()), gomail.WithTLSConfig(line.config), gomail.WithDialContextFunc(line.dial),
	}
	if s.HELO != "" {
		o = append(o, gomail.WithHELO(s.HELO))
	}
	if s.Username != "" {
		o = append(o, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.Username), gomail.WithPassword(s.Password))
	}
	return o
}

func (s SMTP) timeout() time.Duration {
	if s.Timeout > 0 {
		return s.Timeout
	}
	return defaultTimeout
}

func (s SMTP) policy() gomail.TLSPolicy {
	switch s.TLS {
	case TLSNone:
		return gomail.NoTLS
	case TLSOpportunistic, TLSImplicit: // implicit: wire has encrypted it already, and no server offers STARTTLS inside
		return gomail.TLSOpportunistic
	}
	return gomail.TLSMandatory
}

func (s SMTP) encryption() *tls.Config {
	return &tls.Config{ServerName: s.Host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
}

// message is the letter as MIME: text first, so that the richest part is last.
func (s SMTP) message(l Letter, messageID string) (*gomail.Msg, error) {
	to, err := bareAddress(l.To)
	if err != nil {
		return nil, &Error{Class: "address", permanent: true}
	}
	from, err := bareAddress(s.From)
	if err != nil {
		return nil, &Error{Class: "sender"}
	}
	html, err := l.HTML()
	if err != nil {
		return nil, err
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(&netmail.Address{Name: header(s.FromName), Address: from})
	m.ToMailAddress(&netmail.Address{Address: to})
	m.Subject(header(l.Subject))
	m.SetDate()
	m.SetMessageIDWithValue(header(messageID) + from[strings.LastIndexByte(from, '@'):])
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("Content-Language", header(l.Language))
	m.SetBodyString(gomail.TypeTextPlain, l.Text())
	m.AddAlternativeString(gomail.TypeTextHTML, html)
	return m, nil
}

// bareAddress refuses everything but one address without a name.
func bareAddress(text string) (string, error) {
	a, err := netmail.ParseAddress(text)
	if err != nil {
		return "", err
	}
	if a.Name != "" || strings.ContainsFunc(a.Address, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "", errors.New("mail: not a bare address")
	}
	return a.Address, nil
}

// header makes one line of a text.
func header(text string) string {
	return strings.Join(strings.Fields(strings.Map(tameHeader, text)), " ")
}

// tameHeader keeps isolates, which belong in a subject.
func tameHeader(r rune) rune {
	if r == '\u2068' || r == '\u2069' {
		return r
	}
	return tame(r)
}
