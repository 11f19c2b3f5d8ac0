package smtpsink

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"
)

// Message is a mail as its reader would see it.
type Message struct {
	ID       int
	At       time.Time
	From     string // as the header says, decoded
	To       string // as the conversation said
	Subject  string
	Language string
	Text     string
	HTML     string
	Header   mail.Header // undecoded
	Raw      []byte
}

const depthMax = 5

// parse reads what it can; a message that is none is all text.
func parse(raw []byte) Message {
	m := Message{Raw: raw}
	read, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		m.Text = string(raw)
		return m
	}
	m.Header = read.Header
	m.From = decode(read.Header.Get("From"))
	m.Subject = decode(read.Header.Get("Subject"))
	m.Language = read.Header.Get("Content-Language")
	m.part(read.Header.Get("Content-Type"), read.Header.Get("Content-Transfer-Encoding"), read.Body, 0)
	return m
}

func decode(header string) string {
	if text, err := new(mime.WordDecoder).DecodeHeader(header); err == nil {
		return text
	}
	return header
}

// part takes the first text and the first HTML it meets.
func (m *Message) part(contentType, encoding string, body io.Reader, depth int) {
	kind, options, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		parts := multipart.NewReader(body, options["boundary"])
		for depth < depthMax {
			p, err := parts.NextRawPart()
			if err != nil {
				return
			}
			m.part(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth+1)
		}
		return
	}
	into := &m.Text
	switch kind {
	case "text/plain":
	case "text/html":
		into = &m.HTML
	default:
		return
	}
	if *into != "" {
		return
	}
	text, _ := io.ReadAll(plain(encoding, body)) // what a broken encoding leaves readable
	*into = strings.ReplaceAll(string(latin(options["charset"], text)), "\r\n", "\n")
}

func plain(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	}
	return body
}

// latin brings ISO 8859-1 to UTF-8; everything else is taken for UTF-8.
func latin(charset string, text []byte) []byte {
	if !strings.EqualFold(charset, "iso-8859-1") {
		return text
	}
	runes := make([]rune, len(text))
	for i, b := range text {
		runes[i] = rune(b)
	}
	return []byte(string(runes))
}
