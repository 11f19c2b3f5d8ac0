package directory

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sojourn/internal/fault"
)

func TestRank(t *testing.T) {
	global, user, privacy := []Role{GlobalAdministrator}, []Role{UserAdministrator}, []Role{PrivacyAdministrator}
	for name, test := range map[string]struct {
		own, theirs []Role
		may         bool
	}{
		"a Global Administrator on another":              {global, global, true},
		"a Global Administrator on a User Administrator": {global, user, true},
		"a User Administrator on nobody special":         {user, nil, true},
		"a User Administrator on a Guest Inviter":        {user, []Role{GuestInviter}, true},
		"a User Administrator on another":                {user, user, false},
		"a User Administrator on a Global Administrator": {user, global, false},
		"… who is a Guest Inviter too":                   {user, []Role{GuestInviter, GlobalAdministrator}, false},
		"a Privacy Administrator on a Guest Inviter":     {privacy, []Role{GuestInviter}, false},
		"a Guest Inviter on a Reports Reader":            {[]Role{GuestInviter}, []Role{ReportsReader}, false},
		"somebody with two roles, by the higher":         {[]Role{ReportsReader, GlobalAdministrator}, global, true},
	} {
		err := MayActOn(test.own, test.theirs)
		if test.may != (err == nil) || err != nil && !fault.Is(err, "rank_too_low") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRights(t *testing.T) {
	for role, rights := range map[Role][]Right{
		GlobalAdministrator:         {ReadDirectory, ReadDeleted, ManageUsers, InviteGuests, ManageRoles, ManageProperties, ManageMethods, SendLinks},
		UserAdministrator:           {ReadDirectory, ReadDeleted, ManageUsers, InviteGuests, ManageRoles, SendLinks},
		PrivacyAdministrator:        {ReadDirectory, ReadDeleted},
		AuthenticationAdministrator: {ReadDirectory, ManageMethods, SendLinks},
		GuestInviter:                {ReadDirectory, InviteGuests},
		ReportsReader:               {ReadDirectory},
	} {
		for _, right := range []Right{ReadDirectory, ReadDeleted, ManageUsers, InviteGuests, ManageRoles, ManageProperties, ManageMethods, SendLinks} {
			if got, want := Allows([]Role{role}, right), slices.Contains(rights, right); got != want {
				t.Errorf("%s, %s: %t, want %t", role, right, got, want)
			}
		}
	}
	if Allows(nil, ReadDirectory) || Allows([]Role{GlobalAdministrator}, "something new") {
		t.Error("a right that nobody was given is allowed")
	}
}

func TestLastAdministratorRule(t *testing.T) {
	for name, test := range map[string]struct {
		effective bool
		others    int
		state     TenantState
		refused   bool
	}{
		"the last":             {true, 0, TenantActive, true},
		"the last, frozen":     {true, 0, TenantFrozen, true},
		"the last, closed":     {true, 0, TenantClosed, false},
		"one of two":           {true, 1, TenantActive, false},
		"not effective at all": {false, 0, TenantActive, false},
	} {
		if err := lastAdministrator(test.effective, test.others, test.state); (err != nil) != test.refused {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPurgeable(t *testing.T) {
	now := time.Date(2026, 6, 11, 9, 41, 0, 0, time.UTC)
	deleted := User{DeletedAt: now.Add(-Retention), PurgeAt: now}
	held, live, early := deleted, User{}, deleted
	held.HoldAt, early.PurgeAt = now, now.Add(time.Microsecond)
	for name, test := range map[string]struct {
		user User
		want bool
	}{
		"due": {deleted, true}, "held": {held, false}, "live": {live, false}, "a moment early": {early, false},
	} {
		if got := purgeable(test.user, now); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestHeartbeat(t *testing.T) {
	now := time.Date(2026, 6, 11, 9, 41, 0, 0, time.UTC)
	doubt := now.Add(-3 * time.Hour)
	for name, test := range map[string]struct {
		last, since time.Time
		want        time.Time
	}{
		"the first beat":          {time.Time{}, time.Time{}, time.Time{}},
		"a beat in time":          {now.Add(-5 * time.Minute), time.Time{}, time.Time{}},
		"two days, just":          {now.Add(-48 * time.Hour), time.Time{}, time.Time{}},
		"a jump":                  {now.Add(-49 * time.Hour), time.Time{}, now},
		"steady again, in doubt":  {now.Add(-5 * time.Minute), doubt, doubt},
		"a second jump":           {now.Add(-60 * time.Hour), doubt, now},
		"a doubt from the future": {now.Add(-5 * time.Minute), now.Add(1000 * time.Hour), now},
		"the clock has gone back": {now.Add(90 * time.Hour), time.Time{}, now},
	} {
		if got := beat(now, test.last, test.since); !got.Equal(test.want) {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
	if !steady(now, time.Time{}) || steady(now, now.Add(-23*time.Hour)) || !steady(now, now.Add(-24*time.Hour)) {
		t.Error("the clock is believed after a day of steady beats, not before")
	}
}

func TestDaysLeft(t *testing.T) {
	now := time.Date(2026, 6, 11, 9, 41, 0, 0, time.UTC)
	for left, want := range map[time.Duration]int{
		30 * 24 * time.Hour: 30, 30*24*time.Hour - time.Minute: 30, 24 * time.Hour: 1, time.Minute: 1, 0: 0, -time.Hour: 0,
	} {
		if got := (User{PurgeAt: now.Add(left)}).DaysLeft(now); got != want {
			t.Errorf("%s: %d, want %d", left, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for domain, good := range map[string]bool{
		"contoso.example": true, "Contoso.Example": true, "a.b.c.example": true, "xn--nxasmq6b.example": true, "contoso.example.": true,
		"contoso": false, "": false, "-a.example": false, "a-.example": false, "a..example": false, "http://a.example": false,
		"a b.example": false, "a_b.example": false, strings.Repeat("a", 64) + ".example": false,
	} {
		if _, err := domainName(domain); (err == nil) != good {
			t.Errorf("domain %q: %v", domain, err)
		}
	}
	for address, good := range map[string]bool{
		"": true, "https://contoso.example/privacy": true, "http://contoso.example": true,
		"contoso.example": false, "javascript:alert(1)": false, "https://": false, "https://user@contoso.example": false, "ftp://a.example": false, "https://a.example/" + strings.Repeat("a", 500): false,
	} {
		if _, err := statement(address); (err == nil) != good {
			t.Errorf("statement %.40q: %v", address, err)
		}
	}
	for name, good := range map[string]bool{"Contoso Ltd": true, " ": false, strings.Repeat("ж", 120): true, strings.Repeat("ж", 121): false, "a\u202eb": false} {
		if _, err := tenantName(name); (err == nil) != good {
			t.Errorf("name %.40q: %v", name, err)
		}
	}
	if got := guestPrincipal("Ann@Fabrikam.Example", "contoso.example"); got != "ann_fabrikam.example#EXT#@contoso.example" {
		t.Error(got)
	}
}

func TestParseRole(t *testing.T) {
	for typed, want := range map[string]Role{"Global Administrator": GlobalAdministrator, "global-administrator": GlobalAdministrator, "GuestInviter": GuestInviter, "guest_inviter": GuestInviter, "Root": "", "": ""} {
		if got, known := ParseRole(typed); got != want || known != (want != "") {
			t.Errorf("%q: %q, %t", typed, got, known)
		}
	}
}

func TestWords(t *testing.T) {
	got := words("Jürgen Weiß-O’Neil", "juergen.weiss_northwind.example#EXT#@contoso.example", "J.Weiss@Northwind.example")
	for _, want := range []string{"jürgen", "weiß", "neil", "juergen", "j.weiss@northwind.example", "northwind", "contoso"} {
		if !slices.Contains(got, want) {
			t.Errorf("%v lacks %q", got, want)
		}
	}
	if long := words(strings.Repeat("é", 100)); len(long) != 1 || len(long[0]) > maxWord || !strings.HasPrefix(long[0], "éé") {
		t.Errorf("%d octets kept of a long word", len(long[0]))
	}
}

func TestCursor(t *testing.T) {
	c := Cursor{Key: []byte{0, 0xff, 'a'}, ID: "00000000-0000-4000-8000-000000000000"}
	if got := ParseCursor(c.String()); string(got.Key) != string(c.Key) || got.ID != c.ID {
		t.Errorf("%+v", got)
	}
	for _, bad := range []string{"", "x", "!!.id", "."} {
		if got := ParseCursor(bad); len(got.Key) != 0 {
			t.Errorf("%q: %+v", bad, got)
		}
		if ParseCursor(bad).Bytes() == nil {
			t.Errorf("%q compares with NULL", bad)
		}
	}
}
