package groups

import (
	"testing"

	"sojourn/directory"
	"sojourn/internal/fault"
)

func TestMeant(t *testing.T) {
	noor := directory.User{ID: "noor", PrincipalName: "Noor@contoso.example", Mail: "info@contoso.example"}
	sam := directory.User{ID: "sam", PrincipalName: "sam@contoso.example", Mail: "info@contoso.example"}
	ann := directory.User{ID: "ann", PrincipalName: "ann_fabrikam.example#EXT#@contoso.example", Mail: "a.lee@fabrikam.example", InvitedSubject: "ann@fabrikam.example"}
	info := directory.User{ID: "info", PrincipalName: "info@contoso.example"}
	for name, test := range map[string]struct {
		users []directory.User
		typed string
		want  string
		why   string
	}{
		"a principal name":                      {[]directory.User{noor, sam}, " noor@CONTOSO.example", "noor", ""},
		"a mail address":                        {[]directory.User{ann}, "a.lee@fabrikam.example", "ann", ""},
		"the address that was invited":          {[]directory.User{ann}, "Ann@fabrikam.example", "ann", ""},
		"a mail address of two":                 {[]directory.User{noor, sam}, "info@contoso.example", "", "directory.group.member.several"},
		"… that is the principal name of one":   {[]directory.User{noor, info, sam}, "info@contoso.example", "info", ""},
		"of nobody":                             {nil, "nobody@contoso.example", "", "directory.group.member.unknown"},
		"of somebody found by a longer address": {[]directory.User{sam}, "am@contoso.example", "", "directory.group.member.unknown"},
	} {
		got, err := meant(test.users, test.typed)
		wrong, refused := fault.Of(err)
		if got.ID != test.want || refused != (test.why != "") || refused && wrong.Key != test.why {
			t.Errorf("%s: %q, %v", name, got.ID, err)
		}
	}
}
