package requests

import (
	"slices"

	"sojourn/directory"
	"sojourn/internal/fault"
)

// right says who decides what.
func right(k Kind) directory.Right {
	if k == Removal || k == Restore {
		return directory.AnswerMemberships
	}
	return directory.AnswerRequests
}

// visible are the kinds that somebody with these roles decides about, and sees.
func visible(roles []directory.Role) []Kind {
	var out []Kind
	for _, k := range Kinds {
		if directory.Allows(roles, right(k)) {
			out = append(out, k)
		}
	}
	return out
}

// decides: nobody decides about themselves, nor about somebody of higher rank.
func decides(r Request, accountID string, own, theirs []directory.Role) error {
	if !directory.Allows(own, right(r.Kind)) {
		return fault.Missing()
	}
	if accountID == r.AccountID && accountID != "" {
		return fault.New(fault.Forbidden, "own_request", "requests.refused.own.title")
	}
	if r.Kind == Report {
		return nil // nothing is done to the user
	}
	return directory.MayActOn(own, theirs)
}

// official is an administrator with the roles they hold.
type official struct {
	UserID, AccountID string
	Roles             []directory.Role
}

// told is how many administrators a letter goes to.
const told = 6

// entitled are those who may decide about a request of somebody with these roles,
// the first few.
func entitled(all []official, k Kind, accountID string, theirs []directory.Role) []official {
	var out []official
	for _, o := range all {
		if decides(Request{Kind: k, AccountID: accountID}, o.AccountID, o.Roles, theirs) == nil && len(out) < told {
			out = append(out, o)
		}
	}
	return out
}

// global are the Global Administrators, all of them.
func global(all []official, accountID string) []official {
	var out []official
	for _, o := range all {
		if slices.Contains(o.Roles, directory.GlobalAdministrator) && o.AccountID != accountID {
			out = append(out, o)
		}
	}
	return out
}
