package usermethods

import (
	"testing"

	"sojourn/accounts"
	"sojourn/internal/fault"
)

func TestMayChange(t *testing.T) {
	for _, c := range []struct {
		home, self bool
		code       string
	}{
		{true, false, ""}, {false, false, "not_home"}, {true, true, "own_methods"}, {false, true, "own_methods"},
	} {
		err := mayChange(c.home, c.self, "Ann")
		if (err == nil) != (c.code == "") || err != nil && !fault.Is(err, c.code) {
			t.Errorf("home %t, self %t: %v, want %q", c.home, c.self, err, c.code)
		}
	}
}

func TestPasswordAlone(t *testing.T) {
	app, other, codes := accounts.Method{ID: "a", Type: accounts.Authenticator}, accounts.Method{ID: "b", Type: "phone"}, accounts.Method{ID: "c", Type: accounts.RecoveryCodes}
	for _, c := range []struct {
		list    []accounts.Method
		without string
		want    bool
	}{
		{[]accounts.Method{app}, "a", true}, {[]accounts.Method{app, codes}, "a", true}, {[]accounts.Method{app, codes}, "c", false},
		{[]accounts.Method{app, other}, "a", false}, {nil, "a", true},
	} {
		if got := passwordAlone(c.list, c.without); got != c.want {
			t.Errorf("%v without %s: %t", c.list, c.without, got)
		}
	}
}

func TestTypeOf(t *testing.T) {
	list := []accounts.Method{{ID: "a", Type: accounts.Authenticator}, {ID: "c", Type: accounts.RecoveryCodes}, {ID: "n", Type: "not known yet"}}
	if got := chosen(list, typeOf("")); len(got) != 3 {
		t.Errorf("any type: %v", got)
	}
	if got := chosen(list, typeOf(accounts.RecoveryCodes)); len(got) != 1 || got[0].ID != "c" {
		t.Errorf("recovery codes: %v", got)
	}
}
