package sojourntest

import (
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// Page is an answer, read as a person reads it.
type Page struct {
	Browser *Browser
	Status  int
	Path    string // where redirects ended
	Header  http.Header
	HTML    string
	root    *html.Node
}

// Has fails the test unless every text stands on the page.
func (p *Page) Has(texts ...string) *Page {
	p.Browser.t.Helper()
	for _, want := range texts {
		if !strings.Contains(p.Text(), want) {
			p.Browser.t.Fatalf("%s (%d) lacks %q:\n%s", p.Path, p.Status, want, p.Text())
		}
	}
	return p
}

// HasNot fails the test if one of the texts stands on the page.
func (p *Page) HasNot(texts ...string) *Page {
	p.Browser.t.Helper()
	for _, bad := range texts {
		if strings.Contains(p.Text(), bad) {
			p.Browser.t.Fatalf("%s (%d) has %q:\n%s", p.Path, p.Status, bad, p.Text())
		}
	}
	return p
}

// Is fails the test unless the page has this status.
func (p *Page) Is(status int) *Page {
	p.Browser.t.Helper()
	if p.Status != status {
		p.Browser.t.Fatalf("%s: status %d, want %d\n%s", p.Path, p.Status, status, p.Text())
	}
	return p
}

// At fails the test unless the page is at a path (without its query).
func (p *Page) At(path string) *Page {
	p.Browser.t.Helper()
	if got, _, _ := strings.Cut(p.Path, "?"); got != path {
		p.Browser.t.Fatalf("at %s, want %s\n%s", got, path, p.Text())
	}
	return p
}

// Text is what stands on the page, white space folded.
func (p *Page) Text() string {
	if p.root == nil {
		return p.HTML
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.Type == html.ElementNode {
			switch n.Data {
			case "script", "style", "head":
				return
			case "p", "div", "li", "h1", "h2", "h3", "td", "th", "dt", "dd", "a", "button", "section", "label", "option":
				b.WriteByte(' ')
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(p.root)
	return strings.Join(strings.Fields(b.String()), " ")
}

// Follow opens the link with this text (unseen parts included).
func (p *Page) Follow(text string) *Page {
	p.Browser.t.Helper()
	for _, a := range p.all("a") {
		if textOf(a) == text {
			return p.Browser.Get(p.local(attr(a, "href")))
		}
	}
	p.Browser.t.Fatalf("%s has no link %q:\n%s", p.Path, text, p.Text())
	return nil
}

// Link is the address of the link with this text, "" if there is none.
func (p *Page) Link(text string) string {
	for _, a := range p.all("a") {
		if textOf(a) == text {
			return attr(a, "href")
		}
	}
	return ""
}

// Submit presses the button with this text (unseen parts included), with what a
// person would fill in.
func (p *Page) Submit(button string, fill url.Values) *Page {
	p.Browser.t.Helper()
	for _, form := range p.all("form") {
		for _, b := range within(form, "button") {
			if textOf(b) == button {
				return p.send(form, b, fill)
			}
		}
	}
	p.Browser.t.Fatalf("%s has no button %q:\n%s", p.Path, button, p.Text())
	return nil
}

func (p *Page) send(form, button *html.Node, fill url.Values) *Page {
	p.Browser.t.Helper()
	values := fields(form)
	if name := attr(button, "name"); name != "" {
		values.Set(name, attr(button, "value"))
	}
	for name, list := range fill {
		values[name] = list
	}
	action, method := attr(form, "action"), attr(form, "method")
	if own := attr(button, "formaction"); own != "" {
		action = own
	}
	if own := attr(button, "formmethod"); own != "" {
		method = own
	}
	if action == "" {
		action = p.Path
	}
	if strings.EqualFold(method, "post") {
		return p.Browser.Post(p.local(action), values)
	}
	path, _, _ := strings.Cut(p.local(action), "?")
	return p.Browser.Get(path + "?" + values.Encode())
}

// fields are the values a form has before anybody fills it in.
func fields(form *html.Node) url.Values {
	values := url.Values{}
	for _, in := range within(form, "input") {
		kind := attr(in, "type")
		if (kind == "checkbox" || kind == "radio") && !has(in, "checked") {
			continue
		}
		if name := attr(in, "name"); name != "" {
			values.Add(name, attr(in, "value"))
		}
	}
	for _, area := range within(form, "textarea") {
		values.Add(attr(area, "name"), textOf(area))
	}
	for _, sel := range within(form, "select") {
		for i, o := range within(sel, "option") {
			if i == 0 || has(o, "selected") {
				values.Set(attr(sel, "name"), attr(o, "value"))
			}
		}
	}
	return values
}

func (p *Page) local(href string) string {
	base, _ := url.Parse(p.Browser.Portal.URL + p.Path)
	u, err := base.Parse(href)
	if err != nil {
		p.Browser.t.Fatal(err)
	}
	return u.RequestURI()
}

func (p *Page) all(tag string) []*html.Node {
	if p.root == nil {
		return nil
	}
	return within(p.root, tag)
}

func within(n *html.Node, tag string) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == tag {
			out = append(out, d)
		}
	}
	return out
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
