package webhook_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sojourn/internal/outbox"
	"sojourn/internal/webhook"
)

const secret = "a secret that both know"

var message = outbox.Message{
	Channel: outbox.ByText, To: "+31612345642", Text: "Your code is 048213.", Language: "en", ExpiresAt: time.Date(2026, 5, 12, 9, 41, 0, 0, time.UTC),
}

func to(t *testing.T, address string) webhook.Webhook {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return webhook.Webhook{URL: u, Secret: secret, Now: func() time.Time { return time.Unix(1780000000, 0) }}
}

func serve(t *testing.T, h http.HandlerFunc) webhook.Webhook {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return to(t, s.URL+"/texts?from=portal")
}

func TestSend(t *testing.T) {
	var got map[string]string
	w := serve(t, func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		at, signed := r.Header.Get("Sojourn-Timestamp"), r.Header.Get("Sojourn-Signature")
		if err != nil || at != "1780000000" || signed != "v1="+webhook.Sign(secret, at, body) || signed == "v1="+webhook.Sign("another", at, body) || signed == "v1="+webhook.Sign(secret, "1780000001", body) {
			t.Errorf("signed %q at %q, %v", signed, at, err)
		}
		if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" || r.URL.RawQuery != "from=portal" {
			t.Errorf("%s %s %v", r.Method, r.URL, r.Header)
		}
		if err := json.Unmarshal(body, &got); err != nil {
			t.Error(err)
		}
		rw.WriteHeader(http.StatusAccepted)
	})
	if err := w.Send(context.Background(), message, "id-1"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"id": "id-1", "channel": "sms", "to": "+31612345642", "text": "Your code is 048213.", "language": "en", "expires": "2026-05-12T09:41:00Z",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	call := message
	call.Channel, call.Extension, call.ExpiresAt = outbox.ByVoice, "12", time.Time{}
	got = nil
	if err := w.Send(context.Background(), call, "id-2"); err != nil || got["channel"] != "voice" || got["extension"] != "12" || got["expires"] != "" {
		t.Errorf("a call: %v, %v", got, err)
	}
}

// failed is what a try ends with: its class, and whether it is final.
func failed(t *testing.T, err error) (string, bool) {
	t.Helper()
	var f *outbox.Failure
	if !errors.As(err, &f) {
		t.Fatalf("no failure: %v", err)
	}
	if strings.Contains(err.Error(), "612345642") || strings.Contains(err.Error(), "048213") {
		t.Errorf("it tells: %v", err)
	}
	return f.Class, f.Permanent
}

func TestSend_answers(t *testing.T) {
	var status atomic.Int64
	w := serve(t, func(rw http.ResponseWriter, r *http.Request) {
		if s := int(status.Load()); s/100 == 3 {
			http.Redirect(rw, r, "/elsewhere", s)
		} else {
			rw.WriteHeader(s)
		}
	})
	for code, final := range map[int]bool{302: false, 307: false, 400: true, 401: true, 404: true, 408: false, 410: true, 422: true, 429: false, 500: false, 502: false, 503: false} {
		status.Store(int64(code))
		class, permanent := failed(t, w.Send(context.Background(), message, "x"))
		if class != "http "+http.StatusText(code) && !strings.HasPrefix(class, "http ") || permanent != final {
			t.Errorf("%d: %s, final %t", code, class, permanent)
		}
	}
	for _, code := range []int{200, 201, 202, 204} {
		status.Store(int64(code))
		if err := w.Send(context.Background(), message, "x"); err != nil {
			t.Errorf("%d: %v", code, err)
		}
	}
}

// A redirect is not followed: what it leads to gets nothing.
func TestSend_redirect(t *testing.T) {
	var reached atomic.Bool
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Store(true) }))
	defer other.Close()
	w := serve(t, func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, other.URL, http.StatusPermanentRedirect)
	})
	if class, final := failed(t, w.Send(context.Background(), message, "x")); class != "http 308" || final || reached.Load() {
		t.Errorf("%s, %t, reached %t", class, final, reached.Load())
	}
}

func TestSend_unreached(t *testing.T) {
	hang := make(chan struct{})
	w := serve(t, func(http.ResponseWriter, *http.Request) { <-hang })
	defer close(hang)
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	if class, final := failed(t, w.Send(ctx, message, "x")); class != "timeout" || final {
		t.Errorf("slow: %s, %t", class, final)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String()
	l.Close()
	if class, final := failed(t, to(t, address).Send(context.Background(), message, "x")); class != "connection" || final {
		t.Errorf("nobody listens: %s, %t", class, final)
	}
	strange := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a stranger was given it") }))
	defer strange.Close()
	if class, final := failed(t, to(t, strange.URL).Send(context.Background(), message, "x")); class != "tls" || final {
		t.Errorf("a certificate of nobody: %s, %t", class, final)
	}
	rude, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer rude.Close()
	go func() {
		for {
			conn, err := rude.Accept()
			if err != nil {
				return
			}
			conn.Close()
		}
	}()
	if class, final := failed(t, to(t, "http://"+rude.Addr().String()).Send(context.Background(), message, "x")); class != "connection" || final {
		t.Errorf("it hangs up: %s, %t", class, final)
	}
}

func TestCheck(t *testing.T) {
	for address, want := range map[string]bool{
		"https://texts.example.org/in": true, "https://texts.example.org:8443/in?x=1": true, "http://localhost:9000/in": true, "http://127.0.0.1/in": true, "http://[::1]:1/": true,
		"http://texts.example.org/in": false, "http://localhost.example.org/": false, "ftp://texts.example.org": false, "texts.example.org": false, "https://": false, "": false,
		"https://ann:hunter2@texts.example.org/": false,
	} {
		if err := to(t, address).Check(); (err == nil) != want {
			t.Errorf("%q: %v", address, err)
		}
	}
	short := to(t, "https://texts.example.org")
	short.Secret = "short"
	if err := short.Check(); err == nil || strings.Contains(err.Error(), `"short"`) {
		t.Errorf("a short secret: %v", err)
	}
}
