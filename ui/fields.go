package ui

import (
	"context"
	"slices"

	"github.com/a-h/templ"
)

// input draws the input of a field, described by its hint and its error.
func input(f Field) templ.Component {
	return draw(func(_ context.Context, p *pen) {
		p.raw(`<input`)
		f.common(p)
		kind := f.Type
		if kind == "" {
			kind = "text"
		}
		p.attr("type", kind)
		p.raw(` value="`)
		p.text(f.Value)
		p.raw(`">`)
	})
}

func file(f Field, accept string) templ.Component {
	return draw(func(_ context.Context, p *pen) {
		p.raw(`<input`)
		f.common(p)
		p.attr("type", "file")
		p.attr("accept", accept)
		p.raw(`>`)
	})
}

func textarea(f Field) templ.Component {
	rows := f.Rows
	if rows == 0 {
		rows = 3
	}
	return draw(func(_ context.Context, p *pen) {
		p.raw(`<textarea`)
		f.common(p)
		p.attr("rows", itoa(rows))
		p.raw(">\n") // a first line break of the value would be lost without this one
		p.text(f.Value)
		p.raw(`</textarea>`)
	})
}

// choice is the select element around its options.
func choice(f Field) templ.Component {
	return draw(func(ctx context.Context, p *pen) {
		options := templ.GetChildren(ctx)
		p.raw(`<select`)
		f.common(p)
		p.raw(`>`)
		p.put(templ.ClearChildren(ctx), options)
		p.raw(`</select>`)
	})
}

func (f Field) common(p *pen) {
	p.raw(` class="in`)
	switch f.Size {
	case Medium, Small:
		p.raw(" in-s")
	case Short:
		p.raw(" in-n")
	}
	if f.Mono {
		p.raw(" mono")
	}
	p.raw(`"`)
	p.attr("id", f.ID)
	p.attr("name", f.Name)
	switch {
	case f.Hint != "" && f.Error != "":
		p.attr("aria-describedby", f.ID+"-h "+f.ID+"-e")
	case f.Hint != "":
		p.attr("aria-describedby", f.ID+"-h")
	case f.Error != "":
		p.attr("aria-describedby", f.ID+"-e")
	}
	if f.Error != "" {
		p.raw(` aria-invalid="true"`)
	}
	p.attr("autocomplete", f.Autocomplete)
	p.attr("inputmode", f.InputMode)
	if f.MaxLength > 0 {
		p.attr("maxlength", itoa(f.MaxLength))
	}
	if f.Mono || f.Type == "email" || f.Type == "password" {
		p.raw(` autocapitalize="none" spellcheck="false"`)
	}
	if f.Required {
		p.raw(` required`)
	}
}

func (f Field) asPassword() Field {
	f.Type = "password"
	return f
}

// optionID is the id of the radio at i; the first has the id of the field.
func (f Field) optionID(i int) string {
	if i == 0 {
		return f.ID
	}
	return f.ID + "-" + itoa(i+1)
}

// distinct leaves out problems that read like one before: the way to the first
// such field says it for all.
func distinct(problems []FieldError) []FieldError {
	var out []FieldError
	for _, p := range problems {
		if !slices.ContainsFunc(out, func(o FieldError) bool { return o.Text == p.Text }) {
			out = append(out, p)
		}
	}
	return out
}
