package app_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/web"
	"sojourn/sojourntest"
)

const (
	global  = directory.GlobalAdministrator
	privacy = directory.PrivacyAdministrator
	user    = directory.UserAdministrator
	auth    = directory.AuthenticationAdministrator
	inviter = directory.GuestInviter
	reader  = directory.ReportsReader
)

// Who may use the pages of an organization's administration, in words apart from
// those that decide. A page that is not here belongs to nobody and fails.
var mayUse = []struct {
	roles []directory.Role
	pages string
}{
	{directory.Roles, `
		GET /manage/{tenant}
		GET /manage/{tenant}/stay
		GET /manage/{tenant}/users
		GET /manage/{tenant}/users/{user}
		GET /manage/{tenant}/groups
		GET /manage/{tenant}/groups/{group}
		GET /manage/{tenant}/connections`},
	{[]directory.Role{global, privacy, user}, `
		GET /manage/{tenant}/deleted-users
		GET /manage/{tenant}/deleted-users/erased
		GET /manage/{tenant}/deleted-users/results.csv
		GET /manage/{tenant}/deleted-users/restored
		GET /manage/{tenant}/deleted-users/results/{departure}
		GET /manage/{tenant}/requests
		GET /manage/{tenant}/requests/{request}
		GET /manage/{tenant}/requests/{request}/approve
		POST /manage/{tenant}/requests/{request}/approve
		GET /manage/{tenant}/requests/{request}/decline
		POST /manage/{tenant}/requests/{request}/decline
		GET /manage/{tenant}/requests/{request}/extend
		POST /manage/{tenant}/requests/{request}/extend
		POST /manage/{tenant}/requests/{request}/note`},
	{[]directory.Role{global, user}, `
		POST /manage/{tenant}/deleted-users/chosen
		GET /manage/{tenant}/deleted-users/delete
		GET /manage/{tenant}/deleted-users/preview
		POST /manage/{tenant}/deleted-users/delete
		POST /manage/{tenant}/deleted-users/restore
		GET /manage/{tenant}/groups/new
		POST /manage/{tenant}/groups/new
		GET /manage/{tenant}/groups/{group}/delete
		POST /manage/{tenant}/groups/{group}/delete
		GET /manage/{tenant}/groups/{group}/edit
		POST /manage/{tenant}/groups/{group}/edit
		POST /manage/{tenant}/groups/{group}/members
		POST /manage/{tenant}/groups/{group}/members/{user}/remove
		GET /manage/{tenant}/users/new
		POST /manage/{tenant}/users/new
		GET /manage/{tenant}/users/{user}/delete
		POST /manage/{tenant}/users/{user}/delete
		POST /manage/{tenant}/users/{user}/disable
		GET /manage/{tenant}/users/{user}/edit
		POST /manage/{tenant}/users/{user}/edit
		POST /manage/{tenant}/users/{user}/enable
		POST /manage/{tenant}/users/{user}/groups
		POST /manage/{tenant}/users/{user}/groups/{group}/remove
		POST /manage/{tenant}/users/{user}/roles
		POST /manage/{tenant}/users/{user}/roles/{role}/revoke`},
	{[]directory.Role{global, user, auth}, `
		POST /manage/{tenant}/users/{user}/link`},
	{[]directory.Role{global, auth}, `
		GET /manage/{tenant}/hardware-tokens
		GET /manage/{tenant}/hardware-tokens/upload
		POST /manage/{tenant}/hardware-tokens/upload
		GET /manage/{tenant}/hardware-tokens/{token}/assign
		POST /manage/{tenant}/hardware-tokens/{token}/assign
		POST /manage/{tenant}/hardware-tokens/{token}/unassign
		GET /manage/{tenant}/hardware-tokens/{token}/delete
		POST /manage/{tenant}/hardware-tokens/{token}/delete
		GET /manage/{tenant}/users/{user}/methods/phone
		POST /manage/{tenant}/users/{user}/methods/phone
		GET /manage/{tenant}/users/{user}/methods/email
		POST /manage/{tenant}/users/{user}/methods/email
		GET /manage/{tenant}/users/{user}/methods
		GET /manage/{tenant}/users/{user}/methods/bound
		POST /manage/{tenant}/users/{user}/methods/bound
		GET /manage/{tenant}/users/{user}/methods/pass
		POST /manage/{tenant}/users/{user}/methods/pass
		GET /manage/{tenant}/users/{user}/methods/register
		POST /manage/{tenant}/users/{user}/methods/register
		GET /manage/{tenant}/users/{user}/methods/{method}/delete
		POST /manage/{tenant}/users/{user}/methods/{method}/delete
		GET /manage/{tenant}/users/{user}/sessions/end
		POST /manage/{tenant}/users/{user}/sessions/end`},
	{[]directory.Role{global, user, inviter}, `
		GET /manage/{tenant}/guests/new
		POST /manage/{tenant}/guests/new
		POST /manage/{tenant}/guests/{user}/resend`},
	{[]directory.Role{global, privacy}, `
		GET /manage/{tenant}/users/{user}/hold
		POST /manage/{tenant}/users/{user}/hold
		POST /manage/{tenant}/users/{user}/release`},
	{[]directory.Role{global, privacy, reader}, `
		GET /manage/{tenant}/audit
		GET /manage/{tenant}/audit.csv`},
	{[]directory.Role{global, auth, reader}, `
		GET /manage/{tenant}/policies
		GET /manage/{tenant}/policies/second
		GET /manage/{tenant}/policies/methods
		GET /manage/{tenant}/policies/methods/authenticator
		GET /manage/{tenant}/policies/methods/passkey
		GET /manage/{tenant}/policies/methods/token
		GET /manage/{tenant}/policies/methods/phone
		GET /manage/{tenant}/policies/methods/alternate
		GET /manage/{tenant}/policies/methods/office
		GET /manage/{tenant}/policies/methods/pass
		GET /manage/{tenant}/policies/methods/email
		GET /manage/{tenant}/policies/methods/questions
		GET /manage/{tenant}/policies/campaign
		GET /manage/{tenant}/policies/reset
		GET /manage/{tenant}/policies/passwords
		POST /manage/{tenant}/policies/passwords/try
		GET /manage/{tenant}/policies/lockout
		GET /manage/{tenant}/policies/sessions`},
	{[]directory.Role{global}, `
		GET /manage/{tenant}/policies/second/check
		POST /manage/{tenant}/policies/second
		GET /manage/{tenant}/policies/methods/authenticator/check
		POST /manage/{tenant}/policies/methods/authenticator
		GET /manage/{tenant}/policies/methods/passkey/check
		POST /manage/{tenant}/policies/methods/passkey
		GET /manage/{tenant}/policies/methods/token/check
		POST /manage/{tenant}/policies/methods/token
		GET /manage/{tenant}/policies/methods/phone/check
		POST /manage/{tenant}/policies/methods/phone
		GET /manage/{tenant}/policies/methods/alternate/check
		POST /manage/{tenant}/policies/methods/alternate
		GET /manage/{tenant}/policies/methods/office/check
		POST /manage/{tenant}/policies/methods/office
		GET /manage/{tenant}/policies/methods/pass/check
		POST /manage/{tenant}/policies/methods/pass
		GET /manage/{tenant}/policies/methods/email/check
		POST /manage/{tenant}/policies/methods/email
		GET /manage/{tenant}/policies/methods/questions/check
		POST /manage/{tenant}/policies/methods/questions
		GET /manage/{tenant}/policies/campaign/check
		POST /manage/{tenant}/policies/campaign
		GET /manage/{tenant}/policies/reset/check
		POST /manage/{tenant}/policies/reset
		GET /manage/{tenant}/policies/passwords/check
		POST /manage/{tenant}/policies/passwords
		GET /manage/{tenant}/policies/lockout/check
		POST /manage/{tenant}/policies/lockout
		GET /manage/{tenant}/policies/sessions/check
		POST /manage/{tenant}/policies/sessions
		GET /manage/{tenant}/properties
		POST /manage/{tenant}/properties
		GET /manage/{tenant}/experience
		POST /manage/{tenant}/experience
		GET /manage/{tenant}/external-collaboration
		POST /manage/{tenant}/external-collaboration
		GET /manage/{tenant}/undelivered
		POST /manage/{tenant}/undelivered/{message}/retry
		POST /manage/{tenant}/undelivered/{message}/discard
		GET /manage/{tenant}/close
		POST /manage/{tenant}/close
		POST /manage/{tenant}/reopen`},
}

