package policies_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/policies"
	"sojourn/sojourntest"
)

const (
	sam    = "sam.rivera@contoso.example" // Global Administrator
	ursula = "ursula@contoso.example"     // User Administrator
	noor   = "noor.haddad@contoso.example"
	home   = "contoso.example"
)

// world is a portal with an organization whose policies are set.
type world struct {
	*sojourntest.Portal
	t      *testing.T
	ctx    context.Context
	tenant string
}

func newWorld(t *testing.T, p *sojourntest.Portal) world {
	w := world{p, t, context.Background(), p.Tenant(home).ID}
	for _, name := range []string{"Watch", "Spare"} {
		g, err := p.App.Directory.CreateGroup(w.ctx, actor.OperatorActor(), w.tenant, name, "")
		if err == nil && name == "Watch" {
			err = p.App.Directory.AddMember(w.ctx, actor.OperatorActor(), w.tenant, g.ID, p.User(noor, home).ID)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// sam is the administrator with a fresh proof, or an old one.
func (w world) sam(fresh bool) actor.Actor {
	who := w.Administrator(sam, home)
	who.Roles = []string{string(directory.GlobalAdministrator)}
	who.ProvedAt = w.App.DB.Now()
	if !fresh {
		who.ProvedAt = who.ProvedAt.Add(-time.Hour)
	}
	return who
}

func (w world) policy() policies.Policy {
	w.t.Helper()
	p, err := policies.In(w.ctx, w.App.DB, w.tenant)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

func (w world) mark(part policies.Part) string { return w.policy().Mark(part) }

func (w world) group(name string) string {
	w.t.Helper()
	g, found, err := directory.GroupNamed(w.ctx, w.App.DB, w.tenant, name)
	if err != nil || !found {
		w.t.Fatal(name, found, err)
	}
	return g.ID
}

func (w world) rows(act, result string) int {
	w.t.Helper()
	n, err := db.Count(w.ctx, w.App.DB, `SELECT count(*) FROM audit WHERE tenant_id = $1 AND act = $2 AND result = $3`, w.tenant, act, result)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func everybody() policies.Scope { return policies.Scope{Who: policies.Everybody} }

// Every part is kept, read back by those who are asked, and in the audit log.
func TestSet(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newWorld(t, p)
		staff, review := w.group("All staff"), w.group("Watch")
		f, who := p.App.Policies, w.sam(true)
		check := func(part policies.Part, err error) {
			t.Helper()
			if err != nil || w.rows(part.Setting(), "done") != 1 {
				t.Errorf("%s: %v, %d rows", part, err, w.rows(part.Setting(), "done"))
			}
		}
		check(policies.SecondPart, f.SetSecondStep(w.ctx, who, w.tenant, w.mark(policies.SecondPart), policies.SecondStep{Members: policies.Scope{Who: policies.OneGroup, Group: staff, Except: review}, Guests: true}))
		check(policies.MethodsPart, f.SetMethods(w.ctx, who, w.tenant, w.mark(policies.MethodsPart), policies.Methods{accounts.Questions: {Who: policies.Nobody}, accounts.Email: everybody()}))
		check(policies.CampaignPart, f.SetCampaign(w.ctx, who, w.tenant, w.mark(policies.CampaignPart), policies.Campaign{For: everybody(), Snooze: 2, Times: 1}))
		reset := policies.Default().Reset
		reset.Number, reset.Register, reset.Helpdesk = 2, true, "https://help.contoso.example"
		check(policies.ResetPart, f.SetReset(w.ctx, who, w.tenant, w.mark(policies.ResetPart), reset))
		check(policies.PasswordsPart, f.SetPasswords(w.ctx, who, w.tenant, w.mark(policies.PasswordsPart), policies.Passwords{Banned: []string{"Contoso", "blank"}}))
		check(policies.LockOutPart, f.SetLockOut(w.ctx, who, w.tenant, w.mark(policies.LockOutPart), policies.LockOut{Free: 3, Most: 10}))
		check(policies.SessionsPart, f.SetSessions(w.ctx, who, w.tenant, w.mark(policies.SessionsPart), policies.Sessions{Idle: time.Hour, Lasts: 2 * time.Hour}))

		asked, err := policies.Of(w.ctx, p.App.DB, p.Self(noor).AccountID)
		if err != nil {
			t.Fatal(err)
		}
		if asked.Second() || asked.Allows(accounts.Questions) || !asked.Allows(accounts.Email) || !asked.Campaigns() || asked.ResetNumber(false) != 2 ||
			asked.Passwords.Banned[1] != "contoso" || asked.LockOut.Most != 10 || asked.Sessions.Stay != 0 || asked.Reset.Helpdesk != reset.Helpdesk {
			t.Errorf("%+v", asked) // she is in the group that is left out
		}
		if asked, err = policies.Of(w.ctx, p.App.DB, p.Self(ursula).AccountID); err != nil || !asked.Second() {
			t.Errorf("%+v (%v)", asked.SecondStep, err)
		}
		v, err := f.View(w.ctx, who, w.tenant)
		if err != nil || v.Set(policies.SecondPart).SetBy != "Sam Rivera" || v.GroupName(staff) != "All staff" || v.Gone(policies.SecondPart) {
			t.Errorf("%+v (%v)", v, err)
		}
	})
}

// What stands already changes nothing; what another changed meanwhile is not written
// over.
func TestSet_meanwhile(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newWorld(t, p)
		f, who := p.App.Policies, w.sam(true)
		seen := w.mark(policies.LockOutPart)
		if err := f.SetLockOut(w.ctx, who, w.tenant, "stale", policies.Default().LockOut); err != nil || w.rows("policy.lockout", "done") != 0 {
			t.Errorf("saying what stands: %v", err)
		}
		if err := f.SetLockOut(w.ctx, who, w.tenant, seen, policies.LockOut{Free: 4, Most: 50}); err != nil {
			t.Fatal(err)
		}
		if err := f.SetLockOut(w.ctx, who, w.tenant, seen, policies.LockOut{Free: 3, Most: 60}); !fault.Is(err, "changed_meanwhile") {
			t.Errorf("made from what no longer stands: %v", err)
		}
		if got := w.policy().LockOut; got != (policies.LockOut{Free: 4, Most: 50}) || w.rows("policy.lockout", "refused") != 1 {
			t.Errorf("%+v", got)
		}
	})
}

func TestSet_rights(t *testing.T) {
	p := sojourntest.Start(t)
	w := newWorld(t, p)
	f := p.App.Policies
	seen := w.mark(policies.SecondPart)
	want := policies.SecondStep{Members: everybody(), TrustHome: true}
	if err := f.SetSecondStep(w.ctx, p.Administrator(ursula, home), w.tenant, seen, want); !fault.Is(err, "role_missing") {
		t.Errorf("by a User Administrator: %v", err)
	}
	if err := f.SetSecondStep(w.ctx, w.sam(false), w.tenant, seen, want); !fault.Is(err, "proof_needed") {
		t.Errorf("without a fresh proof: %v", err)
	}
	if err := f.SetLockOut(w.ctx, w.sam(false), w.tenant, w.mark(policies.LockOutPart), policies.LockOut{Free: 3, Most: 10}); err != nil {
		t.Errorf("the lock-out asks no proof: %v", err)
	}
	for _, foreign := range []string{p.Tenant("fabrikam.example").ID, "unknown"} {
		if err := f.SetSecondStep(w.ctx, w.sam(true), foreign, seen, want); !fault.Is(err, "not_found") {
			t.Errorf("of %s: %v", foreign, err)
		}
	}
	if err := f.SetSecondStep(w.ctx, p.Self(sam), w.tenant, seen, want); !fault.Is(err, "role_missing") {
		t.Errorf("as a person: %v", err)
	}
	if err := f.SetSecondStep(w.ctx, actor.Actor{}, w.tenant, seen, want); err == nil {
		t.Error("by nobody")
	}
	if w.policy().SecondStep.Members != (policies.Scope{Who: policies.Nobody}) {
		t.Errorf("%+v", w.policy().SecondStep)
	}
	if _, err := f.View(w.ctx, p.Administrator(ursula, home), w.tenant); !fault.Is(err, "role_missing") {
		t.Errorf("read by a User Administrator: %v", err)
	}
}

// Another organization's group is no group; one that was deleted means nobody and
// stays as it is until somebody chooses.
func TestSet_groups(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newWorld(t, p)
		f, who := p.App.Policies, w.sam(true)
		theirs, _, err := directory.GroupNamed(w.ctx, p.App.DB, p.Tenant("fabrikam.example").ID, "All guests")
		if err != nil {
			t.Fatal(err)
		}
		set := func(s policies.Scope) error {
			return f.SetSecondStep(w.ctx, who, w.tenant, w.mark(policies.SecondPart), policies.SecondStep{Members: s})
		}
		for _, id := range []string{theirs.ID, "unknown"} {
			if err := set(policies.Scope{Who: policies.OneGroup, Group: id}); !fault.Is(err, "group_missing") {
				t.Errorf("%s: %v", id, err)
			}
			if err := set(policies.Scope{Who: policies.Everybody, Except: id}); !fault.Is(err, "group_missing") {
				t.Errorf("%s: %v", id, err)
			}
		}
		review := w.group("Watch")
		if err := set(policies.Scope{Who: policies.OneGroup, Group: review}); err != nil {
			t.Fatal(err)
		}
		hers := p.Self(noor).AccountID
		if asked, err := policies.Of(w.ctx, p.App.DB, hers); err != nil || !asked.Second() {
			t.Errorf("%v %v", asked.SecondStep, err)
		}
		w.vanish(review)
		if asked, err := policies.Of(w.ctx, p.App.DB, hers); err != nil || asked.Second() {
			t.Errorf("of a group that is gone: %v %v", asked.SecondStep, err)
		}
		if v, err := f.View(w.ctx, who, w.tenant); err != nil || !v.Gone(policies.SecondPart) || v.Gone(policies.CampaignPart) {
			t.Errorf("%v", err)
		}
		if err := f.SetSecondStep(w.ctx, who, w.tenant, w.mark(policies.SecondPart), policies.SecondStep{Members: policies.Scope{Who: policies.OneGroup, Group: review}, Administrators: true}); err != nil {
			t.Errorf("a group that stood there stays: %v", err)
		}
	})
}

