package mail_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sojourn/internal/mail"
)

// encryptedServer takes one mail after STARTTLS (or, implicit, TLS from the
// first byte) and a sign-in with PLAIN, and tells what it was given.
func encryptedServer(t *testing.T, implicit bool) (sender mail.SMTP, heard chan string) {
	t.Helper()
	web := httptest.NewTLSServer(nil) // only for its certificate
	t.Cleanup(web.Close)
	config := &tls.Config{Certificates: web.TLS.Certificates}
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	heard = make(chan string, 10)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if implicit {
				conn = tls.Server(conn, config)
			}
			serve(conn, config, implicit, heard)
			conn.Close()
		}
	}()
	sender = mail.SMTP{
		Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, From: "no-reply@sojourn.example",
		Username: "portal", Password: "secret", Timeout: 5 * time.Second,
	}
	if implicit {
		sender.TLS = mail.TLSImplicit
	}
	return sender.Trusting(roots), heard
}

func serve(conn net.Conn, config *tls.Config, encrypted bool, heard chan string) {
	in := bufio.NewReader(conn)
	say := func(text string) { fmt.Fprintf(conn, "%s\r\n", text) }
	say("220 hello")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch verb {
		case "EHLO":
			if encrypted {
				say("250-hello\r\n250 AUTH PLAIN")
			} else {
				say("250-hello\r\n250 STARTTLS")
			}
		case "STARTTLS":
			say("220 go on")
			conn = tls.Server(conn, config)
			in, encrypted = bufio.NewReader(conn), true
		case "AUTH":
			token, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
			heard <- string(token)
			if strings.HasSuffix(string(token), "\x00secret") {
				say("235 welcome")
			} else {
				say("535 5.7.8 no")
			}
		case "DATA":
			say("354 go on")
			for line != ".\r\n" {
				if line, err = in.ReadString('\n'); err != nil {
					return
				}
			}
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func TestSMTP_encryptedAndSignedIn(t *testing.T) {
	for name, implicit := range map[string]bool{"starttls": false, "implicit": true} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			sender, heard := encryptedServer(t, implicit)
			if err := sender.Send(ctx, receipt(), "id"); err != nil {
				t.Fatal(err, errors.Unwrap(err))
			}
			if got := <-heard; got != "\x00portal\x00secret" {
				t.Errorf("signed in as %q", got)
			}
			// A wrong password is the operator's to mend: the letter waits.
			sender.Password = "wrong"
			if err := sender.Send(ctx, receipt(), "id"); mail.Class(err) != "smtp 535" || mail.Permanent(err) {
				t.Errorf("wrong password: %v", err)
			}
			if err := sender.Trusting(nil).Send(ctx, receipt(), "id"); mail.Class(err) != "tls" || mail.Permanent(err) {
				t.Errorf("a certificate nobody vouches for: %v (%v)", err, errors.Unwrap(err))
			}
		})
	}
}
