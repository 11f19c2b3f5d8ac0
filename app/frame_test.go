package app_test

import (
	"fmt"
	"net/url"
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

// The switcher does not offer an organization that keeps the person out, and
// looking for it there is no use of it. The list still has it.
func TestFrame_disabledThere(t *testing.T) {
	p := sojourntest.Start(t)
	before := p.User("juergen.weiss@northwind.example", "contoso.example").LastUsedAt
	b := p.SignIn("juergen.weiss@northwind.example")
	b.Get("/password").Has("Northwind").HasNot("Contoso")
	b.Get("/organizations").Has("Contoso")
	b.Get("/password?tenantId=contoso.example")
	if after := p.User("juergen.weiss@northwind.example", "contoso.example").LastUsedAt; !after.Equal(before) {
		t.Errorf("last used is %s, and was %s", after, before)
	}
	again := p.Browser() // signing in on the way there is none either
	again.Get("/password?tenantId=contoso.example").Submit("Next", url.Values{"name": {"juergen.weiss@northwind.example"}}).
		Submit("Sign in", url.Values{"password": {sojourntest.Password}})
	if after := p.User("juergen.weiss@northwind.example", "contoso.example").LastUsedAt; !after.Equal(before) {
		t.Errorf("signing in: last used is %s, and was %s", after, before)
	}
}
