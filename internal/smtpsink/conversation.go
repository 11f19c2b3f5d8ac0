package smtpsink

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/mail"
	"net/textproto"
	"strconv"
	"strings"
	"time"
)

const (
	lineMax  = 2048
	rcptsMax = 100
	errorMax = 20 // before the line is cut
)

// conversation is one connection.
type conversation struct {
	sink    *Sink
	conn    net.Conn
	in      *bufio.Reader
	greeted bool
	from    *string
	rcpts   []string
	errors  int
	over    bool
}

func newConversation(s *Sink, conn net.Conn) *conversation {
	return &conversation{sink: s, conn: conn, in: bufio.NewReaderSize(conn, lineMax)}
}

func (c *conversation) run() {
	c.say(220, "sojourn.invalid ESMTP")
	for !c.over && c.errors < errorMax {
		line, err := c.line()
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			c.say(500, "line too long")
			return
		case err != nil:
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		c.obey(strings.ToUpper(verb), strings.TrimSpace(rest))
	}
}

func (c *conversation) line() (string, error) {
	c.conn.SetDeadline(time.Now().Add(patience))
	b, err := c.in.ReadSlice('\n')
	if err != nil {
		return "", err
	}
	return strings.TrimRight(string(b), "\r\n"), nil
}

func (c *conversation) say(code int, lines ...string) {
	if code >= 400 {
		c.errors++
	}
	var b strings.Builder
	for i, text := range lines {
		sep := "-"
		if i == len(lines)-1 {
			sep = " "
		}
		fmt.Fprintf(&b, "%d%s%s\r\n", code, sep, text)
	}
	if _, err := io.WriteString(c.conn, b.String()); err != nil {
		c.over = true
	}
}

func (c *conversation) obey(verb, rest string) {
	switch verb {
	case "EHLO", "HELO":
		c.hello(verb, rest)
	case "MAIL":
		c.mail(rest)
	case "RCPT":
		c.rcpt(rest)
	case "DATA":
		c.data(rest)
	case "RSET":
		c.reset()
		c.say(250, "ok")
	case "NOOP":
		c.say(250, "ok")
	case "VRFY":
		c.say(252, "send it and see")
	case "QUIT":
		c.say(221, "bye")
		c.over = true
	default:
		c.say(502, "not here")
	}
}

func (c *conversation) reset() { c.from, c.rcpts = nil, nil }

func (c *conversation) hello(verb, name string) {
	if name == "" {
		c.say(501, "who are you?")
		return
	}
	c.greeted = true
	c.reset()
	if verb == "HELO" {
		c.say(250, "sojourn.invalid")
		return
	}
	c.say(250, "sojourn.invalid", fmt.Sprintf("SIZE %d", sizeMax), "8BITMIME", "SMTPUTF8")
}

func (c *conversation) mail(rest string) {
	address, options, ok := path(rest, "FROM:")
	switch {
	case !c.greeted || c.from != nil:
		c.say(503, "not now")
	case !ok:
		c.say(501, "want MAIL FROM:<address>")
	case tooLarge(options):
		c.say(552, "too large")
	default:
		c.from = &address
		c.say(250, "ok")
	}
}

func tooLarge(options string) bool {
	for _, option := range strings.Fields(options) {
		if value, found := strings.CutPrefix(strings.ToUpper(option), "SIZE="); found {
			n, err := strconv.Atoi(value)
			return err != nil || n > sizeMax
		}
	}
	return false
}

func (c *conversation) rcpt(rest string) {
	address, _, ok := path(rest, "TO:")
	if c.from == nil {
		c.say(503, "MAIL first")
		return
	}
	if _, err := mail.ParseAddress(address); !ok || err != nil {
		c.say(501, "want RCPT TO:<address>")
		return
	}
	if len(c.rcpts) == rcptsMax {
		c.say(452, "too many recipients")
		return
	}
	if c.sink.Refuse != nil {
		if code := c.sink.Refuse(address); code != 0 {
			c.say(code, "refused for <"+address+">")
			return
		}
	}
	c.rcpts = append(c.rcpts, address)
	c.say(250, "ok")
}

// path reads "FROM:<a@b> OPTIONS".
func path(text, word string) (address, options string, ok bool) {
	if len(text) < len(word) || !strings.EqualFold(text[:len(word)], word) {
		return "", "", false
	}
	text = strings.TrimSpace(text[len(word):])
	end := strings.LastIndexByte(text, '>')
	if !strings.HasPrefix(text, "<") || end < 0 {
		return "", "", false
	}
	return text[1:end], text[end+1:], true
}

// data reads the message; the reader undoes dot-stuffing.
func (c *conversation) data(rest string) {
	if rest != "" {
		c.say(501, "DATA stands alone")
		return
	}
	if len(c.rcpts) == 0 {
		c.say(503, "RCPT first")
		return
	}
	c.say(354, "go on; end with a dot on a line of its own")
	c.conn.SetDeadline(time.Now().Add(patience))
	body := textproto.NewReader(c.in).DotReader()
	var raw bytes.Buffer
	n, err := io.Copy(&raw, io.LimitReader(body, sizeMax+1))
	if err == nil && n > sizeMax {
		if _, err = io.Copy(io.Discard, body); err == nil {
			c.say(552, "too large")
		}
	} else if err == nil {
		m := parse(raw.Bytes())
		m.At = c.sink.Now()
		c.sink.keep(m, c.rcpts)
		c.say(250, "kept")
	}
	if err != nil {
		c.over = true // cut in the middle: nothing is kept
	}
	c.reset()
}
