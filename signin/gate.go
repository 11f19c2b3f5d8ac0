package signin

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
	"sojourn/internal/web"
	"sojourn/policies"
)

// Visit says who asks. Everything a session rests on is read anew in one
// statement: the browser, the session, the account, its home, and the user of
// the tenant selected.
func (f *Feature) Visit(w http.ResponseWriter, r *http.Request, v *web.Visit, tenant string) error {
	cookie := f.cookieOf(r)
	if cookie == "" {
		cookie = f.IDs.Secret() // so that no form of a browser without a cookie is taken
		if entrance(r) {
			f.setCookie(w, browserCookie, cookie, cookieLife)
		}
		v.FormKey = Unnamed(cookie)
		return nil
	}
	s, found, err := visitOf(r.Context(), f.DB, id.Hash(cookie), v.Now, tenant)
	if err != nil {
		return fmt.Errorf("gate: %w", err)
	}
	if !found {
		v.FormKey = Unnamed(cookie)
		return nil
	}
	v.FormKey = s.Browser
	if !s.stands() {
		return nil
	}
	s.fill(v)
	f.touch(r.Context(), s, v.Now)
	return f.choose(r, v, s, tenant)
}

// sight is what one look at a cookie finds.
type sight struct {
	Browser                 string
	Session                 string
	SeenAt, ProvedAt        time.Time
	ExpiresAt               time.Time
	Idle                    int64 // microseconds
	Stays                   bool
	Registers               registers
	Account, Name, Language string
	Region, Zone            string
	Address                 string
	Photo                   string
	HomeUser                string // as the account has it, live or not
	HomeTenant, HomeName    string // "" unless the home user is live and enabled and the home open
	Experience              string // which of its members the home has turned the portal on for
	InGroup                 bool   // in the group selected for it
	Chosen                  web.Tenant
	ChosenEnabled           bool
	ChosenUsedAt            time.Time
}

// stands says whether there is a session and whether it is good for anything.
func (s sight) stands() bool {
	return s.Session != "" && s.Account != "" && (s.HomeUser == "" || s.HomeTenant != "")
}

func (s sight) fill(v *web.Visit) {
	v.Actor.Kind = actor.Person
	v.Actor.AccountID, v.Actor.SessionID, v.Actor.BrowserID = s.Account, s.Session, s.Browser
	v.Actor.Name, v.Actor.ProvedAt = s.Name, past(s.ProvedAt, v.Now)
	v.Ends.At, v.Ends.Final = ending(s.SeenAt, s.ExpiresAt, s.Stays, time.Duration(s.Idle)*time.Microsecond, v.Now)
	v.MustRegister, v.IsAsked = s.Registers == mustSetUp, s.Registers == isAsked
	v.Person = web.Person{
		AccountID: s.Account, Name: s.Name, Address: s.Address, Language: s.Language, Region: s.Region, Zone: s.Zone, Photo: s.Photo,
		HomeTenant: s.HomeTenant, HomeName: s.HomeName, Withheld: s.HomeTenant != "" && !directory.Experience(s.Experience).Reaches(s.InGroup),
	}
}

// choose selects the organization that ?tenantId= names. It selects what is
// shown and changes nothing, so a POST does without: whoever has just left an
// organization can still sign out from its page.
func (f *Feature) choose(r *http.Request, v *web.Visit, s sight, tenant string) error {
	if tenant == "" {
		return nil
	}
	if s.Chosen.ID == "" || s.Chosen.User == "" {
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			return notYours()
		}
		return nil
	}
	v.Tenant = s.Chosen
	v.Tenant.Carry = tenant
	if s.ChosenEnabled && due(s.ChosenUsedAt, v.Now) {
		f.spare(r.Context(), "note use", func(ctx context.Context) error { return f.Uses.Used(ctx, f.DB, s.Chosen.ID, s.Chosen.User) })
	}
	return nil
}

// touch keeps a session from going idle, at most once a minute.
func (f *Feature) touch(ctx context.Context, s sight, now time.Time) {
	if due(s.SeenAt, now) {
		f.spare(ctx, "touch session", func(ctx context.Context) error { return touchSession(ctx, f.DB, s.Session, now) })
	}
}

