package trace_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sojourn/internal/fault"
	"sojourn/internal/trace"
	"sojourn/internal/tracetest"
)

// ask tells of a request with one transaction.
func ask(t *trace.Traces, parent string, err error) (id string) {
	ctx, id := t.Begin(context.Background(), "a number", parent)
	t.Transactions("sqlite")(ctx)(2, err)
	t.Done(ctx, "/", http.MethodGet, http.StatusOK)
	return id
}

const sampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

// A share is a share, and only who may decide for others does.
func TestTraces_sample(t *testing.T) {
	c := tracetest.Start(t)
	few := trace.New(trace.Options{Endpoint: c.Endpoint(), Sample: 1e-9, Parents: true})
	for range 100 {
		if ask(few, "", nil) != "" {
			t.Fatal("kept")
		}
	}
	ask(few, sampled, nil)
	ask(few, "nonsense", nil)
	few.End()
	if n := len(c.Spans()); n != 2 {
		t.Errorf("%d spans of one request", n)
	}
	own := trace.New(trace.Options{Endpoint: c.Endpoint(), Sample: 1e-9})
	ask(own, sampled, nil)
	own.End()
	if n := len(c.Spans()); n != 2 {
		t.Error("it goes on with a proxy's trace though it was not told to")
	}
}

// What an error says stays here.
func TestTraces_results(t *testing.T) {
	c := tracetest.Start(t)
	traces := trace.New(trace.Options{Endpoint: c.Endpoint(), Sample: 1})
	ask(traces, "", errors.New("noor.haddad@contoso.example is known already"))
	ask(traces, "", fault.New(fault.Forbidden, "home_organization", "key", "name", "Noor"))
	ask(traces, "", errors.Join(fault.New(fault.Unavailable, "busy", "key"), errors.New("noor")))
	traces.Transactions("sqlite")(context.Background())(1, nil) // of no request
	traces.Mail(context.Background(), 3)("smtp 550")
	traces.End()
	var got []string
	for _, s := range c.Spans() {
		if s.Name != "GET /" {
			got = append(got, strings.Join([]string{s.Name, s.Attributes["sojourn.attempts"], s.Attributes["sojourn.result"], map[bool]string{true: "failed"}[s.Failed]}, " "))
		}
	}
	want := "transaction 2 failed failed,transaction 2 home_organization ,transaction 2 busy failed,mail 3 smtp 550 failed"
	if strings.Join(got, ",") != want || strings.Contains(strings.ToLower(c.Text()), "noor") {
		t.Errorf("%q\n%s", got, c.Text())
	}
}

// lines is a log that can be read while it is written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) count(what string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.text.String(), what)
}

// A collector that never answers, refuses or is not there slows nobody, keeps no more
// than it must, and is told of once.
func TestTraces_away(t *testing.T) {
	release := make(chan struct{})
	hangs := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		<-release
	}))
	defer hangs.Close()
	defer close(release)
	refuses := httptest.NewServer(http.NotFoundHandler())
	defer refuses.Close()
	gone := httptest.NewServer(nil)
	gone.Close()
	for name, address := range map[string]string{"hangs": hangs.URL, "refuses": refuses.URL, "is gone": gone.URL} {
		t.Run(name, func(t *testing.T) {
			u, err := url.Parse(address)
			if err != nil {
				t.Fatal(err)
			}
			log := &lines{}
			traces := trace.New(trace.Options{Endpoint: u, Sample: 1, Log: slog.New(slog.NewJSONHandler(log, nil))})
			began := time.Now()
			for range 20_000 {
				ask(traces, "", nil)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("20,000 requests took %v", took)
			}
			began = time.Now()
			traces.End()
			if took := time.Since(began); took > 4*time.Second {
				t.Errorf("the end took %v", took)
			}
			if n := log.count("do not arrive"); n != 1 && !(name == "hangs" && n == 0) {
				t.Errorf("logged %d times", n)
			}
		})
	}
}

// One that comes back is told again, and that is logged once too.
func TestTraces_back(t *testing.T) {
	var away atomic.Bool
	away.Store(true)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if away.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer front.Close()
	u, err := url.Parse(front.URL)
	if err != nil {
		t.Fatal(err)
	}
	log := &lines{}
	traces := trace.New(trace.Options{Endpoint: u, Sample: 1, Log: slog.New(slog.NewJSONHandler(log, nil))})
	ask(traces, "", nil)
	for until := time.Now().Add(20 * time.Second); log.count("it answers 503") == 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("that it is away is not logged")
		}
	}
	away.Store(false)
	ask(traces, "", nil)
	traces.End()
	if log.count("arrive at the collector again") != 1 {
		t.Error("that it is back is not logged")
	}
}
