package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"bufio"
	"bytes"
	"os"
)

type nullW struct{ h http.Header; n int }

func (w *nullW) Header() http.Header { return w.h }
func (w *nullW) Write(b []byte) (int, error) { w.n += len(b); return len(b), nil }
func (w *nullW) WriteHeader(int) {}

func BenchmarkHandler(b *testing.B) {
	d, _ := open(b)
	var h http.Handler
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	defer s.Close()
	u, _ := url.Parse(s.URL)
	a, err := portal(d, "/tmp/bb/key", u)
	if err != nil {
		b.Fatal(err)
	}
	h = a.Handler()
	name := os.Getenv("WHO")
	if name == "" {
		name = "ann"
	}
	ann, err := signIn(u.Host, name+"@adatum-research.example")
	if err != nil {
		b.Fatal(err)
	}
	path := "/organizations"
	raw := ann.request(path, false)
	req, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
	if err != nil {
		b.Fatal(err)
	}
	req.RemoteAddr = "127.0.0.1:1234"
	w := &nullW{}
	b.ReportAllocs()
	for b.Loop() {
		w.h = http.Header{}
		h.ServeHTTP(w, req)
	}
	b.ReportMetric(float64(w.n/max(1,b.N)), "bytes")
}
