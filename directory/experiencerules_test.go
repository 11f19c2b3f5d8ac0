package directory

import "testing"

func TestExperience_reaches(t *testing.T) {
	for _, c := range []struct {
		e       Experience
		inGroup bool
		want    bool
	}{
		{"", false, true}, {"", true, true}, {ExperienceAll, false, true}, {ExperienceAll, true, true},
		{ExperienceNone, false, false}, {ExperienceNone, true, false}, {"g", false, false}, {"g", true, true},
	} {
		if got := c.e.Reaches(c.inGroup); got != c.want {
			t.Errorf("%q, in the group %t: %t", c.e, c.inGroup, got)
		}
	}
	for e, want := range map[Experience]string{"": "", ExperienceAll: "", ExperienceNone: "", "g": "g"} {
		if e.Group() != want {
			t.Errorf("the group of %q is %q", e, e.Group())
		}
	}
}

func TestHomes_touched(t *testing.T) {
	h := Homes{All: 10, Before: 4, After: 5, Both: 3}
	for _, c := range []struct {
		before, after Experience
		gain, lose    int
	}{
		{"", "all", 0, 0}, {"all", "all", 0, 0}, {"none", "none", 0, 0},
		{"", "none", 0, 10}, {"all", "none", 0, 10}, {"none", "all", 10, 0},
		{"all", "b", 0, 5}, {"", "b", 0, 5}, {"a", "all", 6, 0}, {"a", "none", 0, 4}, {"none", "b", 5, 0}, {"a", "b", 2, 1},
	} {
		if gain, lose := h.Touched(c.before, c.after); gain != c.gain || lose != c.lose {
			t.Errorf("%q to %q: %d gain, %d lose; want %d and %d", c.before, c.after, gain, lose, c.gain, c.lose)
		}
	}
}
