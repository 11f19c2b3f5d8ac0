package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"sojourn/internal/tracetest"
	"sojourn/sojourntest"
)

// Traces are off until a collector is named, whatever other programs' settings say.
// Then the last request is told of too, and nothing of who asked.
func TestServe_traces(t *testing.T) {
	c := tracetest.Start(t)
	off := start(t, append(settings(newFile(t)), "OTEL_EXPORTER_OTLP_ENDPOINT="+c.URL, "OTEL_TRACES_EXPORTER=otlp"), "serve", "--listen", "localhost:0")
	off.ready()
	off.stops()
	if n := c.Posts(); n != 0 || strings.Contains(off.out.String(), "Traces") {
		t.Errorf("they are on by themselves: %d\n%s", n, off.out.String())
	}

	p := start(t, settings(newFile(t)), "serve", "--listen", "localhost:0", "--otlp-endpoint", c.URL, "--log-requests")
	address, link := p.ready(), p.says(setUpLink)
	p.says("Traces go to " + c.URL + "/v1/traces")
	b := sojourntest.At(t, address).Browser()
	b.Header.Set("User-Agent", "Peculiar/7")
	b.Get(path(t, link)).Submit("Create organization", founding).Is(http.StatusOK)
	b.SignIn("sam.rivera@contoso.example", sojourntest.Password)
	tenant := tenantIn(t, b)
	b.Get("/manage/" + tenant + "/users?q=sam").Is(http.StatusOK)
	p.signal(syscall.SIGTERM)
	if code := p.end(); code != 0 {
		t.Errorf("stopped with %d", code)
	}
	names := map[string]bool{}
	for _, s := range c.Spans() {
		names[s.Name] = true
		if id := s.Attributes["sojourn.request"]; id != "" && !strings.Contains(p.err.String(), `"id":"`+id+`","trace":"`+s.Trace+`"`) {
			t.Errorf("%s %s is not in the log", s.Name, id)
		}
	}
	for _, want := range []string{"GET /setup/{token}", "POST /sign-in/password", "GET /manage/{tenant}/users", "transaction"} {
		if !names[want] {
			t.Errorf("no span %q: %v", want, names)
		}
	}
	told := string(c.Raw())
	for _, secret := range []string{"Sam", "sam.rivera", "Rivera", "ontoso", tenant, "Peculiar", "localhost", "q=sam", strings.TrimPrefix(path(t, link), "/setup/"), sojourntest.Password} {
		if strings.Contains(told, secret) {
			t.Errorf("it names %q", secret)
		}
	}
	if !strings.Contains(told, "service.version") {
		t.Error("no version")
	}
}

// A collector that never answers slows no request and holds up no end for long.
func TestServe_tracesHang(t *testing.T) {
	release := make(chan struct{})
	hangs := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		<-release
	}))
	defer hangs.Close()
	defer close(release)
	p := start(t, settings(newFile(t)), "serve", "--listen", "localhost:0", "--otlp-endpoint", hangs.URL)
	b := sojourntest.At(t, p.ready()).Browser()
	began := time.Now()
	for range 200 {
		b.Get("/sign-in").Is(http.StatusOK)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("200 pages took %v", took)
	}
	began = time.Now()
	p.signal(syscall.SIGTERM)
	if code, took := p.end(), time.Since(began); code != 0 || took > 10*time.Second {
		t.Errorf("stopped with %d after %v\n%s", code, took, p.err.String())
	}
}

func TestServe_tracesWrong(t *testing.T) {
	for _, test := range []struct{ endpoint, sample, says string }{
		{"localhost:4318", "1", "want http://HOST:PORT"},
		{"https://noor:secret@collector.example", "1", `"…@collector.example"`},
		{"http://localhost:4318", "0", "above 0 and at most 1"},
		{"http://localhost:4318", "1.5", "above 0 and at most 1"},
		{"http://localhost:4318", "NaN", "above 0 and at most 1"},
	} {
		console{t}.run("serve", "--database", newFile(t), "--listen", "localhost:0", "--otlp-endpoint", test.endpoint, "--otlp-sample", test.sample).fails(exitUsage, test.says)
	}
}
