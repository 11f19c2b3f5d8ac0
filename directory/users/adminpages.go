package users

import (
	"net/http"
	"net/url"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/fault"
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
		Query: desk.Query(q), Kind: desk.OneOf(q.Get("kind"), "member", "guest"), State: desk.OneOf(q.Get("state"), "enabled", "disabled", "pending"),
		Role: string(desk.OneOf(q.Get("role"), directory.Roles...)), After: q.Get("after"),
	}
}

func (f userFilter) filter() directory.Filter {
	return directory.Filter{
		Query: f.Query, Type: directory.UserType(f.Kind), Role: directory.Role(f.Role),
		Active: f.State == "enabled", Disabled: f.State == "disabled", Pending: f.State == "pending",
	}
}

// narrows says whether the list is not simply everybody.
func (f userFilter) narrows() bool { return f.Query+f.Kind+f.State+f.Role != "" }

func (f userFilter) page(d desk.Desk, after string) string {
	return desk.With(d.At("users"), "q", f.Query, "kind", f.Kind, "state", f.State, "role", f.Role, "after", after)
}

type usersData struct {
	desk.Desk
	Filter userFilter
	Lines  []line
	Next   string
}

func (f *Feature) showUsers(w http.ResponseWriter, r *http.Request) error {
	v, filter := web.VisitOf(r), userFilterOf(r.URL.Query())
	lines, next, err := f.list(r.Context(), v.Actor, v.Tenant.ID, filter.filter(), filter.After)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, usersPage(ui.ShellOf(r), usersData{Desk: desk.Of(v), Filter: filter, Lines: lines, Next: next}))
}

// newUser is the form of a new user as it was filled in.
type newUser struct {
	Name, SignIn, Mail, Language string
	Groups, Roles                []string
}

type newUserData struct {
	desk.Desk
	choices
	Languages []string
	Form      newUser
	Problems  []ui.FieldError
}

func (f *Feature) showNewUser(w http.ResponseWriter, r *http.Request) error {
	return f.drawNewUser(w, r, http.StatusOK, f.newUserOf(r.URL.Query()), nil)
}

func (f *Feature) drawNewUser(w http.ResponseWriter, r *http.Request, status int, form newUser, wrong []ui.FieldError) error {
	v := web.VisitOf(r)
	offered, err := f.choices(r.Context(), v.Actor, v.Tenant.ID)
	if err != nil {
		return err
	}
	if form.Language == "" {
		form.Language = offered.Tenant.Language
	}
	return web.Render(w, r, status, newUserPage(ui.ShellOf(r), newUserData{
		Desk: desk.Of(v), choices: offered, Languages: f.Words.Languages(), Form: form, Problems: wrong,
	}))
}

func (f *Feature) submitNewUser(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	form := f.newUserOf(r.PostForm)
	u, _, err := f.Directory.CreateMember(r.Context(), v.Actor, v.Tenant.ID, form.member())
	if wrong, ok := desk.FormFault(err); ok {
		return f.drawNewUser(w, r, web.Status(err), form, desk.Problems(v.Locale, wrong))
	}
	if fault.Is(err, "proof_needed") { // for the role: what was typed comes back with the form
		return desk.Back(w, r, desk.With("/prove", "returnUrl", form.path(desk.Of(v))))
	}
	return desk.Done(w, r, err, desk.Of(v).At("users", u.ID), "directory.create.done", "address", u.Mail)
}

// newUserOf reads the form as it was filled in, posted or in an address.
func (f *Feature) newUserOf(values url.Values) newUser {
	return newUser{
		Name: values.Get("name"), SignIn: values.Get("signin"), Mail: values.Get("mail"),
		Language: desk.OneOf(values.Get("language"), f.Words.Languages()...), Groups: values["group"], Roles: values["role"],
	}
}

// path is the form, filled in.
func (n newUser) path(d desk.Desk) string {
	query := []string{"name", n.Name, "signin", n.SignIn, "mail", n.Mail, "language", n.Language}
	for _, g := range n.Groups {
		query = append(query, "group", g)
	}
	for _, r := range n.Roles {
		query = append(query, "role", r)
	}
	return desk.With(d.At("users", "new"), query...)
}

func (n newUser) member() directory.NewMember {
	m := directory.NewMember{Name: n.Name, SignInName: n.SignIn, Mail: n.Mail, Language: n.Language, Groups: n.Groups}
	for _, r := range n.Roles {
		m.Roles = append(m.Roles, directory.Role(r))
	}
	return m
}
