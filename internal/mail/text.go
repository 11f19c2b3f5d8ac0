package mail

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineLength is where plain text is broken: room for "> " in a few replies.
const lineLength = 72

// Text is the letter as plain text: the same content, the link bare on a line
// of its own.
func (l Letter) Text() string {
	var blocks []string
	add := func(texts ...string) {
		for _, t := range texts {
			if t = wrap(t); t != "" {
				blocks = append(blocks, t)
			}
		}
	}
	add(l.brand(), l.Title)
	add(l.Intro...)
	blocks = append(blocks, l.facts()...)
	if l.Button.URL != "" {
		blocks = append(blocks, wrap(l.Button.Text+":")+"\n"+oneLine(l.Button.URL))
	}
	add(l.Closing...)
	add(l.Footer...)
	return strings.Join(blocks, "\n\n") + "\n"
}

// facts is one block, a line a fact.
func (l Letter) facts() []string {
	if len(l.Facts) == 0 {
		return nil
	}
	lines := make([]string, len(l.Facts))
	for i, f := range l.Facts {
		value := strings.Map(tame, f.Value)
		if l.rtl() || strings.ContainsFunc(value, fromRightToLeft) {
			value = Isolate(value) // only here: who copies a number should not copy marks
		}
		lines[i] = wrap(f.Label + ": " + value)
	}
	return []string{strings.Join(lines, "\n")}
}

func fromRightToLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Nko, unicode.Syriac, unicode.Thaana)
}

// wrap breaks lines between words; a word longer than a line, such as an
// address of a page, stays whole.
func wrap(text string) string {
	var b strings.Builder
	used := 0
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case used == 0:
		case used+1+n > lineLength:
			b.WriteByte('\n')
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	return b.String()
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