// spare does what a page can do without: it has a second, and its failure is not
// the page's.
func (f *Feature) spare(ctx context.Context, what string, do func(context.Context) error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if err := do(ctx); err != nil {
		f.log().Warn(what, "error", err)
	}
}

// Manage lets an administrator into the administration of a tenant, named by id
// or by verified domain.
func (f *Feature) Manage(r *http.Request, v *web.Visit, tenant string) error {
	ctx := r.Context()
	if v.MustRegister { // who it is stands, but not that they may be here: they are led away and have not entered
		return nil
	}
	o, found, err := officeOf(ctx, f.DB, tenant, v.Actor.AccountID, v.Actor.SessionID)
	if err != nil {
		return fmt.Errorf("gate: %w", err)
	}
	if err := administer(o, found, v.Actor.ProvedAt, v.Now); err != nil {
		if r.Method != http.MethodPost || !found {
			return err
		}
		// A try to change something is told to the tenant the person is in.
		entry := audit.Entry{Tenant: o.TenantID, Act: "tenant.enter", Target: o.UserID}
		return audit.Refused(ctx, f.DB, v.Actor.In(o.TenantID, o.UserID), entry, err)
	}
	if err := f.secondThere(ctx, v.Actor, o); err != nil {
		return err
	}
	v.Actor.Kind = actor.Administrator
	v.Actor.TenantID, v.Actor.UserID, v.Actor.Roles = o.TenantID, o.UserID, o.Roles
	v.Tenant = web.Tenant{ID: o.TenantID, Name: o.TenantName, State: o.TenantState, User: o.UserID, Carry: v.Tenant.Carry}
	if asked := askedAgain(o.ManagedAt, v.Actor.ProvedAt, v.Now); asked.Before(v.Ends.At) {
		v.Ends = web.Ending{At: asked, Proof: true, Session: v.Ends.At}
	}
	if due(o.ManagedAt, v.Now) {
		f.spare(ctx, "touch administration", func(ctx context.Context) error { return touchManaged(ctx, f.DB, v.Actor.SessionID, v.Now) })
		f.spare(ctx, "note use", func(ctx context.Context) error { return f.Uses.Used(ctx, f.DB, o.TenantID, o.UserID) })
	}
	if o.Entered {
		return nil
	}
	return f.enterTenant(ctx, v.Actor)
}

// secondThere holds a session against the second step that the organization requires
// of its guests, or of its administrators since the session began. Where it does not
// trust what guests have at home, they show what is bound to it, once a session.
func (f *Feature) secondThere(ctx context.Context, who actor.Actor, o office) error {
	if !o.Asks || o.Second && !o.Guest {
		return nil
	}
	p, err := policies.In(ctx, f.DB, o.TenantID)
	if err != nil {
		return fmt.Errorf("gate: %w", err)
	}
	if p.SecondStep.Distrusts(o.Guest) {
		return o.shown()
	}
	if o.Second || o.Guest && !p.SecondStep.Guests || !o.Guest && !p.SecondStep.Administrators {
		return nil
	}
	has, err := f.asksSecond(ctx, f.DB, who.AccountID)
	if err != nil {
		return fmt.Errorf("gate: %w", err)
	}
	if has { // the session is from before
		return fault.New(fault.Proof, "proof_needed", "signin.prove.title")
	}
	return fault.New(fault.Forbidden, "second_step_required", "signin.manage.second.title", "org", o.TenantName)
}

// enterTenant records once that a session went into a tenant, where the tenant
// can read it.
func (f *Feature) enterTenant(ctx context.Context, who actor.Actor) error {
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		fresh, err := insertEntered(ctx, tx, who.SessionID, who.TenantID, who.UserID)
		if err != nil || !fresh {
			return err
		}
		return audit.Record(ctx, tx, who, audit.Entry{Tenant: who.TenantID, Act: "tenant.enter", Target: who.UserID})
	})
	if err != nil {
		return fmt.Errorf("gate: %w", err)
	}
	return nil
}
