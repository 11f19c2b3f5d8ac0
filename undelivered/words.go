package undelivered

import (
	"github.com/a-h/templ"

	"sojourn/directory/desk"
	"sojourn/internal/outbox"
	"sojourn/ui"
)

// row names a message in what one can do with it.
func (m Message) row(s *ui.Shell) string {
	who := s.T("undelivered.list.elsewhere")
	if m.User != nil {
		who = m.User.Name
	}
	return s.T("undelivered.channel."+string(m.Channel)) + ", " + who
}

// title is whom a message was for, with a link to who is still there.
func (m Message) title(s *ui.Shell, d desk.Desk) templ.Component {
	switch {
	case m.User == nil:
		return s.Msg("undelivered.list.elsewhere")
	case m.User.Deleted:
		return ui.Name(m.User.Name)
	}
	return ui.LinkText(ui.Link{Label: ui.Name(m.User.Name), Href: s.Href(d.At("users", m.User.ID))})
}

func (m Message) icon() string {
	if m.Channel == outbox.ByMail {
		return "mail"
	}
	return "phone"
}
