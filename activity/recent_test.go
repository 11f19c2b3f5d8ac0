package activity_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"sojourn/sojourntest"
)

func TestRecent(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		remembered(t, p)
		fail(p, noor, safari, "/?tenantId=fabrikam.example")
		b := signedIn(p, noor, firefox)
		page := b.Get("/").Has("4 sign-ins in the last 7 days", "2 tries were refused").Follow("Review recent activity").Is(200).At("/activity")
		page.Has("Recent activity", "Where you are signed in", "This session", "Firefox 150 on Windows", "127.0.0.1", "Today",
			"Signed in", "Sign-in refused", "Wrong password", "Safari 26 on iPhone", "2001:db8:85a3::7348", "Chrome 148 on Linux", "198.51.100.77",
			"Contoso Ltd · Password", "Fabrikam, Inc. · Password")
		if n := strings.Count(page.Text(), "This session"); n != 2 { // among the sessions, and its sign-in
			t.Errorf("%d times this session", n)
		}
		b.Get("/activity?lng=nl").Has("Recente activiteit", "Waar u bent aangemeld", "Deze sessie", "Aanmelding geweigerd", "Verkeerd wachtwoord", "Firefox 150 op Windows", "Dit was ik niet")
	})
}

// Who has no home sees their own sign-ins too, and nobody else's.
func TestRecent_noHome(t *testing.T) {
	p := remembered(t, sojourntest.Start(t))
	signedIn(p, mirjam, firefox).Get("/activity?lng=en").Is(200).
		Has("Firefox 150 on Windows", "Fabrikam, Inc. · Password", "192.0.2.14").HasNot("198.51.100.77", "203.0.113.24")
}

func TestRecent_pages(t *testing.T) {
	p := sojourntest.Start(t)
	for range 27 {
		signedIn(p, noor, firefox)
	}
	b := signedIn(p, noor, safari)
	seen := map[string]bool{}
	links := regexp.MustCompile(`/activity/sign-ins/([0-9a-f-]{36})/not-me`)
	page := b.Get("/activity")
	for _, want := range []int{24, 3} { // the current one has no link
		found := links.FindAllStringSubmatch(page.HTML, -1)
		if len(found) != want {
			t.Errorf("%d sign-ins on %s, want %d", len(found), page.Path, want)
		}
		for _, m := range found {
			if seen[m[1]] {
				t.Errorf("%s is there twice", m[1])
			}
			seen[m[1]] = true
		}
		if next := page.Link("Next"); next != "" {
			page = b.Get(next).HasNot("Where you are signed in")
		}
	}
	if page.Link("Next") != "" || page.Link("First page") == "" {
		t.Errorf("the last page leads to %q and %q", page.Link("Next"), page.Link("First page"))
	}
}

// An ended session is refused at the very next request, and only that one.
func TestSessions_end(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		here, there, third := signedIn(p, noor, firefox), signedIn(p, noor, safari), signedIn(p, noor, firefox)
		stranger := signedIn(p, ann, firefox)
		sessions := regexp.MustCompile(`/activity/sessions/([^/"]+)/end`).FindAllStringSubmatch(here.Get("/activity").HTML, -1)
		if len(sessions) != 2 {
			t.Fatalf("%d sessions to end, want 2", len(sessions))
		}
		end := "/activity/sessions/" + sessions[0][1] + "/end" // the last used first: third
		stranger.Post(end, stranger.Token()).Is(http.StatusNotFound)
		stranger.Post("/activity/sessions/unknown/end", stranger.Token()).Is(http.StatusNotFound)
		third.Get("/activity").Is(200).At("/activity")

		here.Post(end, here.Token()).Is(200).At("/activity").Has("The session has ended.")
		third.Get("/activity").At("/sign-in")
		there.Get("/activity").At("/activity")
		here.Post(end, here.Token()).Is(http.StatusNotFound) // once

		here.Get("/activity").Submit("End all other sessions", nil).Has("All other sessions have ended.").HasNot("End all other sessions")
		there.Get("/activity").At("/sign-in")
		here.Get("/activity").At("/activity")
		stranger.Get("/activity").At("/activity")
		for act, want := range map[string]int{"session.end": 1, "session.end_others": 1} {
			if n := count(t, p, `SELECT count(*) FROM audit WHERE act = $1 AND result = 'done' AND target = $2`, act, p.User(noor, "contoso.example").ID); n != want {
				t.Errorf("%d rows of %s, want %d", n, act, want)
			}
		}
		// A refused try leaves its row with whoever tried, not with whom it was aimed at.
		for u, want := range map[string]int{p.User(noor, "contoso.example").ID: 1, p.User(ann, "fabrikam.example").ID: 2} {
			if n := count(t, p, `SELECT count(*) FROM audit WHERE act = 'session.end' AND result = 'refused' AND reason = 'not_found' AND target = $1 AND actor_id = $1`, u); n != want {
				t.Errorf("%d rows of refused tries to end a session, want %d", n, want)
			}
		}
	})
}

