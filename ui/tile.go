package ui

import (
	"context"
	"io"
	"unicode"

	"github.com/a-h/templ"
)

// Size is how large a tile or a field is.
type Size byte

// The sizes; the zero Size is the usual one.
const (
	Usual Size = iota
	Small
	Large
	Short  // a field for a code or a number
	Medium // a field for one word
)

// Tile draws the letters of a name on one of eight grounds: square for
// organizations and groups, round for people. It is decoration.
func Tile(name string, size Size, round bool) templ.Component { return tile{name, size, round} }

type tile struct {
	name  string
	size  Size
	round bool
}

func (t tile) Render(_ context.Context, w io.Writer) error {
	p := pen{w: w}
	p.raw(`<span class="tile m`)
	p.raw("01234567"[ground(t.name):][:1])
	switch t.size {
	case Small:
		p.raw(" tile-s")
	case Large:
		p.raw(" tile-l")
	}
	if t.round {
		p.raw(" round")
	}
	p.raw(`" aria-hidden="true">`)
	p.text(monogram(t.name))
	p.raw("</span>")
	return p.err
}

// Face is somebody's photo, or their Tile while there is none. It is decoration:
// the name stands beside it.
func Face(name, photo string, size Size) templ.Component {
	if photo == "" {
		return Tile(name, size, true)
	}
	return picture{photo, size}
}

type picture struct {
	photo string // its id
	size  Size
}

func (f picture) Render(_ context.Context, w io.Writer) error {
	p := pen{w: w}
	side, class, path := "40", "tile round", "/photo/"+f.photo
	switch f.size {
	case Small:
		side, class, path = "32", class+" tile-s", path+"/small"
	case Large:
		side, class = "56", class+" tile-l"
	}
	p.raw(`<img`)
	p.attr("class", class)
	p.attr("src", path)
	p.attr("width", side)
	p.attr("height", side)
	p.raw(` alt="">`)
	return p.err
}

// ground picks one of eight colours, always the same for a name.
func ground(name string) int {
	var h uint32
	for _, r := range name {
		h = 31*h + uint32(r)
	}
	return int(h % 8)
}

// monogram is the first letter of the first two words, or the first two
// letters where there is one word.
func monogram(name string) string {
	var first, second, next rune // next: the letter after first in the same word
	fresh, words := true, 0
	for _, r := range name {
		letter := unicode.IsLetter(r) || unicode.IsNumber(r)
		switch {
		case unicode.IsSpace(r):
			fresh = true
		case !letter:
		case fresh:
			fresh = false
			words++
			if words == 1 {
				first = r
			} else {
				second = r
			}
		case words == 1 && next == 0:
			next = r
		}
		if second != 0 {
			break
		}
	}
	if second == 0 {
		second = next
	}
	out := make([]rune, 0, 2)
	for _, r := range [2]rune{first, second} {
		if r != 0 {
			out = append(out, unicode.ToUpper(r))
		}
	}
	return string(out)
}
