package app

import (
	"net/http"
	"strconv"

	"sojourn/activity"
	"sojourn/admin"
	"sojourn/directory/connections"
	"sojourn/directory/deletedusers"
	"sojourn/directory/experience"
	"sojourn/directory/groups"
	"sojourn/directory/properties"
	"sojourn/directory/users"
	"sojourn/guests"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/myaccount"
	"sojourn/organizations"
	"sojourn/policies/signinpolicies"
	"sojourn/requests"
	"sojourn/securityinfo"
	"sojourn/securityinfo/accesspass"
	"sojourn/securityinfo/authenticator"
	"sojourn/securityinfo/emails"
	"sojourn/securityinfo/inventory"
	"sojourn/securityinfo/passkeys"
	"sojourn/securityinfo/phones"
	"sojourn/securityinfo/questions"
	"sojourn/securityinfo/recoverycodes"
	"sojourn/securityinfo/register"
	"sojourn/securityinfo/reset"
	"sojourn/securityinfo/tokens"
	"sojourn/securityinfo/usermethods"
	"sojourn/signin"
	"sojourn/ui"
	"sojourn/undelivered"
)

// previewRoutes show every page state with made-up data, for developers and for
// pictures.
func (a *App) previewRoutes(t *web.Table) {
	t.Handle("GET /preview", web.Open, func(w http.ResponseWriter, r *http.Request) error {
		s := ui.ShellOf(r)
		return web.Render(w, r, http.StatusOK, previewList(s, previews(preview(s))))
	})
	t.Handle("GET /preview/{number}", web.Open, func(w http.ResponseWriter, r *http.Request) error {
		all := previews(preview(ui.ShellOf(r)))
		n, err := strconv.Atoi(r.PathValue("number"))
		if err != nil || n < 0 || n >= len(all) {
			return fault.Missing()
		}
		return web.Render(w, r, http.StatusOK, all[n].Page)
	})
}

// preview is the shell of a made-up person, in the reader's language.
func preview(s *ui.Shell) *ui.Shell {
	p := *s
	p.Person = &ui.Person{Name: "Noor Haddad", Address: "noor.haddad@contoso.example", Kind: "ui.kind.work", Home: "Contoso Ltd"}
	p.Entries = entries
	p.Places = []ui.Place{{Name: "Contoso Ltd", Href: "/?tenantId=t", Home: true}, {Name: "Fabrikam, Inc.", Href: "/?tenantId=f"}}
	p.Administers = []ui.Place{{Name: "Contoso Ltd", Href: "/manage/t"}}
	return &p
}

// previews are the page states of all rooms.
func previews(s *ui.Shell) []ui.Preview {
	var all []ui.Preview
	for _, room := range []struct {
		name  string
		pages func(*ui.Shell) []ui.Preview
	}{
		{"myaccount", myaccount.Previews}, {"organizations", organizations.Previews}, {"requests", requests.Previews}, {"signin", signin.Previews}, {"securityinfo", securityinfo.Previews},
		{"authenticator", authenticator.Previews}, {"recoverycodes", recoverycodes.Previews}, {"phones", phones.Previews}, {"register", register.Previews}, {"accesspass", accesspass.Previews}, {"emails", emails.Previews}, {"questions", questions.Previews}, {"reset", reset.Previews}, {"tokens", tokens.Previews}, {"inventory", inventory.Previews}, {"passkeys", passkeys.Previews}, {"activity", activity.Previews},
		{"guests", guests.Previews}, {"admin", admin.Previews}, {"users", users.Previews}, {"usermethods", usermethods.Previews}, {"deletedusers", deletedusers.Previews},
		{"groups", groups.Previews}, {"properties", properties.Previews}, {"connections", connections.Previews}, {"experience", experience.Previews}, {"signinpolicies", signinpolicies.Previews}, {"undelivered", undelivered.Previews},
	} {
		for _, p := range room.pages(s) {
			p.Name = room.name + ": " + p.Name
			all = append(all, p)
		}
	}
	return all
}
