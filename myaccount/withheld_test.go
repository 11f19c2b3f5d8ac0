package myaccount_test

import (
	"testing"

	"sojourn/sojourntest"
)

// Where the portal is not turned on, the page offers what the navigation has all the same.
func TestWithheld_offers(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn("emil.graf@lucerne.example")
		for button, path := range map[string]string{
			"Manage organizations": "/organizations", "Follow requests": "/requests", "Update info": "/security-info", "Change password": "/password",
		} {
			b.Get("/?lng=en").Is(200).Has("Your administrator hasn’t turned on this experience yet").Follow(button).Is(200).At(path)
		}
	})
}
