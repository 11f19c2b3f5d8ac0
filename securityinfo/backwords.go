package securityinfo

import (
	"slices"

	"sojourn/accounts"
)

// backTypes are the methods that help to get back in only.
var backTypes = []accounts.MethodType{accounts.Email, accounts.Questions}

// Backs are those that the person has.
func (i Info) Backs() (out []accounts.Method) {
	for _, m := range i.Methods {
		if slices.Contains(backTypes, m.Type) {
			out = append(out, m)
		}
	}
	return out
}

// Helps says whether one of them can be added or changed.
func (i Info) Helps(kind accounts.MethodType) bool {
	return helps(i.Asked, kind) && (kind != accounts.Email || i.Mails)
}

func backPath(kind accounts.MethodType) string { return "/security-info/" + string(kind) }
