package activity

import (
	"strings"
	"time"

	"github.com/a-h/templ"

	"sojourn/internal/agent"
	"sojourn/internal/i18n"
	"sojourn/ui"
)

// day is the sign-ins of one day on the person's clock.
type day struct {
	ID      string
	Date    time.Time
	SignIns []SignIn
}

// days parts sign-ins by day, in their order.
func days(s *ui.Shell, list []SignIn) []day {
	var out []day
	for _, one := range list {
		at := local(s, one.At)
		id := at.Format("d-2006-01-02")
		if len(out) == 0 || out[len(out)-1].ID != id {
			out = append(out, day{ID: id, Date: at})
		}
		out[len(out)-1].SignIns = append(out[len(out)-1].SignIns, one)
	}
	return out
}

// title is a day as people say it.
func (d day) title(s *ui.Shell) templ.Component {
	switch i18n.Days(d.Date, local(s, s.Now)) {
	case 0:
		return s.Msg("activity.day.today")
	case 1:
		return s.Msg("activity.day.yesterday")
	}
	return ui.Date(s, d.Date)
}

func local(s *ui.Shell, t time.Time) time.Time {
	if s.Zone == nil {
		return t.UTC()
	}
	return t.In(s.Zone)
}

// clock is the time of day, with seconds: tries come fast.
func clock(s *ui.Shell, t time.Time) string { return local(s, t).Format(time.TimeOnly) }

// row names a sign-in or session in what one can do with it.
func row(s *ui.Shell, t time.Time) string {
	return s.Locale.Date(local(s, t)) + ", " + clock(s, t)
}

// browserWords says what a browser calls itself: "Firefox 150 on Windows".
func browserWords(s *ui.Shell, header string) templ.Component {
	a := agent.Of(header)
	switch {
	case a.Browser == "" && a.System == "":
		return s.Msg("activity.browser.unknown")
	case a.Browser == "":
		return ui.Text(a.System)
	case a.System == "":
		return ui.Text(a.Browser)
	}
	return s.Msg("activity.browser.on", "browser", a.Browser, "system", a.System)
}

// whence is browser, system and network address on one line.
func whence(s *ui.Shell, header, address string) templ.Component {
	if address == "" {
		return browserWords(s, header)
	}
	return s.Msg("activity.whence", "browser", browserWords(s, header), "address", ui.CodeAddress(address))
}

// What beside a sign-in a person sees of their own account.
const (
	rightPassword = "session.password" // a second step was asked then
	reset         = "password.reset"
)

// sign is what a row begins with.
func (i SignIn) sign() (ui.Kind, string) {
	switch {
	case i.Act == rightPassword:
		return ui.Neutral, "key"
	case i.Act == reset && i.Done:
		return ui.Warn, "key"
	case i.Done:
		return ui.Good, "check"
	}
	return ui.Bad, "warning"
}

// title says how a sign-in went.
func (i SignIn) title(s *ui.Shell) templ.Component {
	switch {
	case i.Act == rightPassword:
		return s.Msg("activity.signIn.password")
	case i.Act == reset && i.Done:
		return s.Msg("activity.signIn.reset")
	case i.Act == reset:
		return s.Msg("activity.signIn.resetRefused")
	case i.Done:
		return s.Msg("activity.signIn.done")
	}
	return s.Msg("activity.signIn.refused")
}

// organization is the one a sign-in was for: the one selected, else the home.
func (i SignIn) organization(s *ui.Shell) string {
	if i.Organization == "" && s.Person != nil {
		return s.Person.Home
	}
	return i.Organization
}

// byPassword says whether a sign-in began with the password. Rows that do not say how
// are older than every other way.
func (i SignIn) byPassword() bool { return i.Method == "" || strings.HasPrefix(i.Method, "password") }

// reason says why a sign-in was refused.
func (i SignIn) reason(s *ui.Shell) templ.Component {
	switch i.Reason {
	case "wrong_password", "password_changed", "flow_over", "wrong_proof":
		return s.Msg("activity.reason." + i.Reason)
	case "account_disabled", "account_ended", "organization_closed", "wrong_code", "code_used":
		if i.byPassword() {
			return s.Msg("activity.reason." + i.Reason)
		}
	}
	return s.Msg("activity.reason.other", "why", because(s, i.Reason))
}

// advice says what to do about a sign-in that one does not know.
func (i SignIn) advice(s *ui.Shell) templ.Component {
	switch {
	case i.Act == rightPassword:
		return s.Msg("activity.advice.password")
	case i.Act == reset && i.Done:
		return s.Msg("activity.advice.reset")
	case i.Act == reset:
		return s.Msg("activity.advice.resetRefused")
	case i.Done && i.byPassword():
		return s.Msg("activity.advice.done")
	case i.Done:
		return s.Msg("activity.advice.method")
	case i.Reason == "wrong_password":
		return s.Msg("activity.advice.wrong")
	case i.byPassword():
		return s.Msg("activity.advice.right")
	}
	return s.Msg("activity.advice.other")
}

// method is what somebody proved themselves with.
func (i SignIn) method(s *ui.Shell) string { return proofWords(s, i.Method, i.Way) }

// first is the way back to the newest, from where there is one.
func first(s *ui.Shell, there bool) templ.SafeURL {
	if !there {
		return ""
	}
	return s.Href("/activity")
}
