package securityinfo

import (
	"strings"
	"testing"

	"sojourn/accounts"
	"sojourn/internal/fault"
)

func TestMayAddKey(t *testing.T) {
	var list []accounts.Method
	for range 30 {
		list = append(list, accounts.Method{Type: accounts.Authenticator})
	}
	for n := range 12 {
		if got := mayAddKey(list) == nil; got != (n < 10) {
			t.Errorf("with %d passkeys: %v", n, got)
		}
		list = append(list, accounts.Method{Type: accounts.Passkey})
	}
}

func TestMayRemoveKey(t *testing.T) {
	key := func(id string) accounts.Method { return accounts.Method{ID: id, Type: accounts.Passkey} }
	app := accounts.Method{ID: "app", Type: accounts.Authenticator}
	for name, c := range map[string]struct {
		list     []accounts.Method
		password bool
		want     bool
	}{
		"the only one, beside a password":  {[]accounts.Method{key("a")}, true, true},
		"the only one, without a password": {[]accounts.Method{key("a")}, false, false},
		"an app signs nobody in":           {[]accounts.Method{key("a"), app}, false, false},
		"one of two, without a password":   {[]accounts.Method{key("a"), key("b")}, false, true},
		"a pass, which does not last":      {[]accounts.Method{key("a"), {ID: "p", Type: accounts.AccessPass}}, false, false},
	} {
		err := mayRemoveKey(c.list, "a", c.password)
		if (err == nil) != c.want || err != nil && !fault.Is(err, "last_way_in") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKeyName(t *testing.T) {
	for typed, want := range map[string]string{
		"": "name_missing", " \t ": "name_missing", "Blue key": "", "  my   phone ": "", strings.Repeat("x", 60): "", strings.Repeat("x", 61): "name_long", "a\u202eb": "name_characters",
	} {
		name, err := keyName(typed)
		if why, ok := fault.Of(err); ok != (want != "") || ok && why.Code != want {
			t.Errorf("%q: %v, want %q", typed, err, want)
		}
		if err == nil && (name == "" || strings.Contains(name, "  ")) {
			t.Errorf("%q is called %q", typed, name)
		}
	}
}

func TestPartAnswer(t *testing.T) {
	for sent, want := range map[string]bool{"": false, "x": false, ".": false, "x.": false, ".x": false, "x.y": true, "x.{}.": true} {
		if _, _, ok := partAnswer(sent); ok != want {
			t.Errorf("%q: %v", sent, ok)
		}
	}
	if secret, answer, _ := partAnswer(`abc.{"a":"b.c"}`); secret != "abc" || answer != `{"a":"b.c"}` {
		t.Error(secret, answer)
	}
}

func TestKeptWhere(t *testing.T) {
	for want, m := range map[string]accounts.Method{
		"backedUp": {BackedUp: true, Portable: true}, "oneKey": {Portable: true}, "oneDevice": {},
	} {
		if got := keptWhere(m); got != "securityinfo.passkeys."+want {
			t.Errorf("%+v: %s", m, got)
		}
	}
}
