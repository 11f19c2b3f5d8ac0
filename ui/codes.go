package ui

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// QR is a square code for a camera. It is black on white with the quiet zone that
// readers want, in every mode and engine.
type QR struct {
	Label string // what it is, for who cannot see it
	Path  string // of the dark modules, each one unit wide
	Size  int    // modules in a row
}

const quietZone = 4 // modules, ISO/IEC 18004 section 5.3.8

// draw is the picture itself.
func (q QR) draw() templ.Component {
	return draw(func(_ context.Context, p *pen) {
		whole := itoa(q.Size + 2*quietZone)
		p.raw(`<svg class="qr" width="208" height="208" viewBox="-4 -4 ` + whole + ` ` + whole + `" role="img" focusable="false" aria-label="`)
		p.text(q.Label)
		p.raw(`"><rect x="-4" y="-4" width="` + whole + `" height="` + whole + `" fill="#fff"/><path fill="#000" shape-rendering="crispEdges" d="`)
		p.text(q.Path)
		p.raw(`"/></svg>`)
	})
}

// Scan is a card with a code for a camera, and beside it what those do who have
// none.
func Scan(q QR) templ.Component { return scan{q} }

type scan struct{ QR }

func (s scan) Render(ctx context.Context, w io.Writer) error {
	children := templ.GetChildren(ctx)
	ctx = templ.ClearChildren(ctx)
	p := pen{w: w}
	p.raw(`<div class="card fl wrap top0">`)
	p.put(ctx, s.draw())
	p.raw(`<div class="grow">`)
	p.put(ctx, children)
	p.raw(`</div></div>`)
	return p.err
}

// Codes is a list of codes to be copied, printed or written down.
func Codes(list []string) templ.Component {
	return draw(func(_ context.Context, p *pen) {
		p.raw(`<ol class="codes mono" dir="ltr">`)
		for _, code := range list {
			p.raw(`<li>`)
			p.text(code)
			p.raw(`</li>`)
		}
		p.raw(`</ol>`)
	})
}

// Key is a long text in groups to be typed elsewhere; it breaks in its middle, if
// at all.
func Key(groups string) templ.Component {
	list := strings.Fields(groups)
	half := (len(list) + 1) / 2
	return draw(func(_ context.Context, p *pen) {
		p.raw(`<code dir="ltr"><span class="nw">`)
		p.text(strings.Join(list[:half], " "))
		p.raw(`</span> <span class="nw">`)
		p.text(strings.Join(list[half:], " "))
		p.raw(`</span></code>`)
	})
}
