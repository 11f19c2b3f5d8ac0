package ui

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"sojourn/internal/i18n"
)

// pen writes HTML and keeps the first error, so that an element reads as the
// markup it makes.
type pen struct {
	w   io.Writer
	err error
}

// raw writes markup of this package, never of a person.
func (p *pen) raw(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, s)
	}
}

// text writes anything, escaped for content and quoted attributes.
func (p *pen) text(s string) { p.raw(templ.EscapeString(s)) }

// attr writes an attribute, or nothing when its value is empty.
func (p *pen) attr(name, value string) {
	if value == "" {
		return
	}
	p.raw(" ")
	p.raw(name)
	p.raw(`="`)
	p.text(value)
	p.raw(`"`)
}

func (p *pen) put(ctx context.Context, c templ.Component) {
	if p.err == nil && c != nil {
		p.err = c.Render(ctx, p.w)
	}
}

func draw(f func(ctx context.Context, p *pen)) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		p := pen{w: w}
		f(ctx, &p)
		return p.err
	})
}

type plain string

func (t plain) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, templ.EscapeString(string(t)))
	return err
}

// Text is plain text where an element wants a component.
func Text(s string) templ.Component { return plain(s) }

// markup is HTML of this package.
type markup string

func (m markup) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, string(m))
	return err
}

// Join writes components one after the other.
func Join(parts ...templ.Component) templ.Component { return templ.Join(parts...) }

// Msg writes a message with values placed in it. A value is a string
// (escaped), an int (in the language's digits grouping) or a component, such as
// Name(...) or Date(...).
func Msg(l *i18n.Locale, key string, pairs ...any) templ.Component {
	if l == nil {
		return plain(key)
	}
	return sentence{l, l.Parts(key), pairs}
}

// MsgN is Msg in the plural form of n, which the message calls {n}.
func MsgN(l *i18n.Locale, key string, n int, pairs ...any) templ.Component {
	if l == nil {
		return plain(key)
	}
	return sentence{l, l.PartsN(key, n), append(pairs, "n", n)}
}

type sentence struct {
	l     *i18n.Locale
	parts []i18n.Part
	pairs []any
}

func (m sentence) Render(ctx context.Context, w io.Writer) error {
	p := pen{w: w}
	stopped := false // a name such as "Fabrikam, Inc." brings the full stop of its sentence
	for _, part := range m.parts {
		if part.Arg == "" {
			text := part.Text
			if stopped {
				text = strings.TrimPrefix(text, ".")
			}
			p.text(text)
			stopped = false
			continue
		}
		switch v := m.value(part.Arg).(type) {
		case isolated:
			p.put(ctx, v)
			stopped = strings.HasSuffix(string(v), ".")
		case templ.Component:
			p.put(ctx, v)
		case string:
			p.text(v)
			stopped = strings.HasSuffix(v, ".")
		case int:
			p.text(m.l.Number(v))
		case interface{ String() string }:
			p.text(v.String())
		default:
			p.text("{" + part.Arg + "}")
		}
	}
	return p.err
}

func (m sentence) value(name string) any {
	for i := 0; i+1 < len(m.pairs); i += 2 {
		if m.pairs[i] == name {
			return m.pairs[i+1]
		}
	}
	return nil
}

type isolated string

func (n isolated) Render(_ context.Context, w io.Writer) error {
	p := pen{w: w}
	p.raw("<bdi>")
	p.text(string(n))
	p.raw("</bdi>")
	return p.err
}

// Name writes a name a person chose, in its own direction.
func Name(name string) templ.Component { return isolated(name) }

// Names writes a list of names: a, b, c.
func Names(names []string) templ.Component {
	return draw(func(ctx context.Context, p *pen) {
		for i, name := range names {
			if i > 0 {
				p.raw(", ")
			}
			p.put(ctx, isolated(name))
		}
	})
}

// Address writes a mail address or principal name that may break after its @.
func Address(address string) templ.Component { return addressed{address, "<bdi>"} }

// CodeAddress is Address in the face of codes, for principal names in full.
func CodeAddress(address string) templ.Component {
	return addressed{address, `<bdi class="mono">`}
}

type addressed struct{ address, open string }

func (a addressed) Render(_ context.Context, w io.Writer) error {
	p := pen{w: w}
	p.raw(a.open)
	local, domain, found := cutLast(a.address, '@')
	p.text(local)
	if found {
		p.raw("@<wbr>")
		p.text(domain)
	}
	p.raw("</bdi>")
	return p.err
}

