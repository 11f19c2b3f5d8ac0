// Package tracetest is an OpenTelemetry collector inside a test.
package tracetest

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"testing"

	commonpb "go.opentelemetry.io/proto/otlp/common/v1"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
)

// Collector keeps what it is told.
type Collector struct {
	URL   string
	t     testing.TB
	mu    sync.Mutex
	raw   bytes.Buffer // bodies and headers
	data  tracepb.TracesData
	posts int
}

// Start opens a collector for as long as the test.
func Start(t testing.TB) *Collector {
	t.Helper()
	c := &Collector{t: t}
	server := httptest.NewServer(http.HandlerFunc(c.take))
	t.Cleanup(server.Close)
	c.URL = server.URL
	return c
}

// Endpoint is where it takes traces.
func (c *Collector) Endpoint() *url.URL {
	u, err := url.Parse(c.URL + "/v1/traces")
	if err != nil {
		c.t.Fatal(err)
	}
	return u
}

func (c *Collector) take(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var data tracepb.TracesData
	if err == nil {
		err = proto.Unmarshal(body, &data)
	}
	if err != nil || r.Method != http.MethodPost || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/x-protobuf" {
		c.t.Errorf("%s %s, %v: %v", r.Method, r.URL, r.Header, err)
		http.Error(w, "no", http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.posts++
	c.raw.Write(body)
	c.data.ResourceSpans = append(c.data.ResourceSpans, data.ResourceSpans...)
	w.Header().Set("Content-Type", "application/x-protobuf")
}

// Posts is how often it was told something.
func (c *Collector) Posts() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.posts
}

// Raw is every byte it was told.
func (c *Collector) Raw() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.raw.Bytes())
}

// Text is all of it, to read and to search.
func (c *Collector) Text() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return prototext.Format(&c.data)
}

// Span is one span.
type Span struct {
	Name              string
	Trace, ID, Parent string // in hexadecimal digits
	State             string
	Attributes        map[string]string
	Failed            bool
}

// Spans are those told so far.
func (c *Collector) Spans() []Span {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []Span
	for _, r := range c.data.ResourceSpans {
		for _, scope := range r.ScopeSpans {
			for _, s := range scope.Spans {
				out = append(out, spanOf(s))
			}
		}
	}
	return out
}

func spanOf(s *tracepb.Span) Span {
	out := Span{
		Name: s.Name, Trace: hex.EncodeToString(s.TraceId), ID: hex.EncodeToString(s.SpanId), Parent: hex.EncodeToString(s.ParentSpanId),
		State: s.TraceState, Attributes: map[string]string{}, Failed: s.GetStatus().GetCode() == tracepb.Status_STATUS_CODE_ERROR,
	}
	for _, a := range s.Attributes {
		switch v := a.Value.Value.(type) {
		case *commonpb.AnyValue_StringValue:
			out.Attributes[a.Key] = v.StringValue
		case *commonpb.AnyValue_IntValue:
			out.Attributes[a.Key] = strconv.FormatInt(v.IntValue, 10)
		default:
			out.Attributes[a.Key] = fmt.Sprint(v)
		}
	}
	return out
}
