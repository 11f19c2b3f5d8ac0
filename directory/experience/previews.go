package experience

import (
	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/ui"
)

// Previews are the states of the pages, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	m := desk.MadeUp(s)
	groups := []directory.Group{{ID: "g1", Name: "All staff"}, {ID: "g2", Name: "Design review"}, {ID: "g3", Name: desk.LongGroup}}
	all := pageData{Desk: m.All, view: view{ExperienceSetting: directory.ExperienceSetting{Experience: directory.ExperienceAll}, Groups: groups}, Form: form{Choice: chooseAll}}
	some := all
	some.ExperienceSetting = directory.ExperienceSetting{Experience: "g2", GroupName: "Design review", SetAt: m.Day(-40), SetBy: "Sam Rivera"}
	some.Form, some.MoreGroups = form{Choice: chooseGroup, Group: "g2"}, true
	gone := some
	gone.GroupName, gone.Form.Group = "", ""
	refused := gone
	refused.Problems = []ui.FieldError{{Field: "group", Text: m.Shell.T("directory.experience.group.missing")}}
	asks := askData{Desk: m.All, Choice: chooseGroup, GroupID: "g2", GroupName: "Design review", Lose: 1204}
	off, on := asks, asks
	off.Choice, off.GroupName = chooseNone, ""
	on.Choice, on.GroupName, on.Gain, on.Lose = chooseAll, "", 1, 0
	return []ui.Preview{
		{Name: "experience, all", Page: experiencePage(m.Shell, all)},
		{Name: "experience, a group", Page: experiencePage(m.Shell, some)},
		{Name: "experience, the group is gone", Page: experiencePage(m.Shell, gone)},
		{Name: "experience refused", Page: experiencePage(m.Shell, refused)},
		{Name: "experience, asks for a group", Page: askPage(m.Shell, asks)},
		{Name: "experience, asks for none", Page: askPage(m.Shell, off)},
		{Name: "experience, asks for all", Page: askPage(m.Shell, on)},
	}
}
