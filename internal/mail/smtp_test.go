package mail_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"sojourn/internal/mail"
	"sojourn/internal/smtpsink"
)

func sinkAndSender(t *testing.T, refuse func(string) int) (*smtpsink.Sink, mail.SMTP) {
	t.Helper()
	s := &smtpsink.Sink{Refuse: refuse}
	if err := s.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, mail.SMTP{
		Host: s.Host(), Port: s.Port(), TLS: mail.TLSNone, HELO: "portal.example",
		From: "no-reply@sojourn.example", FromName: "Sojourn – één \"portaal\"", Timeout: 5 * time.Second,
	}
}

func TestSMTP_bothPartsAndHeadersArrive(t *testing.T) {
	sink, sender := sinkAndSender(t, nil)
	l := receipt()
	l.Intro = append(l.Intro, ".", "..a line that begins with dots", strings.Repeat("longwordwithoutanyspace", 60))
	if err := sender.Send(context.Background(), l, "0196c1a5"); err != nil {
		t.Fatal(err)
	}
	got := sink.To(l.To)
	if len(got) != 1 {
		t.Fatalf("%d mails; want one", len(got))
	}
	m := got[0]
	html, _ := l.HTML()
	if m.Text != l.Text() {
		t.Errorf("the text part is\n%q\nwant\n%q", m.Text, l.Text())
	}
	if strings.TrimSpace(m.HTML) != strings.TrimSpace(html) {
		t.Errorf("the HTML part is\n%s\nwant\n%s", m.HTML, html)
	}
	if m.Subject != l.Subject || m.Language != "nl" || m.From != `"Sojourn – één \"portaal\"" <no-reply@sojourn.example>` && !strings.Contains(m.From, "Sojourn – één") {
		t.Errorf("subject %q, language %q, from %q", m.Subject, m.Language, m.From)
	}
	for name, want := range map[string]string{
		"Message-Id": "<0196c1a5@sojourn.example>", "Auto-Submitted": "auto-generated", "To": "<noor.haddad@contoso.example>", "Mime-Version": "1.0",
	} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s is %q; want %q", name, got, want)
		}
	}
	if at, err := m.Header.Date(); err != nil || time.Since(at).Abs() > time.Minute {
		t.Errorf("Date %v, %v", at, err)
	}
	if !strings.HasPrefix(m.Header.Get("Content-Type"), "multipart/alternative") {
		t.Errorf("Content-Type %q", m.Header.Get("Content-Type"))
	}
	raw := string(m.Raw)
	if strings.Index(raw, "text/plain") > strings.Index(raw, "text/html") {
		t.Error("the text is not the first part")
	}
	for _, line := range strings.Split(raw, "\n") {
		if len(line) > 998 {
			t.Errorf("a line of %d bytes", len(line))
		}
	}
}

func TestSMTP_headersCannotBeAdded(t *testing.T) {
	sink, sender := sinkAndSender(t, nil)
	const evil = "x\r\nBcc: eve@evil.example\r\n\r\nbody\nX-Evil: 1"
	sender.FromName = "Sojourn" + evil
	l := receipt()
	l.Subject, l.Language = "Hello"+evil, "nl"+evil
	l.Title, l.Button.URL = evil, "https://sojourn.example/"+evil
	if err := sender.Send(context.Background(), l, "id"+evil); err != nil {
		t.Fatal(err)
	}
	all := sink.Messages()
	if len(all) != 1 {
		t.Fatalf("%d mails; want one", len(all))
	}
	m := all[0]
	if m.Header.Get("Bcc") != "" || m.Header.Get("X-Evil") != "" {
		t.Errorf("headers were added: %v", m.Header)
	}
	if m.Subject != "Hellox Bcc: eve@evil.example body X-Evil: 1" {
		t.Errorf("subject %q", m.Subject)
	}
	if m.HTML == "" || m.Text == "" {
		t.Error("a part is missing")
	}
}

func TestSMTP_refusesWhatIsNoAddress(t *testing.T) {
	sink, sender := sinkAndSender(t, nil)
	for _, to := range []string{
		"", "noor", "noor@", "@contoso.example", "noor@contoso.example\r\nBcc: eve@evil.example", "noor@contoso.example, eve@evil.example",
		"Noor <noor@contoso.example>", "noor@contoso.example>\r\nRCPT TO:<eve@evil.example", "a\x00b@contoso.example",
	} {
		l := receipt()
		l.To = to
		err := sender.Send(context.Background(), l, "id")
		if !mail.Permanent(err) || mail.Class(err) != "address" {
			t.Errorf("%q: %v; want a permanent refusal", to, err)
		}
	}
	if n := len(sink.Messages()); n != 0 {
		t.Errorf("%d mails went out", n)
	}
}

