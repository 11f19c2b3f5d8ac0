// Package webhook hands texts and calls to a program of the operator's: a POST of
// JSON, signed with a secret that both know, so that it can be told from a
// stranger's. docs/operators.md says how it is checked.
package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"sojourn/internal/outbox"
	"sojourn/internal/web"
)

// Headers of a request.
const (
	TimestampHeader = "Sojourn-Timestamp" // seconds since 1970
	SignatureHeader = "Sojourn-Signature" // v1= and the signature in hexadecimal digits
)

// SecretMin is how long a secret is at least.
const SecretMin = 16

const patience = 15 * time.Second

// Webhook is a Sender of texts and calls.
type Webhook struct {
	URL    *url.URL
	Secret string
	Now    func() time.Time // nil is time.Now
}

// Check says what is wrong with the settings, before the first message does.
func (w Webhook) Check() error {
	switch {
	case w.URL == nil || w.URL.Hostname() == "" || w.URL.User != nil || w.URL.Fragment != "":
		return errors.New("want https://HOST/PATH")
	case w.URL.Scheme != "https" && !(w.URL.Scheme == "http" && web.IsLoopback(w.URL.Hostname())):
		return errors.New("want https: by http everybody on the way reads the codes")
	case len(w.Secret) < SecretMin:
		return fmt.Errorf("the secret is shorter than %d characters", SecretMin)
	}
	return nil
}

// body is what is posted.
type body struct {
	ID        string `json:"id"`      // the same for every try
	Channel   string `json:"channel"` // sms or voice
	To        string `json:"to"`
	Extension string `json:"extension,omitempty"`
	Text      string `json:"text"`
	Language  string `json:"language"`
	Expires   string `json:"expires,omitempty"` // of no use from then on
}

// Send implements outbox.Sender.
func (w Webhook) Send(ctx context.Context, m outbox.Message, id string) error {
	b := body{ID: id, Channel: string(m.Channel), To: m.To, Extension: m.Extension, Text: m.Text, Language: m.Language}
	if !m.ExpiresAt.IsZero() {
		b.Expires = m.ExpiresAt.UTC().Format(time.RFC3339)
	}
	text, err := json.Marshal(b)
	if err != nil {
		return &outbox.Failure{Class: "payload", Permanent: true, Cause: err}
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL.String(), bytes.NewReader(text))
	if err != nil {
		return &outbox.Failure{Class: "other", Cause: err}
	}
	at := strconv.FormatInt(w.now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Sojourn")
	req.Header.Set(TimestampHeader, at)
	req.Header.Set(SignatureHeader, "v1="+Sign(w.Secret, at, text))
	res, err := client.Do(req)
	if err != nil {
		return Unreached(err)
	}
	defer res.Body.Close()
	io.CopyN(io.Discard, res.Body, 64<<10) // so that the connection can be used again
	return verdict(res.StatusCode)
}

// Sign is the signature of a body posted at a time: HMAC-SHA256 over the time, a dot
// and the body, in hexadecimal digits.
func Sign(secret, timestamp string, body []byte) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(timestamp + "."))
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// verdict: 2xx is taken, what the other side says of this message is final, and
// everything else may be mended.
func verdict(status int) error {
	if status >= 200 && status < 300 {
		return nil
	}
	final := status >= 400 && status < 500 && status != http.StatusRequestTimeout && status != http.StatusTooManyRequests
	return &outbox.Failure{Class: "http " + strconv.Itoa(status), Permanent: final}
}

// client follows no redirect: a message goes where the operator says, or nowhere.
var client = &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Timeout:       patience,
}

// Unreached is the failure of a request that was not answered.
func Unreached(err error) error {
	var timeout net.Error
	var dns *net.DNSError
	var operation *net.OpError
	class := "tls"
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		class = "timeout"
	case errors.As(err, &dns):
		class = "dns"
	case errors.As(err, &operation), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		class = "connection"
	}
	return &outbox.Failure{Class: class, Cause: err}
}

func (w Webhook) now() time.Time {
	if w.Now != nil {
		return w.Now()
	}
	return time.Now()
}
