package directory

import (
	"net/http"
	"net/url"

	"sojourn/internal/i18n"
	"sojourn/internal/web"
	"sojourn/ui"
)

// userFilter is how the list of users is narrowed down, as its form says it.
type userFilter struct {
	Query, Kind, State, Role string
	After                    string
}

func userFilterOf(q url.Values) userFilter {
	return userFilter{
		Query: query(q), Kind: oneOf(q.Get("kind"), "member", "guest"), State: oneOf(q.Get("state"), "enabled", "disabled", "pending"),
		Role: string(oneOf(q.Get("role"), Roles...)), After: q.Get("after"),
	}
}

func (f userFilter) filter() Filter {
	return Filter{
		Query: f.Query, Type: UserType(f.Kind), Role: Role(f.Role),
		Active: f.State == "enabled", Disabled: f.State == "disabled", Pending: f.State == "pending",
	}
}

// narrows says whether the list is not simply everybody.
func (f userFilter) narrows() bool { return f.Query+f.Kind+f.State+f.Role != "" }

func (f userFilter) page(d desk, after string) string {
	return with(d.At("users"), "q", f.Query, "kind", f.Kind, "state", f.State, "role", f.Role, "after", after)
}

type usersData struct {
	desk
	Filter userFilter
	Lines  []UserLine
	Next   string
}

func (f *Feature) showUsers(w http.ResponseWriter, r *http.Request) error {
	v, filter := web.VisitOf(r), userFilterOf(r.URL.Query())
	lines, next, err := f.UserList(r.Context(), v.Actor, v.Tenant.ID, filter.filter(), filter.After)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, usersPage(ui.ShellOf(r), usersData{desk: deskOf(v), Filter: filter, Lines: lines, Next: next}))
}

// newUser is the form of a new user as it was filled in.
type newUser struct {
	Name, SignIn, Mail, Language string
	Groups, Roles                []string
}

type newUserData struct {
	desk
	Choices
	Languages []string
	Form      newUser
	Problems  []ui.FieldError
}

func (f *Feature) showNewUser(w http.ResponseWriter, r *http.Request) error {
	return f.drawNewUser(w, r, http.StatusOK, newUser{}, nil)
}

func (f *Feature) drawNewUser(w http.ResponseWriter, r *http.Request, status int, form newUser, wrong []ui.FieldError) error {
	v := web.VisitOf(r)
	choices, err := f.Choices(r.Context(), v.Actor, v.Tenant.ID)
	if err != nil {
		return err
	}
	if form.Language == "" {
		form.Language = choices.Tenant.Language
	}
	return web.Render(w, r, status, newUserPage(ui.ShellOf(r), newUserData{
		desk: deskOf(v), Choices: choices, Languages: f.languages(), Form: form, Problems: wrong,
	}))
}

func (f *Feature) submitNewUser(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	form := newUser{
		Name: r.PostFormValue("name"), SignIn: r.PostFormValue("signin"), Mail: r.PostFormValue("mail"),
		Language: oneOf(r.PostFormValue("language"), f.languages()...), Groups: r.PostForm["group"], Roles: r.PostForm["role"],
	}
	u, _, err := f.CreateMember(r.Context(), v.Actor, v.Tenant.ID, form.member())
	if wrong, ok := formFault(err); ok {
		return f.drawNewUser(w, r, web.Status(err), form, problems(v.Locale, wrong))
	}
	if err != nil {
		return err
	}
	web.Say(w, "ok", "directory.create.done", "address", u.Mail)
	return back(w, r, deskOf(v).At("users", u.ID))
}

func (n newUser) member() NewMember {
	m := NewMember{Name: n.Name, SignInName: n.SignIn, Mail: n.Mail, Language: n.Language, Groups: n.Groups}
	for _, r := range n.Roles {
		m.Roles = append(m.Roles, Role(r))
	}
	return m
}

// languages are those a person can be written to in.
func (f *Feature) languages() []string {
	var out []string
	for _, l := range f.Words.Locales() {
		if l.Lang() != i18n.Pseudo {
			out = append(out, l.Lang())
		}
	}
	return out
}
