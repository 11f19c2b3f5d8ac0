package myaccount_test

import (
	"net/http"
	"testing"

	"sojourn/sojourntest"
)

func TestHelp(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	list := b.Get("/").Follow("Help").At("/help").Has("What each part of this portal does")
	list.Follow("Read about leaving and coming back").At("/help/leaving").Is(200).Has("Undoing it yourself", "When leaving is refused")
	list.Follow("Read the administrators’ handbook").Is(200).Has("Legal hold", "Closing the organization")
	for _, topic := range []string{"overview", "organizations", "leaving", "requests", "password", "activity", "settings", "administrators"} {
		for _, lang := range []string{"en", "nl"} {
			b.Get("/help/" + topic + "?lng=" + lang).Is(200).HasNot("myaccount.help")
		}
	}
	b.Get("/help/leaving?lng=nl").Has("Verlaten en terugkomen", "De 30 dagen daarna")
	b.Get("/help/nothing").Is(http.StatusNotFound)
	p.Browser().Get("/help").At("/sign-in")
	// Help is there for people whose organization has not turned the portal on.
	p.SignIn("emil.graf@lucerne.example").Get("/help/leaving").Is(200).Has("Leaving and coming back").HasNot("hasn’t turned on")
}
