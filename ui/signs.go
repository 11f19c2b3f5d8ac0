package ui

import (
	"context"

	"github.com/a-h/templ"
)

// Kind is what a message, a pill or a mark says at a glance; the words beside
// it always say it too.
type Kind byte

// The kinds; the zero Kind says nothing by colour.
const (
	Neutral Kind = iota
	Good
	Info
	Warn
	Bad
	Tag // a pill without its dot: a property, no state
)

// KindOf reads the kind of a one-time message: ok, err, info or warn.
func KindOf(name string) Kind {
	switch name {
	case "ok":
		return Good
	case "err":
		return Bad
	case "warn":
		return Warn
	}
	return Info
}

var pills = [...]string{"pill", "pill ok", "pill info", "pill warn", "pill err", "pill plain"}

// Pill draws a state in a few words.
func Pill(kind Kind, text string) templ.Component {
	return draw(func(_ context.Context, p *pen) {
		p.raw(`<span class="`)
		p.raw(pills[kind])
		p.raw(`">`)
		p.text(text)
		p.raw("</span>")
	})
}

var grounds = [...]string{"ico", "ico ok", "ico info", "ico warn", "ico err", "ico"}

// Sign draws an icon on a tinted square, where a row has no name for a Tile.
func Sign(kind Kind, name string) templ.Component {
	return draw(func(ctx context.Context, p *pen) {
		p.raw(`<span class="`)
		p.raw(grounds[kind])
		p.raw(`">`)
		p.put(ctx, Icon(name))
		p.raw("</span>")
	})
}

// Count draws a number beside a heading or a tab.
func Count(s *Shell, n int) templ.Component {
	return draw(func(_ context.Context, p *pen) {
		p.raw(`<span class="cnt">`)
		if s.Locale != nil {
			p.text(s.Locale.Number(n))
		} else {
			p.raw(itoa(n))
		}
		p.raw("</span>")
	})
}

// Counted is a heading with the number of what stands under it.
func Counted(s *Shell, heading templ.Component, n int) templ.Component {
	return Join(heading, markup(" "), Count(s, n))
}

// Meter draws the days left of a time. The number stands beside it in words.
func Meter(value, max int) templ.Component {
	value = min(value, max)
	return draw(func(_ context.Context, p *pen) {
		p.raw(`<svg class="mtr" viewBox="0 0 `)
		p.raw(itoa(max))
		p.raw(` 2" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect`)
		switch {
		case value <= 3:
			p.raw(` class="hot"`)
		case value <= 9:
			p.raw(` class="soon"`)
		}
		p.raw(` width="`)
		p.raw(itoa(value))
		p.raw(`" height="2"/></svg>`)
	})
}

// marks are the icons of check lists and notices by kind.
var marks = [...]icon{{"info", "ne"}, {"check", ""}, {"info", "ne"}, {"warning", "ne"}, {"cross", "no"}, {"info", "ne"}}

var noteIcons = [...]string{"info", "check-circle", "info", "warning", "warning", "info"}

// gridClass says from how many columns on a table folds early.
func gridClass(columns int) string {
	if columns > 3 {
		return "grid many"
	}
	return "grid"
}
