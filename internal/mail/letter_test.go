package mail_test

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"sojourn/internal/mail"
)

func receipt() mail.Letter {
	return mail.Letter{
		Language: "nl", Dir: "ltr", To: "noor.haddad@contoso.example",
		Subject: "U hebt " + mail.Isolate("Café Façade ☕") + " verlaten", Preview: "U kunt dit tot 11 juni 2026 laten herstellen.",
		Title: "U hebt " + mail.Isolate("Café Façade ☕") + " verlaten",
		Intro: []string{"Dag Noor, uw toegang is geëindigd op 12 mei 2026 om 09:41 (Amsterdam).", "Uw eigen account en alle andere organisaties blijven zoals ze zijn."},
		Facts: []mail.Fact{
			{Label: "Bewijs", Value: "SJ-7F3K-20M9", Code: true},
			{Label: "Organisatie", Value: `<b>Fabrikam</b> & "Zonen"`},
		},
		Button:  mail.Button{Text: "Bewijs bekijken", URL: "https://sojourn.example/organizations/receipts/1?a=b&c=d"},
		Closing: []string{"Deze mail vraagt nooit om een wachtwoord of een code."},
		Footer:  []string{"Verzonden aan noor.haddad@contoso.example.", "Vragen: privacy@fabrikam.example."},
		Brand:   "Sojourn",
	}
}

func TestLetter_HTML(t *testing.T) {
	html, err := receipt().HTML()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<html lang="nl" dir="ltr">`, `max-width:560px`, `prefers-color-scheme:dark`, `aria-hidden="true">U kunt dit tot`,
		`<bdi>&lt;b&gt;Fabrikam&lt;/b&gt; &amp; &#34;Zonen&#34;</bdi>`, `<bdi>SJ-7F3K-20M9</bdi>`,
		`href="https://sojourn.example/organizations/receipts/1?a=b&amp;c=d"`, `<h1 `, "\u2068Café Façade ☕\u2069",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the letter lacks %s", want)
		}
	}
	for _, refused := range []string{"<img", "<link", "<script", "url(", "@import"} {
		if strings.Contains(html, refused) {
			t.Errorf("the letter contains %s", refused)
		}
	}
}

// Everything a caller passes is text: whatever it holds, the elements and their
// attributes' names stay those of the template.
func TestLetter_HTMLescapesEverything(t *testing.T) {
	evil := `"><script x='1'>alert(1)</script><a href="javascript:alert(1)">`
	l := mail.Letter{
		Language: evil, Dir: evil, Subject: evil, Preview: evil, Title: evil, Intro: []string{evil, evil}, Facts: []mail.Fact{{Label: evil, Value: evil}, {Value: evil, Code: true}},
		Button: mail.Button{Text: evil, URL: "javascript:alert(1)"}, Closing: []string{evil}, Footer: []string{evil}, Brand: evil,
	}
	html, err := l.HTML()
	if err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(strings.NewReader(html))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local == "script" {
			t.Error("a script got through")
		}
		for _, a := range start.Attr {
			if a.Name.Local == "href" && a.Value != "about:invalid#TemplFailedSanitizationURL" {
				t.Errorf("href is %q", a.Value)
			}
			if a.Name.Local == "dir" && a.Value != "ltr" {
				t.Errorf("dir is %q", a.Value)
			}
		}
	}
}

func TestLetter_rightToLeft(t *testing.T) {
	l := receipt()
	l.Language, l.Dir = "ar-XB", "rtl"
	html, err := l.HTML()
	if err != nil || !strings.Contains(html, `<html lang="ar-XB" dir="rtl">`) || !strings.Contains(html, "padding:9px 0 9px 12px") {
		t.Errorf("%v: %s", err, html)
	}
	if !strings.Contains(l.Text(), ": \u2068SJ-7F3K-20M9\u2069") {
		t.Error("a value is not isolated in the text of a right-to-left letter")
	}
}

func TestLetter_Text(t *testing.T) {
	want := `Sojourn

U hebt ` + "\u2068" + `Café Façade ☕` + "\u2069" + ` verlaten

Dag Noor, uw toegang is geëindigd op 12 mei 2026 om 09:41 (Amsterdam).

Uw eigen account en alle andere organisaties blijven zoals ze zijn.

Bewijs: SJ-7F3K-20M9
Organisatie: <b>Fabrikam</b> & "Zonen"

Bewijs bekijken:
https://sojourn.example/organizations/receipts/1?a=b&c=d

Deze mail vraagt nooit om een wachtwoord of een code.

Verzonden aan noor.haddad@contoso.example.

Vragen: privacy@fabrikam.example.
`
	if got := receipt().Text(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	bare := mail.Letter{Title: "Title"}
	if got := bare.Text(); got != "Sojourn\n\nTitle\n" {
		t.Errorf("a bare letter is %q", got)
	}
}

func TestLetter_TextWraps(t *testing.T) {
	link := "https://sojourn.example/" + strings.Repeat("x", 100)
	l := mail.Letter{Intro: []string{strings.Repeat("één woord en nog een ", 20) + link}}
	for _, line := range strings.Split(l.Text(), "\n") {
		if n := utf8.RuneCountInString(line); n > 72 && line != link {
			t.Errorf("%d characters: %s", n, line)
		}
	}
	if !strings.Contains(l.Text(), "\n"+link+"\n") {
		t.Error("the link was broken")
	}
}

func TestIsolate(t *testing.T) {
	for name, want := range map[string]string{
		"Fabrikam, Inc.":            "Fabrikam, Inc.",
		"مؤسسة":                     "مؤسسة",
		"ab\u2069\u202e\u2066cd":    "abcd",
		"two\r\nlines\tand\x00more": "two  lines and more",
		"para\u2029graph":           "para graph",
	} {
		if got := mail.Isolate(name); got != "\u2068"+want+"\u2069" {
			t.Errorf("%q became %q", name, got)
		}
	}
}
