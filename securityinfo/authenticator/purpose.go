package authenticator

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"sojourn/internal/actor"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// purpose is what an app is set up for: the account itself, or one organization.
type purpose struct {
	Path  string
	Bound securityinfo.Binding // zero for the account
	Full  bool                 // the account has as many as it may

	info *securityinfo.Feature
}

// purposeOf reads it from the address of the page.
func (f *Feature) purposeOf(r *http.Request) (purpose, error) {
	who, tenant := web.VisitOf(r).Actor, r.PathValue("tenant")
	if tenant == "" {
		info, err := f.Info.Info(r.Context(), who)
		return purpose{Path: "/security-info/authenticator", Full: info.Full(), info: f.Info}, err
	}
	b, err := f.Info.Binding(r.Context(), who, tenant)
	return purpose{Path: securityinfo.BoundPath(b.Tenant), Bound: b, info: f.Info}, err
}

func (p purpose) begin(ctx context.Context, who actor.Actor) error {
	if p.Bound.Tenant == "" {
		return p.info.BeginAuthenticator(ctx, who)
	}
	return p.info.BeginBound(ctx, who, p.Bound.Tenant)
}

func (p purpose) settingUp(ctx context.Context, who actor.Actor) (securityinfo.SetUp, error) {
	if p.Bound.Tenant == "" {
		return p.info.SettingUp(ctx, who)
	}
	return p.info.SettingUpBound(ctx, who, p.Bound.Tenant)
}

// confirm gives what is said then.
func (p purpose) confirm(ctx context.Context, who actor.Actor, methodID, code, name string) (note string, err error) {
	if p.Bound.Tenant != "" {
		return "securityinfo.bound.done", p.info.ConfirmBound(ctx, who, p.Bound.Tenant, methodID, code, name)
	}
	done, err := p.info.ConfirmAuthenticator(ctx, who, methodID, code, name)
	if done.First {
		return "securityinfo.authenticator.done.first", err
	}
	return "securityinfo.authenticator.done", err
}

// after is where one goes on then: from what an organization asked for, there is a way
// back to it.
func (p purpose) after() string {
	if p.Bound.Tenant == "" {
		return "/security-info/changed"
	}
	return "/security-info/changed?" + url.Values{"for": {p.Bound.Tenant}}.Encode()
}

func (p purpose) title(s *ui.Shell) string {
	if p.Bound.Tenant == "" {
		return s.T("securityinfo.authenticator.title")
	}
	return s.T("securityinfo.bound.of", "org", p.Bound.Organization)
}

func (p purpose) lead(s *ui.Shell) templ.Component {
	if p.Bound.Tenant == "" {
		return s.Msg("securityinfo.authenticator.lead")
	}
	return s.Msg("securityinfo.bound.lead", "org", ui.Name(p.Bound.Organization))
}

// back leads to where methods are added.
func back(s *ui.Shell) templ.Component { return securityinfo.BackLink(s) }
