package accounts

import (
	"testing"
	"time"
)

func TestFactors(t *testing.T) {
	at := func(n int64) time.Time { return time.Unix(n, 0) }
	old := Method{ID: "old", Type: Authenticator, CreatedAt: at(1)}
	young := Method{ID: "young", Type: Authenticator, CreatedAt: at(2)}
	chosen := Method{ID: "chosen", Type: Authenticator, CreatedAt: at(3), Default: true}
	codes := Method{ID: "codes", Type: RecoveryCodes, CreatedAt: at(0), Left: 2}
	used := Method{ID: "codes", Type: RecoveryCodes, CreatedAt: at(0)}
	for name, c := range map[string]struct {
		list       []Method
		want       string // ids in order
		theDefault string
	}{
		"nothing":                       {nil, "", ""},
		"codes alone ask for nothing":   {[]Method{codes}, "", ""},
		"one app":                       {[]Method{young}, "young ", "young"},
		"codes come last":               {[]Method{codes, young}, "young codes ", "young"},
		"used up codes are none":        {[]Method{used, young}, "young ", "young"},
		"the first added is the first":  {[]Method{young, old}, "old young ", "old"},
		"the chosen one comes first":    {[]Method{old, young, codes, chosen}, "chosen old young codes ", "chosen"},
		"passkeys are one":              {[]Method{old, {ID: "key", Type: Passkey, CreatedAt: at(2)}, {ID: "other", Type: Passkey, CreatedAt: at(3)}, codes}, "old key codes ", "old"},
		"a passkey is chosen":           {[]Method{old, {ID: "key", Type: Passkey, CreatedAt: at(2)}, {ID: "other", Type: Passkey, CreatedAt: at(3), Default: true}}, "other old ", "other"},
		"added at once, told by its id": {[]Method{{ID: "b", Type: Authenticator}, {ID: "a", Type: Authenticator}}, "a b ", "a"},
	} {
		got, isDefault := "", ""
		for _, f := range Factors(sorted(c.list), func(m Method) []Way { return []Way{m.Way} }) {
			got += f.ID + " "
			if f.Default {
				isDefault += f.ID
			}
		}
		if got != c.want || isDefault != c.theDefault {
			t.Errorf("%s: %q with the default %q, want %q with %q", name, got, isDefault, c.want, c.theDefault)
		}
	}
}
