package policies

import (
	"slices"
	"strconv"
	"strings"
)

// changed is what the audit log holds of a change: old and new value of what is
// different, as codes. Groups are named by their ids alone.
func changed(before, after Policy, part Part) map[string]string {
	before.tidy()
	after.tidy()
	was, is := before.codes(part), after.codes(part)
	out := map[string]string{}
	for name, value := range is {
		if was[name] != value {
			out[name] = was[name] + " → " + value
		}
	}
	if part == PasswordsPart {
		put(out, "added", without(after.Passwords.Banned, before.Passwords.Banned))
		put(out, "removed", without(before.Passwords.Banned, after.Passwords.Banned))
	}
	return out
}

func (s Scope) code() string {
	code := string(s.Who)
	if s.Group != "" {
		code += " " + s.Group
	}
	if s.Except != "" {
		code += " except " + s.Except
	}
	return code
}

// codes is a part as names and values.
func (p Policy) codes(part Part) map[string]string {
	switch part {
	case SecondPart:
		s := p.SecondStep
		return map[string]string{"members": s.Members.code(), "administrators": yes(s.Administrators), "guests": yes(s.Guests), "trust": yes(s.TrustHome)}
	case MethodsPart:
		out := map[string]string{}
		for _, t := range Governed {
			out[string(t)] = p.Methods.Scope(t).code()
		}
		return out
	case CampaignPart:
		return map[string]string{"for": p.Campaign.For.code(), "snooze": strconv.Itoa(p.Campaign.Snooze), "times": strconv.Itoa(p.Campaign.Times)}
	case ResetPart:
		return p.Reset.codes()
	case PasswordsPart:
		return map[string]string{"words": strconv.Itoa(len(p.Passwords.Banned))}
	case LockOutPart:
		return map[string]string{"free": strconv.Itoa(p.LockOut.Free), "most": strconv.Itoa(p.LockOut.Most)}
	case SessionsPart:
		return map[string]string{"idle": p.Sessions.Idle.String(), "lasts": p.Sessions.Lasts.String(), "stay": strconv.Itoa(p.Sessions.Stay)}
	}
	return nil
}

func (r Reset) codes() map[string]string {
	var methods []string
	for _, t := range r.Methods {
		methods = append(methods, string(t))
	}
	return map[string]string{
		"for": r.For.code(), "number": strconv.Itoa(r.Number), "methods": strings.Join(methods, " "), "ask": yes(r.Register), "reconfirm": strconv.Itoa(r.Reconfirm),
		"register": strconv.Itoa(r.ToRegister), "answer": strconv.Itoa(r.ToAnswer), "owner": yes(r.TellOwner), "administrators": yes(r.TellAdmins), "helpdesk": r.Helpdesk,
	}
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// named is how many words a line of the log names.
const named = 20

func put(out map[string]string, name string, words []string) {
	if len(words) == 0 {
		return
	}
	more := ""
	if len(words) > named {
		words, more = words[:named], " …"
	}
	out[name] = strings.Join(words, ", ") + more
}

func without(list, gone []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(w string) bool {
		_, there := slices.BinarySearch(gone, w)
		return there
	})
}
