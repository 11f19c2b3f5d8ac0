package app_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"sojourn/sojourntest"
)

// The Organizations page hands what it has read to the shell around it, which on
// other pages reads by itself: both show the same organizations in the same order.
func TestFrame_sameEverywhere(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		for _, who := range []string{"noor.haddad@contoso.example", "mirjam@postbus.example", "ann.lee@fabrikam.example"} {
			b := p.SignIn(who)
			for _, query := range []string{"", "?q=fab", "?tenantId=fabrikam.example"} {
				got, want := places(b.Get("/organizations"+query)), places(b.Get("/password"+query))
				if got != want || strings.Count(got, "\n") < 2 {
					t.Errorf("%s, %q:\n%s\nelsewhere:\n%s", who, query, got, want)
				}
			}
		}
	})
}

var placeLink = regexp.MustCompile(`href="[^"]*((?:tenantId=|/manage/)[0-9a-f-]{36})[^"]*"( aria-current="true")?`)

// places are the organizations that the shell of a page leads to.
func places(p *sojourntest.Page) string {
	shell, _, _ := strings.Cut(p.HTML, "<main")
	links := []string{fmt.Sprint("more: ", strings.Contains(shell, "All organizations"))}
	for _, m := range placeLink.FindAllStringSubmatch(shell, -1) {
		links = append(links, m[1]+m[2])
	}
	return strings.Join(links, "\n")
}
