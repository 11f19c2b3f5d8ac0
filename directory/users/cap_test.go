package users_test

import (
	"net/http"
	"net/url"
	"testing"

	"sojourn/sojourntest"
)

// Nobody's mailbox is filled through us: the sixth link in an hour is refused.
func TestLink_capped(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn("ursula@contoso.example")
	page := b.Get("/manage/contoso.example/users/new").Submit("Create user", url.Values{
		"name": {"Anna Berg"}, "signin": {"anna.berg"}, "mail": {"stranger@outside.example"}}).Is(http.StatusOK)
	sent := func() int { return len(p.Mails("stranger@outside.example")) }
	sent()
	for range 4 { // the first went out when Anna was created
		page = page.Submit("Send a new password link", nil).Is(http.StatusOK)
		sent() // before the next takes its place
	}
	page.Submit("Send a new password link", nil).Is(http.StatusTooManyRequests)
	if n := sent(); n != 5 {
		t.Errorf("%d mails, want 5", n)
	}
}