// holdersOf reads the table.
func holdersOf() map[string][]directory.Role {
	out := map[string][]directory.Role{}
	for _, row := range mayUse {
		for _, page := range strings.Split(strings.TrimSpace(row.pages), "\n") {
			out[strings.TrimSpace(page)] = row.roles
		}
	}
	return out
}

// Every role at every page of the administration: those who may get past the
// role, those who may not are told so and change nothing.
func TestWalk_everyRole(t *testing.T) {
	for _, role := range directory.Roles {
		t.Run(string(role), func(t *testing.T) {
			w := newWalk(t)
			w.values["request"] = "00000000-0000-4000-8000-000000000000"
			ctx, op := context.Background(), actor.OperatorActor()
			noor := w.User("noor.haddad@contoso.example", "contoso.example")
			if err := w.App.Directory.Grant(ctx, op, noor.TenantID, noor.ID, role); err != nil {
				t.Fatal(err)
			}
			b := w.SignIn("noor.haddad@contoso.example")
			may := holdersOf()
			var routes []web.Route
			for _, r := range w.App.Routes() {
				if r.Access == web.Manage {
					routes = append(routes, r)
				}
			}
			// First all that is refused, so that nothing that is done gets in its way.
			slices.SortStableFunc(routes, func(a, b web.Route) int {
				return order(may[a.Pattern], a.Pattern, role) - order(may[b.Pattern], b.Pattern, role)
			})
			before := w.User("ann.lee@fabrikam.example", "contoso.example")
			for _, r := range routes {
				holders, listed := may[r.Pattern]
				if !listed {
					t.Errorf("%s: who may use it?", r.Pattern)
					continue
				}
				method, path := w.path(r.Pattern, w.values)
				values := w.filled(b)
				if strings.HasSuffix(r.Pattern, "/guests/new") {
					values.Del("group") // who invites may not put anybody into groups
				}
				page := w.send(b, method, path, values)
				missing := page.Status == http.StatusForbidden && strings.Contains(page.Text(), "role_missing")
				if slices.Contains(holders, role) == missing {
					t.Errorf("%s by %s: %d at %s", r.Pattern, role, page.Status, page.Path)
				}
				if page.Status >= 500 {
					t.Errorf("%s by %s: %d", r.Pattern, role, page.Status)
				}
				if missing {
					w.unchanged(t, r.Pattern, before)
				}
			}
		})
	}
}

