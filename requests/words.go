package requests

import (
	"strings"
	"time"

	"github.com/a-h/templ"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/i18n"
	"sojourn/ui"
)

// pill says how a request stands.
func pill(s *ui.Shell, r Request) templ.Component {
	switch {
	case r.Overdue(s.Now):
		return ui.Pill(ui.Bad, s.T("requests.state.overdue"))
	case r.State == Open:
		return ui.Pill(ui.Info, s.T("requests.state.open"))
	case r.State == Approved, r.State == Met:
		return ui.Pill(ui.Good, s.T("requests.state."+string(r.State)))
	case r.State == Declined:
		return ui.Pill(ui.Warn, s.T("requests.state.declined"))
	}
	return ui.Pill(ui.Neutral, s.T("requests.state."+string(r.State)))
}

// person is who asks, as the organization knows them.
func person(s *ui.Shell, r Request) string {
	if r.Name == "" {
		return s.T("requests.person.erased")
	}
	return r.Name
}

// daysLeft are the days until the answer is due; 0 when late.
func daysLeft(s *ui.Shell, due time.Time) int { return i18n.Days(s.Now, due) }

// eventKey is the message key of an event, for the person and for administrators.
func eventKey(e Event, own bool) string {
	if e.What == Told && own {
		return "requests.event.told.you"
	}
	return "requests.event." + string(e.What)
}

// byWhom names whose step an event was, for the person and for administrators.
func byWhom(s *ui.Shell, e Event, r Request, own bool) templ.Component {
	switch {
	case e.Actor == actor.Person && own:
		return s.Msg("requests.by.you", "when", ui.DateTime(s, e.At))
	case e.Actor == actor.Person:
		return s.Msg("requests.by.name", "when", ui.DateTime(s, e.At), "name", ui.Name(person(s, r)))
	case e.ByName != "":
		return s.Msg("requests.by.name", "when", ui.DateTime(s, e.At), "name", ui.Name(e.ByName))
	case e.Actor == actor.Administrator:
		return s.Msg("requests.by.administrator", "when", ui.DateTime(s, e.At))
	}
	return ui.DateTime(s, e.At)
}

// outcome is the step that settles a request which nobody has written down yet.
func outcome(r Request, events []Event) []Event {
	if r.State != Met && r.State != Lapsed || len(events) > 0 && events[len(events)-1].What == What(r.State) {
		return events
	}
	return append(events[:len(events):len(events)], Event{At: r.ClosedAt, What: What(r.State), Actor: actor.System})
}

func kindOptions(s *ui.Shell, kinds []Kind) []ui.Option {
	out := []ui.Option{{Text: s.T("requests.queue.kind.any")}}
	for _, k := range kinds {
		out = append(out, ui.Option{Value: string(k), Text: s.T("requests.kind." + string(k))})
	}
	return out
}

func stateOptions(s *ui.Shell) []ui.Option {
	out := []ui.Option{{Text: s.T("requests.queue.state.any")}}
	for _, v := range []string{string(Open), overdue, string(Approved), string(Declined), string(Withdrawn), string(Met), string(Lapsed)} {
		out = append(out, ui.Option{Value: v, Text: s.T("requests.state." + v)})
	}
	return out
}

// roleNames are the names of roles in the reader's language.
func roleNames(s *ui.Shell, roles []directory.Role) []string {
	out := make([]string, len(roles))
	for i, r := range roles {
		out[i] = s.T(r.Key())
	}
	return out
}

// named are the names of groups.
func named(list []directory.Named) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = n.Name
	}
	return out
}

// refusedText is the sentence under the title of a refusal.
func refusedText(d Draft) string { return strings.TrimSuffix(d.Refused.Key, "title") + "text" }

// restDate is from when on the same can be asked again.
func restDate(s *ui.Shell, d Draft) string {
	if d.Rest.IsZero() {
		return ""
	}
	if s.Zone == nil {
		return s.Locale.Date(d.Rest)
	}
	return s.Locale.Date(d.Rest.In(s.Zone))
}

// wayOn is where a refusal leads: to what people can do by themselves.
func wayOn(d Draft) string {
	switch d.Refused.Code {
	case "may_leave", "user_there", "last_administrator":
		return "/organizations/" + d.TenantID + "/leave"
	case "home_organization":
		return newHref(Removal, d.TenantID)
	case "declined_lately":
		return "/requests"
	}
	return "/organizations"
}

func wayOnText(d Draft) string {
	switch d.Refused.Code {
	case "may_leave", "user_there", "last_administrator":
		return "requests.refused.toLeaving"
	case "home_organization":
		return "requests.refused.toRemoval"
	case "declined_lately":
		return "requests.refused.toRequests"
	}
	return "requests.refused.back"
}
