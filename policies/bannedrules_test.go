package policies

import (
	"slices"
	"strings"
	"testing"
)

// The examples are those of the scoring's first description, and its edges.
func TestScore(t *testing.T) {
	words := []string{"contoso", "blank", "rotterdam", "€uro zone"}
	for _, c := range []struct {
		password string
		names    []string
		points   int
		refused  bool
		found    []string
	}{
		{"C0ntos0Blank12", nil, 4, true, []string{"contoso", "blank"}},
		{"ContoS0Bl@nkf9!", nil, 5, false, []string{"contoso", "blank"}},
		{"contoso", nil, 1, true, []string{"contoso"}},
		{"contosso", nil, 1, true, []string{"contoso"}}, // one put in
		{"conoso", nil, 1, true, []string{"contoso"}},   // one left out
		{"kontoso", nil, 1, true, []string{"contoso"}},  // one changed
		{"kontosso", nil, 8, false, nil},                // two are two
		{"C0NT0$0", nil, 1, true, []string{"contoso"}},  // every disguise
		{"b1@nk", nil, 1, true, []string{"blank"}},      // 1 is l
		{"contosocontosocontoso", nil, 3, true, []string{"contoso"}},
		{"contosocontosocontosocontosocontoso", nil, 5, false, []string{"contoso"}},
		{"a harbour full of quiet rain", nil, 28, false, nil},
		{"", nil, 0, true, nil},
		{"abcd", nil, 4, true, nil},
		{"ROTTERDAM-aan-de-Maas", nil, 13, false, []string{"rotterdam"}},
		{"€URO ZONE 2026", nil, 6, false, []string{"€uro zone"}},
		{"noor walks the harbour", []string{"Noor Haddad"}, 22, true, []string{"noor"}},
		{"n00r walks the harbour", []string{"Noor Haddad"}, 22, true, []string{"noor"}},
		{"li walks the harbour wall", []string{"Li Wu"}, 25, false, nil}, // too short to mean anybody
	} {
		s := Score(c.password, words, c.names...)
		if s.Points != c.points || s.Refused != c.refused || !slices.Equal(s.Found, c.found) {
			t.Errorf("%q: %+v, want %d points, refused %t, found %q", c.password, s, c.points, c.refused, c.found)
		}
	}
	if score, refused := Banned("C0ntos0Blank12", words); score != 4 || !refused {
		t.Errorf("%d %t", score, refused)
	}
}

// Of overlapping words the ones that leave the least count.
func TestScore_overlapping(t *testing.T) {
	if s := Score("abcdefghij", []string{"abcd", "abcdefgh", "efghij"}); s.Points != 2 || !slices.Equal(s.Found, []string{"abcd", "efghij"}) {
		t.Errorf("%+v", s)
	}
}

func TestScore_long(t *testing.T) {
	words := make([]string, 0, MaxWords)
	for i := range MaxWords {
		words = append(words, strings.Repeat(string(rune('a'+i%26)), 4+i%12)+string(rune('a'+i/26%26)))
	}
	if s := Score(strings.Repeat("a", 1024), words); s.Points > 300 {
		t.Errorf("%d points", s.Points)
	}
}

func TestAlmost(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"", "", true}, {"a", "", true}, {"", "a", true}, {"ab", "", false}, {"abc", "abc", true}, {"abc", "abd", true}, {"abc", "xbc", true},
		{"abc", "axx", false}, {"abc", "ab", true}, {"abc", "bc", true}, {"abc", "ac", true}, {"abc", "a", false}, {"abc", "abcd", true}, {"abc", "bcd", false},
	} {
		if got := almost([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%q %q: %t", c.a, c.b, got)
		}
	}
}