func cutLast(s string, sep byte) (before, after string, found bool) {
	if i := strings.LastIndexByte(s, sep); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// Number writes a telephone number, which reads from left to right everywhere. An
// extension, told in words after a comma, may come on a line of its own.
func Number(number string) templ.Component {
	return draw(func(_ context.Context, p *pen) {
		number, extension, found := strings.Cut(number, ", ")
		p.raw(`<bdi dir="ltr" class="nw">`)
		p.text(number)
		p.raw("</bdi>")
		if found {
			p.raw(", <bdi>")
			p.text(extension)
			p.raw("</bdi>")
		}
	})
}

// Code writes an id, a receipt number or a reason code.
func Code(code string) templ.Component {
	return draw(func(_ context.Context, p *pen) {
		p.raw("<code>")
		p.text(code)
		p.raw("</code>")
	})
}

// MailTo links a mail address.
func MailTo(address string) templ.Component {
	return draw(func(ctx context.Context, p *pen) {
		if strings.ContainsAny(address, " \t\r\n?&<>\"") || !strings.Contains(address, "@") {
			p.put(ctx, Address(address))
			return
		}
		p.raw(`<a href="mailto:`)
		p.text(strings.ReplaceAll(address, "%", "%25"))
		p.raw(`">`)
		p.put(ctx, Address(address))
		p.raw("</a>")
	})
}

// Outside links a page of another site, such as a privacy statement; an
// address that is not http or https is shown as text.
func Outside(address string, text templ.Component) templ.Component {
	return draw(func(ctx context.Context, p *pen) {
		href := web(address)
		if href == "" {
			p.put(ctx, text)
			return
		}
		p.raw("<a")
		p.attr("href", string(href))
		p.raw(` rel="noreferrer external">`)
		p.put(ctx, text)
		p.raw("</a>")
	})
}

// Date writes a day in words on the person's clock; it never wraps.
func Date(s *Shell, t time.Time) templ.Component { return moment{s, t, 'd'} }

// DateTime writes a day, the time and the zone on the person's clock.
func DateTime(s *Shell, t time.Time) templ.Component { return moment{s, t, 't'} }

// Ago says how long ago a moment was, in days, weeks, months or years.
func Ago(s *Shell, t time.Time) templ.Component { return moment{s, t, 'a'} }

type moment struct {
	s    *Shell
	t    time.Time
	form byte
}

func (m moment) Render(_ context.Context, w io.Writer) error {
	at := m.s.at(m.t)
	var buf [40]byte
	p := pen{w: w}
	p.raw(`<time class="nw" datetime="`)
	p.raw(string(m.t.UTC().AppendFormat(buf[:0], time.RFC3339)))
	p.raw(`">`)
	zone := "" // stands after the element: names of zones are long, and telephones narrow
	switch l := m.s.Locale; {
	case l == nil:
		p.text(at.Format(time.DateOnly))
	case m.form == 'd':
		p.text(l.Date(at))
	case m.form == 't':
		day, rest, _ := strings.Cut(l.DateTime(at), " (")
		p.text(day)
		zone = " (" + rest
	default:
		p.text(l.Ago(at, m.s.at(m.s.Now)))
	}
	p.raw("</time>")
	p.text(zone)
	return p.err
}

// Hidden writes text for those who listen instead of looking.
func Hidden(text templ.Component) templ.Component {
	return draw(func(ctx context.Context, p *pen) {
		p.raw(`<span class="vh">`)
		p.put(ctx, text)
		p.raw("</span>")
	})
}

// RowName ends the text of an action with the name of its row, unseen, so that
// "Leave organization" says which one.
func RowName(name string) templ.Component {
	return draw(func(_ context.Context, p *pen) {
		p.raw(`<span class="vh"> <bdi>`)
		p.text(name)
		p.raw("</bdi></span>")
	})
}

// Strong sets text off from the rest of its sentence.
func Strong(text templ.Component) templ.Component {
	return draw(func(ctx context.Context, p *pen) {
		p.raw(`<strong class="b">`)
		p.put(ctx, text)
		p.raw("</strong>")
	})
}

// Quiet writes text in the second, smaller voice.
func Quiet(text templ.Component) templ.Component {
	return draw(func(ctx context.Context, p *pen) {
		p.raw(`<span class="meta">`)
		p.put(ctx, text)
		p.raw("</span>")
	})
}

func itoa(n int) string { return strconv.Itoa(n) }
