package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Icon draws a small picture in the colour of the text around it. It is
// decoration: the words beside it say the same. Arrows turn with the direction.
func Icon(name string) templ.Component { return icon{name, ""} }

type icon struct{ name, class string }

func (i icon) Render(_ context.Context, w io.Writer) error {
	path, known := icons[i.name]
	if !known {
		return nil
	}
	p := pen{w: w}
	p.raw(`<svg class="ic`)
	if i.name == "back" || i.name == "chevron-right" || i.name == "sign-out" || i.name == "external" {
		p.raw(" flip")
	}
	if i.class != "" {
		p.raw(" ")
		p.raw(i.class)
	}
	p.raw(`" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="`)
	p.raw(path)
	p.raw(`"/></svg>`)
	return p.err
}

// icons are drawn on 20 × 20, stroke 1.5.
var icons = map[string]string{
	"back":          "M12.5 5l-5 5 5 5",
	"blocked":       "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM5.2 5.2l9.6 9.6",
	"building":      "M3.5 17V4.5h8V17M11.5 8.5h5V17M2.5 17h15M6 7.5h3M6 10.5h3M6 13.5h3M14 11.5v0M14 14v0",
	"calendar":      "M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5",
	"check":         "M4 10.5 8.2 14.7 16 6",
	"check-circle":  "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM6.8 10.2l2.3 2.3 4.2-4.7",
	"chevron-down":  "M5 7.5l5 5 5-5",
	"chevron-right": "M7.5 5l5 5-5 5",
	"clock":         "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM10 6v4.2l2.8 1.6",
	"cross":         "M5 5l10 10M15 5 5 15",
	"crown":         "M3 6l3.5 3L10 4.5 13.5 9 17 6l-1.5 9h-11z",
	"document":      "M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15M7.5 10h5M7.5 13h5",
	"door":          "M5 17V3h10v14M3 17h14M12 10v.6",
	"download":      "M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13",
	"external":      "M11.5 3.5h5v5M16.5 3.5l-7 7M8.5 4.5h-5v12h12v-5",
	"eye":           "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM12.2 10a2.2 2.2 0 1 1-4.4 0 2.2 2.2 0 0 1 4.4 0z",
	"globe":         "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM3 10h14M10 3c2.3 2 3.2 4.3 3.2 7s-.9 5-3.2 7c-2.3-2-3.2-4.3-3.2-7S7.7 5 10 3z",
	"grid":          "M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h5v5h-5z",
	"group":         "M12.6 6.8a2.6 2.6 0 1 1-5.2 0 2.6 2.6 0 0 1 5.2 0zM5.5 16.5c.3-2.8 2-4.3 4.5-4.3s4.2 1.5 4.5 4.3M4.8 5a2.2 2.2 0 0 0-.6 4.2M1.8 14.2c.2-1.7 1-2.8 2.3-3.3M15.2 5a2.2 2.2 0 0 1 .6 4.2M18.2 14.2c-.2-1.7-1-2.8-2.3-3.3",
	"help":          "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM8 8a2 2 0 1 1 3 1.8c-.7.4-1 .8-1 1.6M10 13.8v.1",
	"home":          "M3 9.5 10 3.5l7 6M5 8.2V16.5h10V8.2M8.5 16.5v-4h3v4",
	"inbox":         "M3 11.5 5.2 4h9.6L17 11.5V16H3zM3 11.5h4l1 2h4l1-2h4",
	"info":          "M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM10 9.2v4M10 6.7v.1",
	"key":           "M9.2 10.8 16.5 3.5M14 6l2.3 2.3M12 8l1.6 1.6M9.8 13.3a3.3 3.3 0 1 1-6.6 0 3.3 3.3 0 0 1 6.6 0z",
	"laptop":        "M4.5 4.5h11v8h-11zM2.5 15.5h15",
	"list":          "M7.5 5H17M7.5 10H17M7.5 15H17M3.5 5h.2M3.5 10h.2M3.5 15h.2",
	"lock":          "M4.5 9h11v8h-11zM7 9V6.2a3 3 0 0 1 6 0V9M10 12v2",
	"mail":          "M2.5 4.5h15v11h-15zM2.8 5l7.2 6 7.2-6",
	"menu":          "M3 5.5h14M3 10h14M3 14.5h14",
	"pencil":        "M4 16l.8-3.6L13.6 3.6l2.8 2.8L7.6 15.2z",
	"phone":         "M6.5 2.5h7v15h-7zM9 15h2",
	"plus":          "M10 4v12M4 10h12",
	"print":         "M5.5 7.5V3h9v4.5M5.5 14H3V7.5h14V14h-2.5M5.5 12h9v5h-9z",
	"search":        "M14 8.8a5.2 5.2 0 1 1-10.4 0 5.2 5.2 0 0 1 10.4 0zM12.7 12.7l4 4",
	"settings":      "M3 6h6M13 6h4M13 6a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM3 14h4M11 14h6M11 14a2 2 0 1 1-4 0 2 2 0 0 1 4 0z",
	"shield":        "M10 2.8 16 5v4.6c0 3.7-2.5 6.3-6 7.6-3.5-1.3-6-3.9-6-7.6V5zM7.4 10l1.9 1.9 3.4-3.7",
	"sign-out":      "M12 3.5H4v13h8M8 10h9M14 7l3 3-3 3",
	"timer":         "M16.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0zM10 7.5V11l2 1.5M8 2.5h4",
	"trash":         "M3.5 5.5h13M8 5.5v-2h4v2M5 5.5l.8 11.5h8.4L15 5.5M8.5 8.5v5.5M11.5 8.5v5.5",
	"undo":          "M7.5 4 3.8 7.7l3.7 3.7M4 7.7h7.5a4.2 4.2 0 0 1 0 8.4H8",
	"user":          "M13.2 6.5a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0zM3.8 17c.5-3.3 3-5 6.2-5s5.7 1.7 6.2 5",
	"user-plus":     "M11.2 6.5a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0zM2 17c.5-3.3 2.8-5 6-5 1.3 0 2.4.3 3.4.8M15 11.5v5M12.5 14h5",
	"users":         "M10.5 7a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0zM2.5 16.5c.4-3 2.5-4.6 5.2-4.6s4.8 1.6 5.2 4.6M13 4.5a2.7 2.7 0 0 1 0 5M15 12.3c1.5.7 2.3 2.2 2.5 4.2",
	"warning":       "M10 3 2.5 16.5h15zM10 8v4M10 14.2v.1",
}

