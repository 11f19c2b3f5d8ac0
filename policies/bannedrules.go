package policies

import (
	"slices"
	"strings"

	"sojourn/accounts"
)

// PointsNeeded is what a password has to score.
const PointsNeeded = 5

// Scoring is what a password is worth beside banned words.
type Scoring struct {
	Points  int
	Found   []string // the banned words in it
	Refused bool
}

// Score gives a point for each banned word that is found and one for each other
// character; of all ways to count, the one with the fewest. A password that is a banned
// word but for one character is that word.
func Score(password string, words []string) Scoring {
	plain := plainly(password)
	list := map[string]bool{}
	for _, w := range words {
		list[plainly(w)] = true
	}
	for w := range list {
		if w != "" && almost([]rune(plain), []rune(w)) {
			return Scoring{Points: 1, Found: []string{w}, Refused: true}
		}
	}
	s := fewest([]rune(plain), list)
	s.Refused = s.Points < PointsNeeded
	return s
}

var plainSigns = strings.NewReplacer("0", "o", "1", "l", "$", "s", "@", "a")

// plainly is how a guesser reads a password: folded, with the usual disguises
// undone.
func plainly(s string) string { return plainSigns.Replace(accounts.Fold(s)) }

// fewest counts from the end: from each character on, the best is to go on by one, or
// by a banned word that begins there.
func fewest(plain []rune, list map[string]bool) Scoring {
	points := make([]int, len(plain)+1)
	word := make([]int, len(plain)+1) // length of the word to go on by, 0 for a character
	for i := len(plain) - 1; i >= 0; i-- {
		points[i] = 1 + points[i+1]
		for n := MinWord; n <= MaxWord && i+n <= len(plain); n++ {
			if 1+points[i+n] < points[i] && list[string(plain[i:i+n])] {
				points[i], word[i] = 1+points[i+n], n
			}
		}
	}
	s := Scoring{Points: points[0]}
	for i := 0; i < len(plain); {
		if word[i] == 0 {
			i++
			continue
		}
		if w := string(plain[i : i+word[i]]); !slices.Contains(s.Found, w) {
			s.Found = append(s.Found, w)
		}
		i += word[i]
	}
	return s
}

// almost says whether one text becomes the other by at most one character changed,
// put in or left out.
func almost(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return slices.Equal(a[min(i+1, len(a)):], b[min(i+1, len(b)):])
	}
	return slices.Equal(a[i:], b[i+1:])
}
