package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// What stands in every row of a list is drawn here and not in a template: a
// page of fifty rows has some hundreds of these, and each is a few strings
// around its parts. Parts come as arguments, as children, or both.

type around struct {
	open  string
	parts []templ.Component
	shut  string
}

func (a around) Render(ctx context.Context, w io.Writer) error {
	children := templ.GetChildren(ctx)
	ctx = templ.ClearChildren(ctx) // they are ours, not our parts'
	p := pen{w: w}
	p.raw(a.open)
	for _, part := range a.parts {
		p.put(ctx, part)
	}
	p.put(ctx, children)
	p.raw(a.shut)
	return p.err
}

// Row is one thing of Rows: a Tile or Sign, then RowBody, RowState, RowActions.
func Row(parts ...templ.Component) templ.Component {
	return around{`<li class="row">`, parts, `</li>`}
}

// RowBody names the thing; its parts are Meta lines.
func RowBody(title templ.Component, parts ...templ.Component) templ.Component {
	return titled{`<div class="row-b"><h3>`, title, `</h3>`, parts}
}

// RowTop is RowBody where the rows stand right under the h1.
func RowTop(title templ.Component, parts ...templ.Component) templ.Component {
	return titled{`<div class="row-b"><h2>`, title, `</h2>`, parts}
}

type titled struct {
	open  string
	title templ.Component
	mid   string
	parts []templ.Component
}

func (t titled) Render(ctx context.Context, w io.Writer) error {
	children := templ.GetChildren(ctx)
	ctx = templ.ClearChildren(ctx)
	p := pen{w: w}
	p.raw(t.open)
	p.put(ctx, t.title)
	p.raw(t.mid)
	for _, part := range t.parts {
		p.put(ctx, part)
	}
	p.put(ctx, children)
	p.raw("</div>")
	return p.err
}

// RowState is how the thing stands: a Pill and a Meta line.
func RowState(parts ...templ.Component) templ.Component {
	return around{`<div class="row-m">`, parts, `</div>`}
}

// RowActions is what can be done with the thing.
func RowActions(parts ...templ.Component) templ.Component {
	return around{`<div class="row-a">`, parts, `</div>`}
}

// Meta is a paragraph in the second, smaller voice.
func Meta(parts ...templ.Component) templ.Component {
	return around{`<p class="meta">`, parts, `</p>`}
}