// order puts what is refused first, then what is only read, and closing last.
func order(holders []directory.Role, pattern string, role directory.Role) int {
	switch {
	case !slices.Contains(holders, role):
		return 0
	case strings.HasPrefix(pattern, "GET "):
		return 1
	case strings.HasSuffix(pattern, "/close"):
		return 3
	}
	return 2
}

// filled is every field that a form of the administration may have.
func (w *walk) filled(b *sojourntest.Browser) url.Values {
	values := b.Token()
	for name, value := range map[string]string{
		"u": w.values["user"], "group": w.values["group"], "role": w.values["role"], "name": "Nobody", "address": "nobody@post.example",
		"member": "ann.lee@fabrikam.example", "signin": "nobody", "mail": "nobody@post.example", "leave": "yes", "undo": "7", "reason": "Because", "text": "Because",
	} {
		values.Set(name, value)
	}
	return values
}

// unchanged fails the test if a refused try has changed the user it was about.
func (w *walk) unchanged(t *testing.T, what string, before directory.User) {
	t.Helper()
	now, found, err := directory.AnyUser(context.Background(), w.App.DB, before.TenantID, before.ID)
	before.LastUsedAt, now.LastUsedAt = time.Time{}, time.Time{}
	if err != nil || !found || now != before {
		t.Errorf("%s was refused and changed the user: %+v (%v)", what, now, err)
	}
}
