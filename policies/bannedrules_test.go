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
		points   int
		refused  bool
		found    []string
	}{
		{"C0ntos0Blank12", 4, true, []string{"contoso", "blank"}},
		{"ContoS0Bl@nkf9!", 5, false, []string{"contoso", "blank"}},
		{"contoso", 1, true, []string{"contoso"}},
		{"contosso", 1, true, []string{"contoso"}}, // one put in
		{"conoso", 1, true, []string{"contoso"}},   // one left out
		{"kontoso", 1, true, []string{"contoso"}},  // one changed
		{"kontosso", 8, false, nil},                // two are two
		{"C0NT0$0", 1, true, []string{"contoso"}},  // every disguise
		{"b1@nk", 1, true, []string{"blank"}},      // 1 is l
		{"contosocontosocontoso", 3, true, []string{"contoso"}},
		{"contosocontosocontosocontosocontoso", 5, false, []string{"contoso"}},
		{"a harbour full of quiet rain", 28, false, nil},
		{"", 0, true, nil},
		{"abcd", 4, true, nil},
		{"ROTTERDAM-aan-de-Maas", 13, false, []string{"rotterdam"}},
		{"€URO ZONE 2026", 6, false, []string{"€uro zone"}},
	} {
		s := Score(c.password, words)
		if s.Points != c.points || s.Refused != c.refused || !slices.Equal(s.Found, c.found) {
			t.Errorf("%q: %+v, want %d points, refused %t, found %q", c.password, s, c.points, c.refused, c.found)
		}
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
