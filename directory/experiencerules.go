package directory

// Experience is which of its own members an organization has turned My Account
// on for: all, none, or the members of a group, whose id it then is.
type Experience string

const (
	ExperienceAll  Experience = "all" // so it is while nobody has said anything
	ExperienceNone Experience = "none"
)

// Group is the group selected, or "".
func (e Experience) Group() string {
	if e == "" || e == ExperienceAll || e == ExperienceNone {
		return ""
	}
	return string(e)
}

// Reaches says whether somebody whose home is the organization has the
// experience; inGroup is whether they are in the group selected. Nobody is in a
// group that was deleted, so then it reaches nobody.
func (e Experience) Reaches(inGroup bool) bool {
	return e == "" || e == ExperienceAll || e.Group() != "" && inGroup
}

// Homes counts the people at home in an organization whom a change of its
// Experience could touch: all of them, those in the group selected before, those
// in the one selected after, and those in both.
type Homes struct{ All, Before, After, Both int }

// Touched is how many of them a change gives the experience to, and how many it
// takes it from.
func (h Homes) Touched(before, after Experience) (gain, lose int) {
	had, has, kept := h.reached(before, h.Before), h.reached(after, h.After), h.Both
	switch {
	case before.Reaches(false): // everybody had it
		kept = has
	case after.Reaches(false):
		kept = had
	case before.Group() == "" || after.Group() == "":
		kept = 0
	}
	return has - kept, had - kept
}

func (h Homes) reached(e Experience, inGroup int) int {
	switch {
	case e.Reaches(false):
		return h.All
	case e.Group() == "":
		return 0
	}
	return inGroup
}
