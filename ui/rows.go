package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// What stands in every row of a list is drawn here and not in a template: a
// page of fifty rows has some hundreds of these, and each is a few strings
// around its children.

// around draws its children between two pieces of markup; title, where there is
// one, before them.
type around struct {
	open  string
	title templ.Component
	mid   string // after the title
	shut  string
}

func (a *around) Render(ctx context.Context, w io.Writer) error {
	children := templ.GetChildren(ctx)
	ctx = templ.ClearChildren(ctx) // they are ours, not the title's
	p := pen{w: w}
	p.raw(a.open)
	if a.title != nil {
		p.put(ctx, a.title)
		p.raw(a.mid)
	}
	p.put(ctx, children)
	p.raw(a.shut)
	return p.err
}

var (
	row        = &around{open: `<li class="row">`, shut: `</li>`}
	rowState   = &around{open: `<div class="row-m">`, shut: `</div>`}
	rowActions = &around{open: `<div class="row-a">`, shut: `</div>`}
	meta       = &around{open: `<p class="meta">`, shut: `</p>`}
)

// Row is one thing of Rows: a Tile or Sign, then RowBody, RowState, RowActions.
func Row() templ.Component { return row }

// RowBody names the thing; its children are Meta lines.
func RowBody(title templ.Component) templ.Component {
	return &around{open: `<div class="row-b"><h3>`, title: title, mid: `</h3>`, shut: `</div>`}
}

// RowTop is RowBody where the row stands right under the h1.
func RowTop(title templ.Component) templ.Component {
	return &around{open: `<div class="row-b"><h2>`, title: title, mid: `</h2>`, shut: `</div>`}
}

// RowState is how the thing stands: a Pill and a Meta line.
func RowState() templ.Component { return rowState }

// RowActions is what can be done with the thing.
func RowActions() templ.Component { return rowActions }

// Meta is a paragraph in the second, smaller voice.
func Meta() templ.Component { return meta }

// MetaLine is Meta of one component.
func MetaLine(text templ.Component) templ.Component { return line{text} }

type line struct{ text templ.Component }

func (l line) Render(ctx context.Context, w io.Writer) error {
	p := pen{w: w}
	p.raw(`<p class="meta">`)
	p.put(ctx, l.text)
	p.raw(`</p>`)
	return p.err
}

// RowPick lets the row be ticked; a row that cannot be has RowUnpicked in its
// place. Both stand before the Tile.
func RowPick(s *Shell, name, value, row string) templ.Component { return &pick{s, name, value, row} }

// RowUnpicked see RowPick.
func RowUnpicked() templ.Component { return unpicked }

var unpicked = &around{open: `<span class="pick">`, shut: `</span>`}

type pick struct {
	s                *Shell
	name, value, row string
}

func (c *pick) Render(ctx context.Context, w io.Writer) error {
	id := "pick-" + templ.EscapeString(c.value)
	p := pen{w: w}
	p.raw(`<span class="pick"><input type="checkbox" id="` + id + `" name="` + c.name + `" value="` + templ.EscapeString(c.value) + `"><label class="vh" for="` + id + `">`)
	p.put(ctx, c.s.Msg("ui.pick", "name", Name(c.row)))
	p.raw(`</label></span>`)
	return p.err
}