// vanish deletes a group as could be done once, although a policy speaks of it.
func (w world) vanish(group string) {
	w.t.Helper()
	for _, text := range []string{`DELETE FROM members WHERE group_id = $1`, `DELETE FROM groups WHERE id = $1`} {
		if _, err := w.App.DB.Exec(w.ctx, text, group); err != nil {
			w.t.Fatal(err)
		}
	}
}

// Nobody is asked for what they may not have.
func TestSet_lockedOut(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newWorld(t, p)
		f, who := p.App.Policies, w.sam(true)
		review := w.group("Watch")
		few := policies.Methods{accounts.Authenticator: {Who: policies.OneGroup, Group: review}}
		for _, t := range []accounts.MethodType{accounts.Passkey, accounts.HardwareToken, accounts.MobilePhone, accounts.AlternatePhone, accounts.OfficePhone} {
			few[t] = policies.Scope{Who: policies.Nobody}
		}
		if err := f.SetMethods(w.ctx, who, w.tenant, w.mark(policies.MethodsPart), few); err != nil {
			t.Fatal(err)
		}
		second := func(s policies.SecondStep) error {
			return f.SetSecondStep(w.ctx, who, w.tenant, w.mark(policies.SecondPart), s)
		}
		if err := second(policies.SecondStep{Members: everybody()}); !fault.Is(err, "locks_out") {
			t.Errorf("of all, with a method for a group: %v", err)
		}
		if err := second(policies.SecondStep{Members: policies.Scope{Who: policies.OneGroup, Group: review}, Administrators: true}); !fault.Is(err, "locks_out") {
			t.Errorf("of administrators too: %v", err)
		}
		if err := second(policies.SecondStep{Members: policies.Scope{Who: policies.OneGroup, Group: review}}); err != nil {
			t.Errorf("of the group: %v", err)
		}
		if err := f.SetMethods(w.ctx, who, w.tenant, w.mark(policies.MethodsPart), few.With(accounts.Authenticator, policies.Scope{Who: policies.OneGroup, Group: w.group("Spare")})); !fault.Is(err, "locks_out") {
			t.Errorf("taking it from the group: %v", err)
		}
	})
}

