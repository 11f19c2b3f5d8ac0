package mail

import (
	"context"
	"fmt"
	"strings"
	"unicode"
)

// Letter is one mail as plain data: every text is translated, none is markup.
// A name that people chose goes through Isolate before it enters a sentence.
type Letter struct {
	Language string // BCP 47, for the html element and Content-Language
	Dir      string // ltr · rtl
	To       string // a bare address
	Subject  string
	Preview  string // what a list of mails shows beside the subject; not seen in the letter
	Title    string
	Intro    []string
	Facts    []Fact
	Button   Button
	Closing  []string
	Footer   []string
	Brand    string // on top; "" is the product's own
}

// Fact is a line of the table in the middle.
type Fact struct {
	Label string
	Value string
	Code  bool // to be read out: set in letters that cannot be confused
}

// Button is the one link of a letter; without a URL there is none.
type Button struct {
	Text string
	URL  string
}

// Sender hands a letter over. messageID is the left side of the Message-ID:
// the same for every try at one mail.
type Sender interface {
	Send(ctx context.Context, l Letter, messageID string) error
}

// HTML is the letter as a whole HTML document.
func (l Letter) HTML() (string, error) {
	var b strings.Builder
	if err := document(l).Render(context.Background(), &b); err != nil {
		return "", fmt.Errorf("letter as html: %w", err)
	}
	return b.String(), nil
}

// Isolate keeps a name that people chose from turning the direction of the
// sentence around it, and from ending that isolation itself.
func Isolate(name string) string {
	return "\u2068" + strings.Map(tame, name) + "\u2069"
}

// tame drops what steers direction and makes one line of several.
func tame(r rune) rune {
	switch {
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
		return -1
	case r == '\u2028', r == '\u2029', unicode.IsControl(r):
		return ' '
	}
	return r
}

func (l Letter) brand() string {
	if l.Brand == "" {
		return "Sojourn"
	}
	return l.Brand
}

func (l Letter) rtl() bool { return l.Dir == "rtl" }

func (l Letter) direction() string {
	if l.rtl() {
		return "rtl"
	}
	return "ltr"
}
