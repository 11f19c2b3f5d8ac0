package sojourntest

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Browser visits the portal with cookies and without script.
type Browser struct {
	Portal *Portal
	Client *http.Client // follows redirects
	Header http.Header  // sent with every request
	t      testing.TB
}

// Browser opens a fresh browser.
func (p *Portal) Browser() *Browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return &Browser{Portal: p, Client: &http.Client{Jar: jar}, Header: http.Header{"Accept-Language": {"en"}}, t: p.t}
}

// SignIn opens a browser and signs somebody in.
func (p *Portal) SignIn(name string) *Browser {
	p.t.Helper()
	b := p.Browser()
	b.SignIn(name, Password)
	return b
}

// SignIn signs in by the pages and ends on the overview.
func (b *Browser) SignIn(name, password string) *Page {
	b.t.Helper()
	page := b.Get("/sign-in").Submit("Next", url.Values{"name": {name}}).Submit("Sign in", url.Values{"password": {password}})
	if page.Status != http.StatusOK {
		b.t.Fatalf("sign in as %s: %d at %s\n%s", name, page.Status, page.Path, page.Text())
	}
	return page
}

// Get opens a page.
func (b *Browser) Get(path string) *Page {
	b.t.Helper()
	req, err := http.NewRequest(http.MethodGet, b.Portal.URL+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do(req)
}

// Post sends a form as it stands, without looking at any page.
func (b *Browser) Post(path string, values url.Values) *Page {
	b.t.Helper()
	req, err := http.NewRequest(http.MethodPost, b.Portal.URL+path, strings.NewReader(values.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(req)
}

// Send sends a request of any kind in this browser.
func (b *Browser) Send(req *http.Request) *Page {
	b.t.Helper()
	return b.do(req)
}

func (b *Browser) do(req *http.Request) *Page {
	b.t.Helper()
	for name, values := range b.Header {
		req.Header[name] = values
	}
	res, err := b.Client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	page := &Page{Browser: b, Status: res.StatusCode, Path: res.Request.URL.RequestURI(), Header: res.Header, HTML: string(body)}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		if page.root, err = html.Parse(strings.NewReader(page.HTML)); err != nil {
			b.t.Fatal(err)
		}
	}
	return page
}

// Token is the hidden fields that the forms of a page carry, to post by hand.
func (b *Browser) Token() url.Values {
	b.t.Helper()
	page := b.Get("/organizations")
	values := url.Values{}
	for _, n := range page.all("input") {
		if name := attr(n, "name"); name == "csrf" || name == "account" {
			values.Set(name, attr(n, "value"))
		}
	}
	return values
}
