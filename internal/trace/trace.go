package trace

import (
	"context"
	"log/slog"
	"net/url"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Options are what an operator decides.
type Options struct {
	Endpoint *url.URL // of the collector: OTLP over HTTP
	Sample   float64  // the share of requests that is traced
	// Parents lets a request go on with the trace of the trusted proxy that sent it,
	// and the proxy decide whether it is kept.
	Parents bool
	Version string
	Log     *slog.Logger
}

const (
	every   = 2 * time.Second // how often spans are sent
	sendMax = 5 * time.Second // one try
	held    = 2048            // spans that wait; more are dropped
	endMax  = 3 * time.Second // the last of them, at the end
)

// Traces is what one process tells.
type Traces struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
	parents  bool
}

// New begins to tell. It does not look for the collector: one that is away now may be
// back later.
func New(o Options) *Traces {
	// Nothing of the machine is in it; OTEL_RESOURCE_ATTRIBUTES adds what an operator wants.
	about := resource.NewSchemaless(attribute.String("service.name", "sojourn"), attribute.String("service.version", o.Version))
	provider := sdk.NewTracerProvider(
		sdk.WithResource(about),
		sdk.WithSampler(sdk.ParentBased(sdk.TraceIDRatioBased(o.Sample))),
		sdk.WithBatcher(otlptrace.NewUnstarted(newCollector(o.Endpoint, o.Log)),
			sdk.WithBatchTimeout(every), sdk.WithExportTimeout(sendMax), sdk.WithMaxQueueSize(held), sdk.WithMaxExportBatchSize(held/4)),
	)
	return &Traces{provider: provider, tracer: provider.Tracer("sojourn"), parents: o.Parents}
}

// End sends what waits, for a few seconds at most.
func (t *Traces) End() {
	ctx, cancel := context.WithTimeout(context.Background(), endMax)
	defer cancel()
	t.provider.Shutdown(ctx) // what could not be sent is lost, as always
}
