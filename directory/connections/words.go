package connections

import (
	"github.com/a-h/templ"

	"sojourn/directory"
	"sojourn/ui"
)

// personHref is the page of one's own people; those from elsewhere have none here.
func personHref(s *ui.Shell, d connectionsData, n directory.Connection) templ.SafeURL {
	if d.Side == in || n.HomeUser.ID == "" {
		return ""
	}
	return s.Href(d.At("users", n.HomeUser.ID))
}
