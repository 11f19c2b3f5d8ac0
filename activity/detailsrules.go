package activity

import (
	"slices"
	"strings"

	"sojourn/accounts"
)

// sort is what the values of a detail are.
type sort int

const (
	plain     sort = iota // a name, a number, an address: it says itself
	written               // what somebody wrote, arrows and all
	ways                  // methods, one or several
	within                // told with another detail
	inMinutes             // a number of them
	inDays                // …
	lasting               // a duration as Go writes it
	yesOrNo
	often  // yes is once
	people // all, nobody or a group, and a group that is left out
)

// detail is how one detail of a row is told.
type detail struct {
	label string // key of what is told; "" where the value says it all
	sort  sort
}

// told are the details that rows can have, by name. Where an act means something else
// by a name, it stands there under the act and the name. The log as a file has the names
// themselves.
var told = map[string]detail{
	"method": {sort: ways}, "way": {sort: within},
	"minutes": {"activity.detail.minutes", inMinutes}, "once": {"activity.detail.once", often},
	"tokens": {"activity.detail.tokens", plain}, "reason": {"activity.detail.reason", written},

	"name": {"activity.detail.name", plain}, "mail": {"activity.detail.mail", plain}, "address": {"activity.detail.mail", plain},
	"principal": {"activity.detail.principal", plain}, "description": {"activity.detail.description", plain},
	"statement": {"activity.detail.statement", plain}, "privacy": {"activity.detail.privacy", plain}, "technical": {"activity.detail.technical", plain},

	"members": {"activity.detail.members", people}, "administrators": {"activity.detail.administrators", yesOrNo},
	"guests": {"activity.detail.guests", yesOrNo}, "trust": {"activity.detail.trust", yesOrNo},

	"for": {"activity.detail.for", people}, "snooze": {"activity.detail.snooze", inDays}, "times": {"activity.detail.times", plain},

	"number": {"activity.detail.number", plain}, "methods": {"activity.detail.methods", ways}, "ask": {"activity.detail.ask", yesOrNo},
	"reconfirm": {"activity.detail.reconfirm", inDays}, "register": {"activity.detail.register", plain}, "answer": {"activity.detail.answer", plain},
	"owner": {"activity.detail.owner", yesOrNo}, "policy.reset administrators": {"activity.detail.others", yesOrNo},
	"helpdesk": {"activity.detail.helpdesk", plain},

	"words": {"activity.detail.words", plain}, "added": {"activity.detail.added", written}, "removed": {"activity.detail.removed", written},
	"free": {"activity.detail.free", plain}, "most": {"activity.detail.most", plain},
	"idle": {"activity.detail.idle", lasting}, "lasts": {"activity.detail.lasts", lasting}, "stay": {"activity.detail.stay", inDays},

	// Who may use a method.
	"authenticator": {"securityinfo.type.authenticator", people}, "passkey": {"securityinfo.type.passkey", people},
	"token": {"securityinfo.type.token", people}, "phone": {"securityinfo.type.phone", people}, "alternate": {"securityinfo.type.alternate", people},
	"office": {"securityinfo.type.office", people}, "pass": {"securityinfo.type.pass", people}, "email": {"securityinfo.type.email", people},
	"questions": {"securityinfo.type.questions", people},
}

// detailOf is how a detail of an act is told.
func detailOf(act, name string) (detail, bool) {
	if d, own := told[act+" "+name]; own {
		return d, true
	}
	d, known := told[name]
	return d, known
}

// others are the acts whose second thing is no id but what was chosen.
var others = map[string]detail{
	"setting.experience":          {"activity.detail.for", people},
	"setting.external_user_leave": {"activity.detail.leave", yesOrNo},
	"setting.undo_days":           {"activity.detail.undo", inDays},
}

// handle says whether the second id of an act is of something that has no name, such
// as a link or a pass: a reader of the page learns nothing by it.
func handle(act string) bool {
	switch act {
	case "link.create", "password.set", "user.link", "pass.give", "pass.use":
		return true
	}
	return false
}

// change parts the value of a detail of an act that changes things: it was one and is
// another.
func (d detail) change(act, value string) (was, is string, changed bool) {
	const arrow = " → "
	switch {
	case d.sort == written || strings.Count(value, arrow) != 1:
		return "", value, false
	case act == "user.rename", act == "group.rename", act == "tenant.properties", strings.HasPrefix(act, "policy."):
		was, is, _ = strings.Cut(value, arrow)
		return blank(was), blank(is), true
	}
	return "", value, false
}

// blank is "" for what stands for nothing.
func blank(value string) string {
	if value == "–" {
		return ""
	}
	return value
}

// types are the sorts of methods. Each has its words at securityinfo.type.…
var types = []accounts.MethodType{
	accounts.PasswordMethod, accounts.Authenticator, accounts.RecoveryCodes, accounts.MobilePhone, accounts.AlternatePhone, accounts.OfficePhone,
	accounts.HardwareToken, accounts.Passkey, accounts.AccessPass, accounts.Email, accounts.Questions,
}

// proofs are the ways to sign in that have words of their own, at activity.method.…:
// the password and what came second, by which way where it was sent.
var proofs = []string{
	"password+authenticator", "password+recovery", "password+phone", "password+phone.text", "password+phone.call", "password+alternate",
	"password+office", "password+passkey", "password+token",
}

// proofKeys are the messages that say with what somebody proved who they are.
func proofKeys(method, way string) []string {
	for _, code := range []string{method + "." + way, method} {
		if slices.Contains(proofs, code) {
			return []string{"activity.method." + code}
		}
	}
	var out []string
	for _, t := range strings.FieldsFunc(method, func(r rune) bool { return r == '+' || r == ' ' }) {
		if !slices.Contains(types, accounts.MethodType(t)) {
			return nil
		}
		out = append(out, "securityinfo.type."+t)
	}
	return out
}

// scope is for whom something is.
type scope struct{ who, group, except string }

// scopeOf reads what a row says of that: all, none, or a group by its id, and who is
// left out.
func scopeOf(code string) scope {
	code, except, _ := strings.Cut(code, " except ")
	s := scope{who: code, except: except}
	if code != "all" && code != "none" {
		s.who, s.group = "group", strings.TrimPrefix(code, "group ")
	}
	return s
}

// groupsIn are the ids of the groups that details of an act name.
func groupsIn(act string, values map[string]string) (out []string) {
	for name, value := range values {
		d, known := detailOf(act, name)
		if !known || d.sort != people {
			continue
		}
		was, is, _ := d.change(act, value)
		for _, code := range []string{was, is} {
			s := scopeOf(code)
			out = append(out, s.group, s.except)
		}
	}
	return out
}
