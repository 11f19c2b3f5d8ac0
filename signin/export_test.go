package signin

// The statements of every request, for the test of their plans.
const (
	SightText  = sightText
	ChosenText = chosenText
)
