package guests

import (
	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/fault"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	m := desk.MadeUp(s)
	out := append(addPreviews(m.Shell), settingsPreviews(m.Shell)...)
	return append(out, refusedPreviews(s)...)
}

func addPreviews(s *ui.Shell) []ui.Preview {
	empty := addData{
		Choices: Choices{Language: "en", Restore: true}, Users: "/manage/t/users", Action: "/manage/t/guests/new", Organization: "Contoso Ltd",
		Languages: []string{"en", "nl"}, Form: addForm{Language: "en"},
	}
	filled := empty
	filled.Choices.Groups = []directory.Group{{ID: "1", Name: "Design partners"}, {ID: "2", Name: "مجموعة المشروع"}, {ID: "3", Name: desk.LongName}}
	filled.Choices.MoreGroups = true
	filled.Form = addForm{Address: desk.LongAddress, Name: desk.LongName, Language: "nl", Groups: []string{"2"}}
	refused := filled
	refused.Form.Address, refused.Form.Message = "sam.rivera", "See evil.example/now"
	refused.Problems = []ui.FieldError{
		{Field: "address", Text: s.T("accounts.address.invalid")},
		{Field: "message", Text: s.T("guests.add.message.link", "found", "evil.example/now")},
	}
	inviter := filled
	inviter.Choices = Choices{Language: "en"}
	return []ui.Preview{
		{Name: "add empty", Page: addPage(s, empty)},
		{Name: "add filled in", Page: addPage(s, filled)},
		{Name: "add refused", Page: addPage(s, refused)},
		{Name: "add already invited", Page: addPage(s, stopped(s, filled, obstacle{Code: "already_invited"}, "invited"))},
		{Name: "add already here", Page: addPage(s, stopped(s, filled, obstacle{Code: "already_here"}, "here"))},
		{Name: "add deleted here", Page: addPage(s, stopped(s, filled, obstacle{Code: "deleted_here", Until: s.Now.AddDate(0, 0, 18)}, "deleted"))},
		{Name: "add deleted here, for a guest inviter", Page: addPage(s, stopped(s, inviter, obstacle{Code: "deleted_here"}, "deleted"))},
	}
}

// stopped is the form with somebody in the way.
func stopped(s *ui.Shell, d addData, o obstacle, what string) addData {
	o.Name, o.Href, o.Resend = desk.LongName, "/manage/t/users/1", "/manage/t/guests/1/resend"
	o.Invited, o.Deleted = s.Now.AddDate(0, 0, -9), s.Now.AddDate(0, 0, -12)
	d.Obstacle, d.Problems = &o, []ui.FieldError{{Field: "address", Text: s.T("directory.guest."+what+".title", "name", desk.LongName)}}
	return d
}

func settingsPreviews(s *ui.Shell) []ui.Preview {
	first := settingsData{Action: "/manage/t/external-collaboration", Properties: "/manage/t/properties", Chosen: yes, Leave: LeaveSetting{Allowed: true}}
	kept := first
	kept.Chosen, kept.Leave = no, LeaveSetting{SetAt: s.Now.AddDate(0, 0, -210), SetBy: "Sam Rivera"}
	refused := kept
	refused.Chosen, refused.Problems = "", []ui.FieldError{{Field: "leave", Text: s.T("guests.settings.missing")}}
	return []ui.Preview{
		{Name: "settings never changed", Page: settingsPage(s, first)},
		{Name: "settings no", Page: settingsPage(s, kept)},
		{Name: "settings refused", Page: settingsPage(s, refused)},
	}
}

func refusedPreviews(s *ui.Shell) []ui.Preview {
	shell := *s
	shell.Admin = nil
	var out []ui.Preview
	for _, i := range []struct {
		name string
		standing
	}{
		{"closed", standing{organization: "Relecloud", state: directory.TenantClosed}},
		{"disabled", standing{organization: desk.LongName, state: directory.TenantActive}},
		{"here already", standing{organization: "Fabrikam, Inc.", state: directory.TenantActive, enabled: true, here: true}},
		{"in too many", standing{organization: "Relecloud", state: directory.TenantActive, enabled: true, organizations: directory.MostPlaces}},
	} {
		why, _ := fault.Of(accept(i.standing))
		out = append(out, ui.Preview{Name: "accept " + i.name, Page: refusedPage(&shell, refusedOf(&shell, why))})
	}
	why, _ := fault.Of(decline(true, "Fabrikam, Inc."))
	return append(out, ui.Preview{Name: "decline accepted before", Page: refusedPage(&shell, refusedOf(&shell, why))})
}
