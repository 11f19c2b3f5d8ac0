package ui

import (
	"context"

	"github.com/a-h/templ"
)

// Look is the weight of a button: one Primary or Danger a page, Plain for the
// main thing of a row, Quiet for the rest.
type Look byte

// The looks; the zero Look is a bordered button.
const (
	Plain Look = iota
	Primary
	Danger
	Quietly
)

var looks = [...]string{"btn", "btn btn-p", "btn btn-d", "btn btn-q"}

// Button is what Submit draws. Text is plain; Label stands for it where the
// words hold a name. Row is the unseen name of the row the button acts on.
type Button struct {
	Text   string
	Label  templ.Component
	Row    string
	Icon   string
	Look   Look
	Small  bool
	ID     string
	Name   string // sent with the form, with Value
	Value  string
	Action string // posts somewhere else than the form says
	Get    bool   // sends as GET what the form would post
}

// Submit draws a button that sends its form.
func Submit(b Button) templ.Component {
	return draw(func(ctx context.Context, p *pen) {
		p.raw(`<button type="submit" class="`)
		face(p, b.Look, b.Small)
		p.attr("id", b.ID)
		p.attr("name", b.Name)
		if b.Name != "" {
			p.raw(` value="`)
			p.text(b.Value)
			p.raw(`"`)
		}
		if b.Action != "" {
			p.attr("formaction", b.Action)
			p.raw(` formnovalidate`)
		}
		if b.Get {
			p.raw(` formmethod="get"`)
		}
		p.raw(">")
		inside(ctx, p, b.Icon, b.Text, b.Label, b.Row)
		p.raw("</button>")
	})
}

// Link is what LinkButton and LinkText draw; Href comes from Shell.Href.
type Link struct {
	Text     string
	Label    templ.Component
	Row      string
	Icon     string
	Look     Look
	Small    bool
	Href     templ.SafeURL
	Confirm  bool // leads to a confirmation page that may open as a dialog
	Cancel   bool // leaves a confirmation page: closes its dialog
	Download bool
}

// LinkButton draws a link that looks like a button.
func LinkButton(l Link) templ.Component {
	return draw(func(ctx context.Context, p *pen) {
		p.raw(`<a class="`)
		face(p, l.Look, l.Small)
		l.rest(ctx, p)
	})
}

// LinkText draws a link in the run of the text.
func LinkText(l Link) templ.Component {
	return draw(func(ctx context.Context, p *pen) {
		p.raw(`<a`)
		if l.Look == Danger {
			p.raw(` class="fg-err"`)
		}
		l.rest(ctx, p)
	})
}

func (l Link) rest(ctx context.Context, p *pen) {
	p.raw(` href="`)
	p.text(string(l.Href))
	p.raw(`"`)
	if l.Confirm {
		p.raw(` data-confirm`)
	}
	if l.Cancel {
		p.raw(` data-cancel`)
	}
	if l.Download {
		p.raw(` download`)
	}
	p.raw(">")
	inside(ctx, p, l.Icon, l.Text, l.Label, l.Row)
	p.raw("</a>")
}

// face writes the classes of a button and closes the attribute.
func face(p *pen, look Look, small bool) {
	p.raw(looks[look])
	if small {
		p.raw(" btn-s")
	}
	p.raw(`"`)
}

func inside(ctx context.Context, p *pen, icon, text string, label templ.Component, row string) {
	if icon != "" {
		p.put(ctx, Icon(icon))
	}
	p.text(text)
	p.put(ctx, label)
	if row != "" {
		p.put(ctx, RowName(row))
	}
}

// PrintButton prints the page; it shows itself only where script runs.
func PrintButton(s *Shell) templ.Component {
	return draw(func(ctx context.Context, p *pen) {
		p.raw(`<button type="button" class="btn btn-s" hidden data-js data-print>`)
		inside(ctx, p, "print", s.T("ui.print"), nil, "")
		p.raw("</button>")
	})
}