// A closing organization's policies stay as they are.
func TestSet_closing(t *testing.T) {
	p := sojourntest.Start(t)
	w := newWorld(t, p)
	if err := p.App.Directory.CloseTenant(w.ctx, actor.OperatorActor(), w.tenant); err != nil {
		t.Fatal(err)
	}
	err := p.App.Policies.SetLockOut(w.ctx, w.sam(true), w.tenant, w.mark(policies.LockOutPart), policies.LockOut{Free: 3, Most: 10})
	if !fault.Is(err, "tenant_closed") && !fault.Is(err, "role_missing") {
		t.Errorf("%v", err)
	}
}

// The log holds codes alone: who may not read values learns none.
func TestSet_logged(t *testing.T) {
	p := sojourntest.Start(t)
	w := newWorld(t, p)
	if err := p.App.Policies.SetPasswords(w.ctx, w.sam(true), w.tenant, w.mark(policies.PasswordsPart), policies.Passwords{Banned: []string{"harbour"}}); err != nil {
		t.Fatal(err)
	}
	row, err := db.One(w.ctx, p.App.DB, func(r db.Row) (x [2]string, err error) { err = r.Scan(&x[0], &x[1]); return }, `
		SELECT a.target, d.data FROM audit a JOIN audit_details d ON d.audit_id = a.id WHERE a.act = 'policy.passwords' AND d.subject = $1`, w.tenant)
	if err != nil || row[0] != w.tenant || !strings.Contains(row[1], "harbour") || !strings.Contains(row[1], "0 → 1") {
		t.Errorf("%q (%v)", row, err)
	}
}
