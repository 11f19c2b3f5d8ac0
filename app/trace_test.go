package app_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"sojourn/app"
	"sojourn/internal/mail"
	"sojourn/internal/smtpsink"
	"sojourn/internal/trace"
	"sojourn/internal/tracetest"
	"sojourn/sojourntest"
)

// traced is a portal that tells a collector everything; end sends what waits.
func traced(t *testing.T, with ...func(*app.Parts)) (p *sojourntest.Portal, a *app.App, lines *kept, c *tracetest.Collector, end func()) {
	t.Helper()
	c = tracetest.Start(t)
	traces := trace.New(trace.Options{Endpoint: c.Endpoint(), Sample: 1, Parents: true, Version: "test"})
	t.Cleanup(traces.End)
	with = append(with, func(p *app.Parts) { p.Traces = traces })
	p, a, lines = logged(t, with...)
	return p, a, lines, c, traces.End
}

// byName gives the spans of a name.
func byName(c *tracetest.Collector, name string) (out []tracetest.Span) {
	for _, s := range c.Spans() {
		if s.Name == name {
			out = append(out, s)
		}
	}
	return out
}

// Somebody signs in, looks, leaves and is mailed: what went on is told, and nothing of
// who it was.
func TestTraces_nobody(t *testing.T) {
	sink := &smtpsink.Sink{}
	if err := sink.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sink.Close() })
	p, a, lines, c, end := traced(t, func(p *app.Parts) {
		p.Mail = mail.SMTP{Host: sink.Host(), Port: sink.Port(), TLS: mail.TLSNone, From: "sojourn@portal.example", FromName: "Sojourn"}
	})
	noor := p.Browser()
	noor.Header.Set("User-Agent", "Peculiar/7 (Teapot)")
	noor.SignIn("noor.haddad@contoso.example", sojourntest.Password)
	noor.Get("/organizations?q=secret-words")
	noor.Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil).Has("You left Fabrikam, Inc.")
	noor.Get("/nothing/secret-words")
	wrong := p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {"noor.haddad@contoso.example"}})
	wrong.Submit("Sign in", url.Values{"password": {"secret-words"}})
	if err := a.Outbox.Flush(t.Context()); err != nil || len(sink.Messages()) == 0 {
		t.Fatalf("no mail: %v", err)
	}
	at, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	secrets := []string{"secret-words", "Peculiar", "Teapot", sojourntest.Password, "localhost"}
	for _, cookie := range noor.Client.Jar.Cookies(at) {
		if len(cookie.Value) > 8 {
			secrets = append(secrets, cookie.Value)
		}
	}
	end()

	leaving := byName(c, "POST /organizations/{id}/leave")
	if len(leaving) != 1 || leaving[0].Attributes["http.response.status_code"] != "303" || leaving[0].Attributes["http.route"] != "/organizations/{id}/leave" || leaving[0].Failed {
		t.Fatalf("leaving: %+v\n%s", leaving, c.Text())
	}
	number, id := leaving[0].Attributes["sojourn.request"], leaving[0].Trace
	if number == "" || !strings.Contains(lines.String(), `"id":"`+number+`","trace":"`+id+`"`) {
		t.Errorf("the log has no line of request %q in trace %s", number, id)
	}
	for _, name := range []string{"POST /sign-in/password", "GET /organizations", "GET other"} {
		if len(byName(c, name)) == 0 {
			t.Errorf("no span %q\n%s", name, c.Text())
		}
	}
	within := 0
	for _, s := range byName(c, "transaction") {
		if s.Parent == leaving[0].ID && s.Trace == id && s.Attributes["sojourn.attempts"] == "1" && s.Attributes["sojourn.result"] == "done" && s.Attributes["db.system.name"] == "sqlite" {
			within++
		}
	}
	if within != 1 {
		t.Errorf("%d transactions within leaving\n%s", within, c.Text())
	}
	if mails := byName(c, "mail"); len(mails) != len(sink.Messages()) || mails[0].Attributes["sojourn.result"] != "done" || mails[0].Parent != "" {
		t.Errorf("of %d mails: %+v", len(sink.Messages()), mails)
	}

	told, all := string(c.Raw()), fmt.Sprintf("%+v", c.Spans())
	for _, s := range c.Spans() {
		if number := s.Attributes["sojourn.request"]; number != "" { // random, and in no other place
			told, all = strings.ReplaceAll(told, number, ""), strings.ReplaceAll(all, number, "")
		}
	}
	nobody(t, all, p.URL)
	for _, secret := range append(secrets, "noor", "haddad", "contoso", "fabrikam", ".example", "127.0.0.1", anyID.FindString(told)) {
		if secret != "" && strings.Contains(strings.ToLower(told), strings.ToLower(secret)) {
			t.Errorf("it names %q", secret)
		}
	}
}

// A refusal is told by its reason code, an error of ours as one and no more.
func TestTraces_refusals(t *testing.T) {
	p, a, _, c, end := traced(t)
	noor := p.Browser()
	noor.SignIn("noor.haddad@contoso.example", sojourntest.Password)
	form := noor.Token()
	if page := noor.Post("/organizations/00000000-0000-4000-8000-000000000000/leave", form); page.Status != http.StatusNotFound {
		t.Fatal(page.Status)
	}
	a.DB.Close()
	noor.Get("/organizations")
	end()
	refused := false
	for _, s := range byName(c, "transaction") {
		refused = refused || s.Attributes["sojourn.result"] == "not_found" && !s.Failed
	}
	if !refused {
		t.Errorf("no transaction was refused\n%s", c.Text())
	}
	list := byName(c, "GET /organizations")
	if last := list[len(list)-1]; !last.Failed || last.Attributes["http.response.status_code"] == "200" {
		t.Errorf("without a database: %+v", last)
	}
}

// The traceparent of a stranger counts for nothing; that of a trusted proxy is gone on
// with, its other headers are not.
func TestTraces_parents(t *testing.T) {
	const parent = "4bf92f3577b34da6a3ce929d0e0e4736"
	for name, test := range map[string]struct {
		proxies []netip.Prefix
		flags   string
		goes    bool
		kept    bool
	}{
		"a stranger":             {nil, "01", false, true},
		"a stranger, not traced": {nil, "00", false, true},
		"a proxy":                {[]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, "01", true, true},
		"a proxy, not traced":    {[]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, "00", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			p, _, lines, c, end := traced(t, func(p *app.Parts) { p.Proxies = test.proxies })
			b := p.Browser()
			b.Header.Set("Traceparent", "00-"+parent+"-00f067aa0ba902b7-"+test.flags)
			b.Header.Set("Tracestate", "who=noor")
			b.Header.Set("Baggage", "who=noor")
			b.Get("/sign-in").Is(http.StatusOK)
			end()
			spans := byName(c, "GET /sign-in")
			if !test.kept {
				if len(spans) != 0 || strings.Contains(lines.String(), `"trace"`) {
					t.Errorf("kept: %+v\n%s", spans, lines)
				}
				return
			}
			if len(spans) != 1 || (spans[0].Trace == parent) != test.goes || (spans[0].Parent == "00f067aa0ba902b7") != test.goes || spans[0].State != "" {
				t.Errorf("%+v", spans)
			}
			if strings.Contains(c.Text(), "noor") {
				t.Error(c.Text())
			}
		})
	}
}
