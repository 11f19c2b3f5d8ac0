package i18n

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Locale is one language with its messages. It is immutable once loaded and
// safe for concurrent use.
type Locale struct {
	tag      language.Tag
	lang     string
	dir      string
	messages map[string]*message
	format   format
	regional map[string]*Locale // this language, by region
	zone     *time.Location     // of the person, where moments are not given on their clock; see For
}

func newLocale(tag language.Tag, lang string, size int) *Locale {
	dir := "ltr"
	if script, _ := tag.Script(); script.String() == "Arab" || script.String() == "Hebr" {
		dir = "rtl"
	}
	l := &Locale{tag: tag, lang: lang, dir: dir, messages: make(map[string]*message, size), format: formatOf(tag)}
	l.settle()
	return l
}

// Lang is the language tag as the file is named, for the lang attribute.
func (l *Locale) Lang() string { return l.lang }

// Dir is "ltr" or "rtl", for the dir attribute.
func (l *Locale) Dir() string { return l.dir }

// Has says whether a message exists.
func (l *Locale) Has(key string) bool { return l.messages[key] != nil }

// T is the message of a key. args are pairs of placeholder name and value;
// a value may be a string, an int (written with the language's digits
// grouping) or a fmt.Stringer. An unknown key shows itself, so that it is
// seen and reported; a test keeps that from happening.
func (l *Locale) T(key string, args ...any) string {
	m := l.messages[key]
	if m == nil {
		return key
	}
	return l.fill(m.other, args)
}

// N is the message of a key in the plural form of n; {n} stands for the number.
func (l *Locale) N(key string, n int, args ...any) string {
	m := l.messages[key]
	if m == nil {
		return key
	}
	return l.fill(l.formOf(m, n), append(args, "n", n))
}

// Parts is a message cut at its placeholders, for markup around values.
func (l *Locale) Parts(key string) []Part {
	m := l.messages[key]
	if m == nil {
		return []Part{{Text: key}}
	}
	return m.other
}

// PartsN is Parts in the plural form of n.
func (l *Locale) PartsN(key string, n int) []Part {
	m := l.messages[key]
	if m == nil {
		return []Part{{Text: key}}
	}
	return l.formOf(m, n)
}

func (l *Locale) formOf(m *message, n int) []Part {
	if len(m.forms) == 1 {
		return m.other
	}
	form := plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)
	if parts, ok := m.forms[form]; ok {
		return parts
	}
	return m.other
}

func (l *Locale) fill(parts []Part, args []any) string {
	if len(parts) == 1 && parts[0].Arg == "" {
		return parts[0].Text
	}
	var b strings.Builder
	for i, p := range parts {
		if p.Arg == "" {
			text := p.Text
			if i > 0 && stopped(b.String()) {
				text = strings.TrimPrefix(text, ".")
			}
			b.WriteString(text)
			continue
		}
		b.WriteString(l.value(p.Arg, args))
	}
	return b.String()
}

// stopped says whether a name such as "Fabrikam, Inc.", isolated or not, brings
// the full stop of its sentence.
func stopped(s string) bool {
	return strings.HasSuffix(strings.TrimSuffix(s, "\u2069"), ".")
}

func (l *Locale) value(name string, args []any) string {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return l.text(args[i+1])
		}
	}
	return "{" + name + "}"
}

func (l *Locale) text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return l.Number(v)
	case interface{ String() string }:
		return v.String()
	}
	return "?"
}

// Number writes a whole number with the language's grouping: 12,345.
func (l *Locale) Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + l.format.group + s[i:]
	}
	return sign + s
}

// Date writes a day as the region does: 12 May 2026.
func (l *Locale) Date(t time.Time) string {
	var buf [32]byte
	return string(l.format.date(buf[:0], l.on(t)))
}

// Clock writes the time of day: 09:41.
func (l *Locale) Clock(t time.Time) string { return l.format.clock(l.on(t)) }

// on is a moment on the clock that the language is read by.
func (l *Locale) on(t time.Time) time.Time {
	if l.zone == nil {
		return t
	}
	return t.In(l.zone)
}

// DateTime writes day, time of day and zone: 12 May 2026, 09:41 (UTC).
func (l *Locale) DateTime(t time.Time) string {
	return l.Date(t) + ", " + l.Clock(t) + " (" + l.on(t).Location().String() + ")"
}

// Ago says how long before now t was, in calendar days, the way a person would.
func (l *Locale) Ago(t, now time.Time) string {
	days := Days(t, now)
	switch {
	case days <= 0:
		return l.T("ui.ago.today")
	case days == 1:
		return l.T("ui.ago.yesterday")
	case days < 14:
		return l.N("ui.ago.days", days)
	case days < 60:
		return l.N("ui.ago.weeks", days/7)
	case days < 730:
		return l.N("ui.ago.months", days/30)
	}
	return l.N("ui.ago.years", days/365)
}

// Days counts the midnights between two moments.
func Days(from, to time.Time) int {
	y, m, d := from.Date()
	a := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	y, m, d = to.In(from.Location()).Date()
	b := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return int(b.Sub(a) / (24 * time.Hour))
}

// List joins names as the language does: a, b and c.
func (l *Locale) List(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " " + l.T("ui.list.and") + " " + items[last]
}
