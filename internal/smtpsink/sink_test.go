package smtpsink_test

import (
	"fmt"
	"net"
	"net/textproto"
	"strings"
	"testing"
	"time"

	"sojourn/internal/smtpsink"
)

func listen(t *testing.T, s *smtpsink.Sink) *smtpsink.Sink {
	t.Helper()
	if err := s.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// dial gives a line to the sink, past its greeting.
func dial(t *testing.T, s *smtpsink.Sink) *textproto.Conn {
	t.Helper()
	c, err := textproto.Dial("tcp", net.JoinHostPort(s.Host(), fmt.Sprint(s.Port())))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	expect(t, c, 220)
	return c
}

func expect(t *testing.T, c *textproto.Conn, code int) {
	t.Helper()
	if got, text, err := c.ReadResponse(code); err != nil {
		t.Fatalf("got %d %s; want %d", got, text, code)
	}
}

func say(t *testing.T, c *textproto.Conn, code int, line string) {
	t.Helper()
	if err := c.PrintfLine("%s", line); err != nil {
		t.Fatal(err)
	}
	got, text, err := c.ReadResponse(code)
	if err != nil {
		t.Fatalf("%.60s: got %d %s; want %d", line, got, text, code)
	}
}

func send(t *testing.T, c *textproto.Conn, to, message string) {
	t.Helper()
	say(t, c, 250, "MAIL FROM:<no-reply@sojourn.example>")
	say(t, c, 250, "RCPT TO:<"+to+">")
	say(t, c, 354, "DATA")
	say(t, c, 250, message+"\r\n.")
}

func TestSink_conversation(t *testing.T) {
	s := listen(t, &smtpsink.Sink{Refuse: func(rcpt string) int {
		if strings.HasPrefix(rcpt, "later") {
			return 450
		}
		return 0
	}})
	c := dial(t, s)
	say(t, c, 503, "MAIL FROM:<a@b.example>")
	say(t, c, 501, "EHLO")
	say(t, c, 250, "HELO test")
	say(t, c, 250, "ehlo test")
	say(t, c, 502, "STARTTLS")
	say(t, c, 503, "RCPT TO:<a@b.example>")
	say(t, c, 552, "MAIL FROM:<a@b.example> SIZE=1048577")
	say(t, c, 501, "MAIL FROM: a@b.example")
	say(t, c, 250, "MAIL FROM:<a@b.example> SIZE=1048576 BODY=8BITMIME")
	say(t, c, 503, "DATA")
	say(t, c, 501, "RCPT TO:<nobody>")
	say(t, c, 450, "RCPT TO:<later@b.example>")
	say(t, c, 250, "RSET")
	say(t, c, 250, "NOOP")
	send(t, c, "Noor@b.example", "Subject: one\r\n\r\n..dot\r\n...\r\nend")
	send(t, c, "sam@b.example", "Subject: two\r\n\r\nbody")
	say(t, c, 221, "QUIT")
	if _, err := c.ReadLine(); err == nil {
		t.Error("the line stayed open after QUIT")
	}

	all := s.Messages()
	if len(all) != 2 || all[0].ID != 1 || all[1].ID != 2 || all[0].At.IsZero() {
		t.Fatalf("kept %+v", all)
	}
	to := s.To("noor@B.example")
	if len(to) != 1 || to[0].Subject != "one" || to[0].Text != ".dot\n..\nend\n" {
		t.Errorf("to Noor: %+v", to)
	}
	if m, found := s.Message(2); !found || m.Subject != "two" {
		t.Errorf("message 2: %+v, %v", m, found)
	}
}

func TestSink_limits(t *testing.T) {
	s := listen(t, &smtpsink.Sink{})
	c := dial(t, s)
	say(t, c, 250, "EHLO test")
	say(t, c, 250, "MAIL FROM:<a@b.example>")
	say(t, c, 250, "RCPT TO:<a@b.example>")
	say(t, c, 354, "DATA")
	say(t, c, 552, strings.Repeat(strings.Repeat("x", 1022)+"\r\n", 1100)+".")
	say(t, c, 250, "NOOP") // and the conversation goes on
	say(t, c, 500, "NOOP "+strings.Repeat("x", 5000))
	if n := len(s.Messages()); n != 0 {
		t.Errorf("%d messages were kept", n)
	}
	half := dial(t, s)
	say(t, half, 250, "EHLO test")
	say(t, half, 250, "MAIL FROM:<a@b.example>")
	say(t, half, 250, "RCPT TO:<a@b.example>")
	say(t, half, 354, "DATA")
	half.PrintfLine("Subject: half")
	half.Close()
	s.Close()
	if n := len(s.Messages()); n != 0 {
		t.Errorf("half a message was kept")
	}
}

func TestSink_keepsTheLastThousand(t *testing.T) {
	s := listen(t, &smtpsink.Sink{})
	c := dial(t, s)
	say(t, c, 250, "EHLO test")
	for i := range 1010 {
		send(t, c, "a@b.example", fmt.Sprintf("Subject: %d\r\n\r\nbody", i))
	}
	all := s.Messages()
	if len(all) != 1000 || all[0].Subject != "10" || all[999].ID != 1010 {
		t.Fatalf("kept %d, from %q to %d", len(all), all[0].Subject, all[len(all)-1].ID)
	}
}

func TestSink_loopbackOnly(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:25", "example.org:25", "127.0.0.1"} {
		s := &smtpsink.Sink{}
		if err := s.Listen(address); err == nil {
			s.Close()
			t.Errorf("%q was accepted", address)
		}
	}
}

