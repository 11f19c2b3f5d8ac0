package admin

import (
	"sojourn/directory"
	"sojourn/ui"
)

// Previews are the states of the room's pages, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	start := func(name string, open bool, roles ...directory.Role) ui.Preview {
		own := *s
		own.Admin = &ui.Admin{Tenant: "t", Name: "Contoso Ltd", Entries: Entries("t", roles)}
		return ui.Preview{Name: "start " + name, Page: startPage(&own, startData{Tenant: "t", Name: "Contoso Ltd", Open: open, Areas: readable(roles)})}
	}
	return []ui.Preview{
		start("everything", true, directory.GlobalAdministrator),
		start("user administrator", true, directory.UserAdministrator),
		start("reports reader", true, directory.ReportsReader),
		start("closed", false, directory.GlobalAdministrator),
	}
}
