package securityinfo

import (
	"testing"

	"sojourn/accounts"
	"sojourn/internal/fault"
)

func TestMayTake(t *testing.T) {
	available, waits := accounts.Token{ID: "t"}, accounts.Token{ID: "t", Assigned: "u"}
	used := accounts.Token{ID: "t", Owner: "a"}
	for name, x := range map[string]struct {
		t          accounts.Token
		user       string
		administer bool
		want       bool
	}{
		"nobody's, by a member":                   {available, "u", false, true},
		"nobody's, by somebody with a role":       {available, "u", true, false},
		"one's own":                               {waits, "u", false, true},
		"one's own, with a role":                  {waits, "u", true, true},
		"another's":                               {waits, "v", false, false},
		"another's, with a role":                  {waits, "v", true, false},
		"in use":                                  {used, "u", false, false},
		"in use, and waiting for them":            {accounts.Token{Owner: "a", Assigned: "u"}, "u", true, false},
		"nobody's, by somebody who is no user":    {available, "", false, false},
		"nobody's, by somebody without home here": {available, "", true, false},
	} {
		if got := mayTake(x.t, x.user, x.administer); got != x.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	if !fault.Is(noToken(true), "serial_unassigned") || !fault.Is(noToken(false), "serial_unknown") {
		t.Error(noToken(true), noToken(false))
	}
}
