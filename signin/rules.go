package signin

import (
	"strings"
	"time"
	"unicode"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/policies"
)

// codeUsedPath is where somebody reads what to do after a recovery code.
const codeUsedPath = "/security-info/recovery-codes/used"

const (
	staysFor    = 30 * 24 * time.Hour // signed in at most, where the person asked for it
	manageIdle  = time.Hour
	flowLife    = 15 * time.Minute
	cookieLife  = 400 * 24 * time.Hour // of the mark by which a browser is known
	touchEvery  = time.Minute
	noticeLife  = 7 * 24 * time.Hour // of the link in a mail about a new browser
	maxName     = 254                // octets of a mail address, RFC 5321 4.5.3.1.3
	clockJitter = time.Minute
)

// step is where a flow stands; every step has one successor.
type step string

const (
	stepPassword step = "password" // the name is fixed, the password is asked
	stepSecond   step = "second"   // the password was right, a second factor is asked
	stepDone     step = "done"
)

// purpose is what the last step of a flow allows, and nothing else.
type purpose string

const (
	toSignIn purpose = "signin"
	toProve  purpose = "prove" // afresh, in a session that stands
	toEnter  purpose = "enter" // an organization that asks for a method bound to it
)

// chosen is the factor that a page asks for: the one named, else the default.
func chosen(list []accounts.Factor, factorID string) (accounts.Factor, bool) {
	for _, f := range list {
		if f.ID == factorID {
			return f, true
		}
	}
	if len(list) == 0 {
		return accounts.Factor{}, false
	}
	return list[0], true
}

// signinName takes what was typed as a name. Whether anybody has it is not asked
// here.
func signinName(typed string) (string, error) {
	s := strings.TrimSpace(typed)
	if s == "" {
		return "", fault.New(fault.Invalid, "name_missing", "signin.name.missing").Field("name", "signin.name.missing")
	}
	if len(s) > maxName || strings.ContainsFunc(s, unicode.IsControl) {
		return "", fault.New(fault.Invalid, "name_invalid", "signin.name.invalid").Field("name", "signin.name.invalid")
	}
	return s, nil
}

// standing is what the gate knows of an account and its home.
type standing struct {
	Account     string
	Active      bool
	HomeUser    string // "" for accounts without a home
	HomeLive    bool
	HomeEnabled bool
	HomeTenant  string
	HomeClosed  bool
}

// admit says whether an account may be signed in at all. It is asked after the
// password was right: the reason is nobody else's to read.
func admit(s standing) error {
	switch {
	case !s.Active:
		return fault.New(fault.Forbidden, "account_ended", "signin.refused.ended")
	case s.HomeUser == "":
		return nil
	case s.HomeClosed:
		return fault.New(fault.Forbidden, "organization_closed", "signin.refused.closed")
	case !s.HomeLive, !s.HomeEnabled:
		return fault.New(fault.Forbidden, "account_disabled", "signin.refused.disabled")
	}
	return nil
}

// target is what the audit log calls the person: the user of the home
// organization, who may read it, else the account.
func (s standing) target() string {
	if s.HomeUser != "" {
		return s.HomeUser
	}
	return s.Account
}

// office is what the gate knows of an account in a tenant it wants to administer.
type office struct {
	TenantID, TenantName, TenantState string
	UserID                            string
	Enabled                           bool
	ExternalState                     string
	ManagedAt                         time.Time
	Entered                           bool
	Roles                             []string
	Guest                             bool
	Second                            bool   // the session has taken a second step
	Asks                              bool   // the organization has said of whom it requires one
	Bound, Shown                      string // id of the method bound to the organization, and of the one shown in the session
}

// administer says whether somebody may enter the administration of a tenant.
// Unknown and foreign tenants look alike; who is there without a role is told so.
func administer(o office, found bool, provedAt, now time.Time) error {
	switch {
	case !found:
		return notYours()
	case !o.Enabled, o.ExternalState != "" && o.ExternalState != "Accepted", len(o.Roles) == 0:
		return fault.New(fault.Forbidden, "not_administrator", "signin.manage.role.title")
	case o.TenantState == "closed": // one that is closing can still be looked at, and opened again
		return fault.New(fault.Forbidden, "organization_not_active", "signin.manage.closed.title")
	case now.Sub(later(o.ManagedAt, provedAt)) > manageIdle:
		return fault.New(fault.Proof, "proof_needed", "signin.prove.title")
	}
	return nil
}

func notYours() error {
	return fault.New(fault.NotFound, "organization_not_yours", "signin.tenant.unknown.title")
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// due says whether something last noted at last is to be noted again.
func due(last, now time.Time) bool { return last.IsZero() || now.Sub(last) >= touchEvery }

// life is how long a session can be used: at most, and without use.
type life struct {
	Lasts, Idle time.Duration
	Stays       bool // however long it is not used
}

// lives is the life of a session under a policy. Who may not stay signed in does
// not, whatever their form said.
func lives(p policies.Sessions, stays bool) life {
	if stays && p.Stay > 0 {
		return life{Lasts: min(time.Duration(p.Stay)*24*time.Hour, staysFor), Idle: p.Idle, Stays: true}
	}
	return life{Lasts: p.Lasts, Idle: p.Idle}
}

// registers is what stands between a session and the rest of the portal.
type registers string

const (
	nothingDue registers = ""
	mustSetUp  registers = "must" // before anything else
	isAsked    registers = "ask"  // and may skip it
)

// ending is when a session that is used now ends, and whether using it on puts
// that off.
func ending(seen, expires time.Time, stays bool, idle time.Duration, now time.Time) (at time.Time, final bool) {
	if stays {
		return expires, true
	}
	if due(seen, now) {
		seen = now
	}
	if left := seen.Add(idle); left.Before(expires) {
		return left, false
	}
	return expires, true
}

// askedAgain is when the administration of a tenant, used now, asks for the
// password again.
func askedAgain(managed, proved, now time.Time) time.Time {
	if due(managed, now) {
		managed = now
	}
	return later(managed, proved).Add(manageIdle)
}

// past takes the jitter between two clocks out of a moment that has been: the
// database set it, this process reads it.
func past(t, now time.Time) time.Time {
	if t.After(now) && t.Sub(now) < clockJitter {
		return now
	}
	return t
}
