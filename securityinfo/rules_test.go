package securityinfo

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sojourn/internal/fault"
)

func TestAcceptable(t *testing.T) {
	about := []string{"Noor Haddad", "Contoso Ltd", "noor.haddad@contoso.example"}
	cases := []struct{ password, want string }{
		{"", "password_missing"},
		{"short but good", "password_short"},
		{"ünïcödé päss1", "password_short"}, // 13 code points, more octets
		{"plum kettle orbit", ""},
		{"plum kettle orb", ""},
		{"плов чайник орбита", ""},
		{"日本語のパスワードはとても長い", ""},
		{"e\u0301e\u0301 plum ket orb", ""},              // 15 composed
		{"e\u0301e\u0301 plum ke orb", "password_short"}, // 14 composed, 16 with the accents apart
		{strings.Repeat("ab cde fgh ", 94), "password_long"},
		{"aaaaaaaaaaaaaaaaaaaa", "password_repeated"},
		{"abcabcabcabcabcabc", "password_repeated"},
		{"ab1!ab1!ab1!ab1!ab1!", "password_repeated"},
		{"- - - - - - - - - - ", "password_repeated"},
		{"abcdefghijklmnopqrs", "password_sequence"},
		{"123456789012345", "password_sequence"},
		{"987654321098765", "password_sequence"},
		{"1234-5678-9012-345", "password_sequence"},
		{"qwertyuiopasdfgh", "password_sequence"},
		{"asdfghjklqwertyui", "password_sequence"},
		{"Azertyuiop-qsdfghj", "password_sequence"},
		{"poiuytrewq0987654321", "password_sequence"},
		{"zxcvbnm asdf harbour", ""},
		{"were treasured pots", ""},
		{"passwordpassword", "password_common"},
		{"PasswordPassword", "password_common"},
		{"P@ssw0rdP@ssw0rd", "password_common"},
		{"passwordpassword123", "password_common"},
		{"password password 2026!", "password_common"},
		{"correct horse battery staple", "password_common"},
		{"CorrectHorseBatteryStaple9", "password_common"},
		{"qwertyuiopasdfghjkl", "password_sequence"},
		{"1qaz2wsx3edc4rfv", "password_common"},
		{"administrator2026", "password_common"},
		{"welkom2025welkom2025", "password_common"},
		{"ditismijnwachtwoord", "password_common"},
		{"iloveyouiloveyou!", "password_common"},
		{"noorhaddadcontoso", "password_own"},
		{"Noor.Haddad.2026", "password_own"},
		{"contosocontosocontoso", "password_own"},
		{"noor.haddad@contoso.example", "password_own"},
		{"C0nt0s0 N00r Hadd4d", "password_own"},
		{"my.sojourn.noor", ""},
		{"sojourn sojourn noor", "password_own"},
		{"noor likes plum jam", ""},
		{"contoso has no moon", ""},
		{"7392 0148 5527 9316", ""},
		{"?!*&%$#@)(_+:><|", ""},
		{"noor 83920174620193", ""}, // the digits are what must be guessed
	}
	for _, c := range cases {
		err := acceptable(c.password, about...)
		got := ""
		if f, ok := fault.Of(err); ok {
			got = f.Code
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.password, got, c.want)
		}
	}
}

func TestAcceptable_octets(t *testing.T) {
	if acceptable(strings.Repeat("plum kettle orb ", 64)) != nil {
		t.Error("1,024 octets were refused")
	}
	if !fault.Is(acceptable(strings.Repeat("plum kettle orb ", 64)+"x"), "password_long") {
		t.Error("1,025 octets were taken")
	}
}

func TestCommonList(t *testing.T) {
	list := commonList()
	if len(list) < 2000 || !slices.IsSorted(list) {
		t.Fatalf("%d passwords, sorted: %v", len(list), slices.IsSorted(list))
	}
	for i, s := range list {
		if len(s) < 8 || squeeze(strings.ToLower(s)) != s || i > 0 && s == list[i-1] {
			t.Errorf("line %d: %q", i+1, s)
		}
	}
}

func TestWait(t *testing.T) {
	for n, want := range map[int]time.Duration{
		0: 0, 4: 0, 5: time.Second, 6: 2 * time.Second, 7: 4 * time.Second, 14: 512 * time.Second, 15: 15 * time.Minute, 99: 15 * time.Minute, 1 << 40: 15 * time.Minute,
	} {
		if got := passwordWords.wait(n); got != want {
			t.Errorf("after %d: %s, want %s", n, got, want)
		}
	}
}

func TestAllow(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		count int
		ago   time.Duration
		want  string
	}{
		{0, 0, ""}, {4, 0, ""}, {5, 0, "too_many_tries"}, {5, time.Second, ""}, {12, 2 * time.Minute, "too_many_tries"}, {12, 128 * time.Second, ""},
		{99, 15 * time.Minute, ""}, {100, 1000 * time.Hour, "tries_used_up"},
		{5, -1000 * time.Hour, "too_many_tries"}, // the clock was set back
	} {
		err := tries{c.count, now.Add(-c.ago)}.allow(now, passwordWords)
		got := ""
		if f, ok := fault.Of(err); ok {
			got = f.Code
		}
		if got != c.want {
			t.Errorf("%d tries, %s ago: %q, want %q", c.count, c.ago, got, c.want)
		}
	}
}

func TestDomainName(t *testing.T) {
	for typed, want := range map[string]string{
		"Contoso.Example": "contoso.example", " contoso.example. ": "contoso.example", "a.b-c.example": "a.b-c.example",
		"contoso": "", "": "", ".example": "", "-a.example": "", "a_b.example": "", "a..example": "", "contoso.example/x": "",
	} {
		got, err := domainName(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}