// Art draws the picture of an empty page or of a problem: places, inbox, lost,
// broken or closed.
func Art(name string) templ.Component {
	return markup(`<svg class="art" width="176" height="112" viewBox="0 0 176 112" aria-hidden="true" focusable="false">` + arts[name] + `</svg>`)
}

var arts = map[string]string{
	"places": `<path class="f" d="M20 96V50a24 24 0 0 1 48 0v46z"/><path class="f" d="M108 96V50a24 24 0 0 1 48 0v46z" stroke-dasharray="3 5"/><path d="M4 96h168M36 96V56a8 8 0 0 1 16 0v40"/><path class="a" d="M44 84c18 0 20-26 40-26 16 0 18 22 36 22" stroke-dasharray="1 7"/><circle class="a" cx="44" cy="84" r="4"/><circle class="d" cx="132" cy="80" r="5"/>`,
	"inbox":  `<path d="M4 96h168"/><path class="f" d="M46 60l12-28h60l12 28v30H46z"/><path d="M46 60h24l6 12h24l6-12h24"/><path class="a" d="M74 18l10 10 20-22"/><circle class="d" cx="146" cy="30" r="5"/>`,
	"lost":   `<path d="M4 96h168"/><path class="f" d="M18 96V56a20 20 0 0 1 40 0v40z"/><path class="a" d="M38 82h34a13 13 0 0 0 0-26 13 13 0 0 1 0-26h24"/><path class="a" d="M104 30h30" stroke-dasharray="1 8"/><circle class="a" cx="38" cy="82" r="4"/><path d="M146 22l12 16M158 22l-12 16M112 96V78M112 70v-6M104 78h24l5-4-5-4h-24z"/>`,
	"broken": `<path d="M4 96h168"/><path class="f" d="M14 96V56a20 20 0 0 1 40 0v40z"/><path class="f" d="M122 96V56a20 20 0 0 1 40 0v40z"/><path class="a" d="M34 82h30c7 0 9-4 9-11M103 93c0-7 2-11 9-11h30"/><path d="M80 60l6 8M96 58l-4 9M74 52l2 3M104 51l-3 4M88 50v6"/><circle class="a" cx="34" cy="82" r="4"/><circle class="d" cx="142" cy="82" r="5"/>`,
	"closed": `<path d="M4 96h168"/><path class="f" d="M64 96V50a24 24 0 0 1 48 0v46z"/><path d="M88 26v70M100 64v6"/><path class="a" d="M20 82h30" stroke-dasharray="1 8"/><circle class="a" cx="14" cy="82" r="4"/><path class="a" d="M140 78h16v12h-16zM143 78v-4a5 5 0 0 1 10 0v4"/><circle class="d" cx="148" cy="84" r="2"/>`,
}

// Logo draws the mark and the word.
func Logo() templ.Component { return logo }

const logo = markup(`<svg class="logo" width="127" height="28" viewBox="0 0 127 28" aria-hidden="true" focusable="false"><path stroke-width="3" d="M17.5 6.5h-5.5a3.75 3.75 0 0 0 0 7.5h4.5a3.75 3.75 0 0 1 0 7.5h-5"/><circle cx="5" cy="21.5" r="2.3" stroke-width="2"/><circle class="dot" cx="23.5" cy="6.5" r="2.9"/><g class="word" stroke-width="2.3"><path d="M41.5 11.2c-.6-1.2-1.7-1.8-3.2-1.8-1.8 0-3 .9-3 2.4 0 3.5 6.7 1.4 6.7 5 0 1.6-1.4 2.6-3.4 2.6-1.8 0-3.1-.8-3.7-2.2"/><circle cx="51" cy="14.4" r="5"/><path d="M61 9.5v11.3c0 1.7-1 2.7-2.7 2.7"/><circle cx="71" cy="14.4" r="5"/><path d="M81 9.5v6a3.9 3.9 0 0 0 7.8 0v-6M88.8 15.5v4M94.5 19.5v-10M94.5 13.6c0-2.5 1.6-4.2 4.3-4.2M104 19.5v-10M104 13.5a4 4 0 0 1 8 0v6"/></g><circle class="dot" cx="61" cy="5.2" r="1.6"/></svg>`)
