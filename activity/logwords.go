package activity

import (
	"strings"

	"github.com/a-h/templ"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/actor"
	"sojourn/ui"
)

// act is an act in words; one that has none shows its code.
func act(s *ui.Shell, name string) string {
	if !known(name) {
		return name
	}
	return s.T("activity.act." + name)
}

func actOptions(s *ui.Shell) []ui.Option {
	out := []ui.Option{{Text: s.T("activity.log.act.any")}}
	for _, name := range acts {
		out = append(out, ui.Option{Value: name, Text: act(s, name)})
	}
	return out
}

func resultOptions(s *ui.Shell) []ui.Option {
	return []ui.Option{
		{Text: s.T("activity.log.result.any")},
		{Value: "done", Text: s.T("activity.result.done")},
		{Value: "refused", Text: s.T("activity.result.refused")},
	}
}

// because says why something was refused or done; a reason that has no words shows its code.
func because(s *ui.Shell, code string) templ.Component {
	if !explained(code) {
		return ui.Code(code)
	}
	return s.Msg("activity.because." + code)
}

// by says who did it, and in what capacity.
func (l Line) by(s *ui.Shell, d desk.Desk) (who, capacity templ.Component) {
	switch l.Actor {
	case actor.Operator:
		return s.Msg("activity.actor.operator"), nil
	case actor.System:
		switch {
		case l.Act == rightPassword: // who typed it has proved no more than that
			return l.On.words(s, d), s.Msg("activity.actor.half")
		case unproved(l.Act, l.Refused()):
			return s.Msg("activity.actor.unknown"), nil
		}
		return s.Msg("activity.actor.system"), nil
	case actor.Administrator:
		return l.By.words(s, d), s.Msg("activity.actor.administrator")
	}
	if l.By.ID == "" {
		return s.Msg("activity.actor.person"), nil
	}
	return l.By.words(s, d), nil
}

// on is what a line is about. Some things have no name, or none any more.
func (l Line) on(s *ui.Shell, d desk.Desk) templ.Component {
	room, _, _ := strings.Cut(l.Act, ".")
	switch {
	case l.On.Kind != "" || l.On.ID == "":
	case room == "delivery":
		return s.Msg("activity.thing.message")
	case room == "token":
		return s.Msg("securityinfo.type.token")
	case room == "group":
		return s.Msg("activity.thing.group")
	case l.Act == "link.create":
		return s.Msg("activity.thing.link")
	case room == "connection":
		return s.Msg("activity.thing.connection")
	case room == "request" && l.With.ID == "": // about nobody who has a user here
		return request(s, d, l.On.ID)
	}
	return l.On.words(s, d)
}

// request leads to a request, for whoever may read those.
func request(s *ui.Shell, d desk.Desk, id string) templ.Component {
	if !d.CanReadDeleted { // as many roles answer requests
		return s.Msg("activity.thing.aRequest")
	}
	return ui.LinkText(ui.Link{Text: s.T("activity.thing.request"), Href: s.Href(d.At("requests", id))})
}

// words is the name of a thing, linked where it has a page.
func (t Thing) words(s *ui.Shell, d desk.Desk) templ.Component {
	switch {
	case t.Kind == "user":
		return ui.LinkText(ui.Link{Label: ui.Name(t.Name), Href: s.Href(d.At("users", t.ID))})
	case t.Kind == "group":
		return ui.LinkText(ui.Link{Label: ui.Name(t.Name), Href: s.Href(d.At("groups", t.ID))})
	case t.Kind == "token":
		return s.Msg("activity.thing.token", "serial", ui.Number(t.Name))
	case t.Name != "":
		return ui.Name(t.Name)
	case t.ID == "":
		return ui.Text("–")
	}
	for _, r := range directory.Roles {
		if string(r) == t.ID {
			return ui.Text(s.T(r.Key()))
		}
	}
	return ui.Code(t.ID)
}