func TestSMTP_refusals(t *testing.T) {
	for _, test := range []struct {
		code      int
		class     string
		permanent bool
	}{{450, "smtp 450", false}, {421, "smtp 421", false}, {530, "smtp 530", false}, {550, "smtp 550", true}, {554, "smtp 554", true}} {
		_, sender := sinkAndSender(t, func(string) int { return test.code })
		err := sender.Send(context.Background(), receipt(), "id")
		if err == nil || mail.Permanent(err) != test.permanent || mail.Class(err) != test.class {
			t.Errorf("%d: %v, permanent %t; want %s, %t", test.code, err, mail.Permanent(err), test.class, test.permanent)
		}
		if strings.Contains(err.Error(), "noor") {
			t.Errorf("%d: the error names the recipient: %v", test.code, err)
		}
	}
}

func TestSMTP_withoutServer(t *testing.T) {
	ctx := context.Background()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	sender := mail.SMTP{Host: "127.0.0.1", Port: port, From: "no-reply@sojourn.example", Timeout: 200 * time.Millisecond}
	// It listens and says nothing.
	if err := sender.Send(ctx, receipt(), "id"); mail.Class(err) != "timeout" || mail.Permanent(err) {
		t.Errorf("a silent server: %v (%v)", err, errors.Unwrap(err))
	}
	sender.Timeout = time.Minute
	gone, cancel := context.WithCancel(ctx)
	time.AfterFunc(50*time.Millisecond, cancel)
	start := time.Now()
	if err := sender.Send(gone, receipt(), "id"); err == nil || mail.Permanent(err) || time.Since(start) > 5*time.Second {
		t.Errorf("a cancelled send: %v after %v", err, time.Since(start))
	}
	l.Close()
	if err := sender.Send(ctx, receipt(), "id"); mail.Class(err) != "connection" || mail.Permanent(err) {
		t.Errorf("no server: %v (%v)", err, errors.Unwrap(err))
	}
}

// A server that has taken the mail and then hangs up has taken it.
func TestSMTP_rudeGoodbye(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		say := func(text string) { io.WriteString(conn, text+"\r\n") }
		say("220 hello")
		buf, seen := make([]byte, 1<<16), ""
		for {
			n, err := conn.Read(buf)
			if err != nil {
				return
			}
			seen += string(buf[:n])
			switch {
			case strings.HasSuffix(seen, "\r\n.\r\n"):
				say("250 taken")
				return
			case strings.HasSuffix(seen, "DATA\r\n"):
				say("354 go on")
			case strings.Contains(seen, "DATA\r\n"):
			default:
				say("250 ok")
			}
		}
	}()
	sender := mail.SMTP{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, TLS: mail.TLSNone, From: "no-reply@sojourn.example", Timeout: 5 * time.Second}
	if err := sender.Send(context.Background(), receipt(), "id"); err != nil {
		t.Errorf("got %v (%v)", err, errors.Unwrap(err))
	}
}

// The sink offers no encryption: by default nothing is sent to it.
func TestSMTP_mandatoryTLS(t *testing.T) {
	sink, sender := sinkAndSender(t, nil)
	for _, tls := range []string{"", mail.TLSMandatory} {
		sender.TLS = tls
		if err := sender.Send(context.Background(), receipt(), "id"); mail.Class(err) != "tls" || mail.Permanent(err) {
			t.Errorf("TLS %q: %v", tls, err)
		}
	}
	sender.TLS = mail.TLSOpportunistic
	if err := sender.Send(context.Background(), receipt(), "id"); err != nil {
		t.Errorf("opportunistic: %v", err)
	}
	if n := len(sink.Messages()); n != 1 {
		t.Errorf("%d mails; want one", n)
	}
}

func TestSMTP_Check(t *testing.T) {
	good := mail.SMTP{Host: "smtp.example", Port: 587, From: "no-reply@sojourn.example"}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*mail.SMTP){
		"host": func(s *mail.SMTP) { s.Host = "" }, "port": func(s *mail.SMTP) { s.Port = 0 },
		"from": func(s *mail.SMTP) { s.From = "sojourn" }, "tls": func(s *mail.SMTP) { s.TLS = "maybe" },
	} {
		bad := good
		change(&bad)
		if bad.Check() == nil {
			t.Errorf("a wrong %s was accepted", name)
		}
	}
}
