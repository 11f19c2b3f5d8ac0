package activity

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"sojourn/directory/desk"
	"sojourn/ui"
)

// told are the details of a line in words, one a line. One that has no words shows its
// code, so that nothing is left out.
func (l Line) told(s *ui.Shell, d desk.Desk) (out []templ.Component) {
	for _, name := range slices.Sorted(maps.Keys(l.Values)) {
		value := l.Values[name]
		as, known := detailOf(l.Act, name)
		switch {
		case !known:
			out = append(out, s.Msg("activity.detail.is", "what", name, "value", ui.Name(value)))
		case as.sort == within:
		default:
			was, is, changed := as.change(l.Act, value)
			if changed && was == is {
				continue
			}
			words := l.value(s, d, as, is)
			if changed {
				words = s.Msg("activity.detail.changed", "was", l.value(s, d, as, was), "now", words)
			}
			out = append(out, labelled(s, as, words))
		}
	}
	return out
}

func labelled(s *ui.Shell, as detail, words templ.Component) templ.Component {
	if as.label == "" {
		return words
	}
	return s.Msg("activity.detail.is", "what", s.T(as.label), "value", words)
}

// other is the second thing of a line in words; nil where there is nothing to say.
func (l Line) other(s *ui.Shell, d desk.Desk) templ.Component {
	as, chosen := others[l.Act]
	switch {
	case l.With.ID == "" || handle(l.Act) || l.names(l.With.ID):
		return nil
	case chosen && l.With.Kind == "":
		return labelled(s, as, l.value(s, d, as, l.With.ID))
	case strings.HasPrefix(l.Act, "request."):
		return request(s, d, l.With.ID)
	}
	return l.With.words(s, d)
}

// names says whether a detail of the line names a group.
func (l Line) names(id string) bool { return slices.Contains(groupsIn(l.Act, l.Values), id) }

// value is one value of a detail.
func (l Line) value(s *ui.Shell, d desk.Desk, as detail, code string) templ.Component {
	n, notNumber := strconv.Atoi(code)
	switch {
	case code == "":
		return s.Msg("activity.detail.nothing")
	case as.sort == ways:
		return ui.Text(proofWords(s, code, l.Values["way"]))
	case as.sort == yesOrNo || as.sort == often:
		return yesWords(s, as, code)
	case as.sort == people:
		return l.scope(s, d, scopeOf(code))
	case as.sort == inMinutes && notNumber == nil:
		return s.MsgN("activity.span.minutes", n)
	case as.sort == inDays && notNumber == nil:
		return s.MsgN("activity.span.days", n)
	case as.sort == lasting:
		return spanWords(s, code)
	}
	return ui.Name(code)
}

func yesWords(s *ui.Shell, as detail, code string) templ.Component {
	is := code == "yes" || code == "true"
	switch {
	case as.sort == often && is:
		return s.Msg("activity.detail.once.yes")
	case as.sort == often:
		return s.Msg("activity.detail.once.no")
	case is:
		return s.Msg("activity.detail.yes")
	}
	return s.Msg("activity.detail.no")
}

func spanWords(s *ui.Shell, code string) templ.Component {
	long, err := time.ParseDuration(code)
	switch {
	case err != nil:
		return ui.Name(code)
	case long%time.Hour == 0:
		return s.MsgN("activity.span.hours", int(long/time.Hour))
	}
	return s.MsgN("activity.span.minutes", int(long/time.Minute))
}

// scope says for whom something is. Groups that are gone have no name.
func (l Line) scope(s *ui.Shell, d desk.Desk, of scope) templ.Component {
	group := func(id string) templ.Component {
		if t, known := l.groups[id]; known {
			return t.words(s, d)
		}
		return s.Msg("activity.scope.gone")
	}
	words := s.Msg("activity.scope.none")
	switch of.who {
	case "all":
		words = s.Msg("activity.scope.all")
	case "group":
		words = s.Msg("activity.scope.group", "group", group(of.group))
	}
	if of.except == "" {
		return words
	}
	return s.Msg("activity.scope.except", "who", words, "group", group(of.except))
}

// proofWords says with what somebody proved who they are, or which methods are meant.
// What has no words shows its code.
func proofWords(s *ui.Shell, method, way string) string {
	var out []string
	for _, key := range proofKeys(method, way) {
		out = append(out, s.T(key))
	}
	if len(out) == 0 {
		return method
	}
	return strings.Join(out, ", ")
}
