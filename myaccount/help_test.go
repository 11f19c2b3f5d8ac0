package myaccount_test

import (
	"net/http"
	"strings"
	"testing"

	"sojourn/sojourntest"
)

func TestHelp(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	list := b.Get("/").Follow("Help").At("/help").Has("What each part of this portal does")
	list.Follow("Read about leaving and coming back").At("/help/leaving").Is(200).Has("Undoing it yourself", "When leaving is refused")
	list.Follow("Read the administrators’ handbook").Is(200).Has("Legal hold", "Closing the organization",
		"Authentication methods", "Hardware tokens", "Undelivered messages", "Direct connect", "Properties")
	for _, topic := range []string{"overview", "organizations", "leaving", "requests", "password", "security", "activity", "settings", "administrators"} {
		for _, lang := range []string{"en", "nl"} {
			b.Get("/help/" + topic + "?lng=" + lang).Is(200).HasNot("myaccount.help")
		}
	}
	b.Get("/help/leaving?lng=nl").Has("Organisaties verlaten en terugkomen", "De 30 dagen daarna")
	b.Get("/help/administrators?lng=nl").Has("Verificatiemethoden", "Hardwaretokens", "Niet-bezorgde berichten", "Directe verbindingen", "Eigenschappen")
	b.Get("/help/settings?lng=en").Has("A date with a time names the zone", "without its name").HasNot("always name")
	b.Get("/help/activity?lng=en").Has("if the password was right and only the code was wrong", "somebody knows your password")
	b.Get("/help/nothing").Is(http.StatusNotFound)
	p.Browser().Get("/help").At("/sign-in")
	// Help is there for people whose organization has not turned the portal on.
	p.SignIn("emil.graf@lucerne.example").Get("/help/leaving").Is(200).Has("Leaving and coming back").HasNot("hasn’t turned on")
}

// The page shows the picture in its language, in whichever look the reader has.
func TestHelp_pictures(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	shown := map[string]string{}
	for _, lang := range []string{"en", "nl"} {
		page := b.Get("/help/leaving?lng=" + lang).Is(200)
		for _, look := range []string{`src="`, `href="`, `srcset="`} {
			name := "leaving-" + lang
			if look == `srcset="` {
				name += "-dark"
			}
			_, rest, found := strings.Cut(page.HTML, look+"/static/help/"+name+".")
			if !found {
				t.Fatalf("no %s of %s in %s", look, name, lang)
			}
			hash, _, _ := strings.Cut(rest, `"`)
			shown["/static/help/"+name+"."+hash] = name
		}
	}
	for path := range shown {
		picture := p.Browser().Get(path).Is(200)
		if picture.Header.Get("Content-Type") != "image/png" || !strings.Contains(picture.Header.Get("Cache-Control"), "immutable") || picture.Header.Get("Vary") != "" {
			t.Errorf("%s: %v", path, picture.Header)
		}
	}
	if len(shown) != 4 {
		t.Errorf("pictures shown: %v", shown)
	}
	older := p.Browser().Get("/static/help/leaving-en.000000000000.png").Is(200)
	if older.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("an older name is kept: %v", older.Header)
	}
	for _, none := range []string{"leaving-en.png", "leaving-en", "leaving-fr.000000000000.png", "leaving-en.000000000000.css", "..%2fpictures.go"} {
		p.Browser().Get("/static/help/" + none).Is(http.StatusNotFound)
	}
}