func TestSink_closeEndsConversations(t *testing.T) {
	s := listen(t, &smtpsink.Sink{})
	c := dial(t, s)
	done := make(chan error, 1)
	go func() { done <- s.Close() }()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("Close waits for the conversation")
	}
	if _, err := c.ReadLine(); err == nil {
		t.Error("the conversation goes on")
	}
}

func TestSink_reads(t *testing.T) {
	const head = "From: =?utf-8?q?K=C3=A9vin?= <k@b.example>\r\nSubject: =?utf-8?b?4oKsIDU=?=\r\nContent-Language: nl\r\n"
	for name, test := range map[string]struct{ raw, text, html string }{
		"plain": {head + "\r\nhéllo", "héllo\n", ""},
		"latin": {head + "Content-Type: text/plain; charset=ISO-8859-1\r\n\r\nh\xe9llo", "héllo\n", ""},
		"quoted": {head + "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: Quoted-Printable\r\n\r\nh=C3=A9=\r\nllo",
			"", "héllo\n"},
		"nested": {head + "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n" +
			"--b\r\n\r\none\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+dHdv\r\n--b--\r\n" +
			"--a\r\nContent-Type: text/plain\r\n\r\nthree\r\n--a--", "one", "<b>two"},
	} {
		t.Run(name, func(t *testing.T) {
			s := listen(t, &smtpsink.Sink{})
			c := dial(t, s)
			say(t, c, 250, "EHLO test")
			send(t, c, "a@b.example", test.raw)
			m := s.Messages()[0]
			if m.Subject != "€ 5" || m.From != "Kévin <k@b.example>" || m.Language != "nl" {
				t.Errorf("headers %q, %q, %q", m.Subject, m.From, m.Language)
			}
			if m.Text != test.text || m.HTML != test.html {
				t.Errorf("got %q and %q; want %q and %q", m.Text, m.HTML, test.text, test.html)
			}
		})
	}
	s := listen(t, &smtpsink.Sink{})
	c := dial(t, s)
	say(t, c, 250, "EHLO test")
	send(t, c, "a@b.example", "no message at all")
	if m := s.Messages()[0]; m.Text != "no message at all\n" {
		t.Errorf("got %+v", m)
	}
}