func TestNotMe(t *testing.T) {
	p := sojourntest.Start(t)
	here, there, third := signedIn(p, noor, firefox), signedIn(p, noor, safari), signedIn(p, noor, firefox)
	page := here.Get("/activity")
	var ask string
	for _, link := range regexp.MustCompile(`href="(/activity/sign-ins/[0-9a-f-]{36}/not-me)"`).FindAllStringSubmatch(page.HTML, -1) {
		if one := here.Get(link[1]).Is(200).Has("Wasn’t this you?", "knows your password"); strings.Contains(one.Text(), "Safari") {
			ask = link[1]
		}
	}
	stranger := signedIn(p, ann, firefox)
	stranger.Get(ask).Is(http.StatusNotFound)
	stranger.Post(ask, stranger.Token()).Is(http.StatusNotFound)
	there.Get("/activity").At("/activity") // looking and strangers have changed nothing

	here.Get(ask).Submit("This wasn’t me", nil).Is(200).At("/password").Has("Change your password now.")
	there.Get("/activity").At("/sign-in")
	third.Get("/activity").At("/activity") // another browser
	here.Get("/activity").At("/activity")

	// Nothing of it is open any more: now all others end.
	here.Get(ask).Submit("This wasn’t me", nil).At("/password")
	third.Get("/activity").At("/sign-in")
	here.Get("/activity").At("/activity")
}

// Of a refused try nothing is open, and nothing ends: it leads to a new password.
func TestNotMe_refused(t *testing.T) {
	p := sojourntest.Start(t)
	there, here := signedIn(p, mirjam, safari), signedIn(p, mirjam, firefox)
	fail(p, mirjam, safari, "/")
	link := here.Get("/activity").Has("Wrong password").HTML
	ask := regexp.MustCompile(`/activity/sign-ins/[0-9a-f-]{36}/not-me`).FindString(link)
	page := here.Get(ask).Has("nobody got in", "Your sessions stay as they are").HasNot("end your other sessions")
	page.Submit("Change password", nil).At("/password").HasNot("has ended")
	there.Get("/").At("/")
	here.Get("/").At("/")
	if n := count(t, p, `SELECT count(*) FROM audit WHERE act = 'session.disown'`); n != 0 {
		t.Errorf("%d rows say that a session was disowned", n)
	}
}

// A name that is wrong in any way, or nobody's, leaves nothing that anybody reads.
func TestRecent_nobody(t *testing.T) {
	p := sojourntest.Start(t)
	before := count(t, p, `SELECT count(*) FROM audit`)
	fail(p, "nobody@contoso.example", firefox, "/?tenantId=contoso.example")
	if n := count(t, p, `SELECT count(*) FROM audit`); n != before {
		t.Errorf("%d rows more", n-before)
	}
}
