package trace

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"sojourn/internal/fault"
)

// Begin opens the span of a request. parent is the traceparent that a trusted proxy
// sent along, or "". id is the trace's, "" where it is not kept.
func (t *Traces) Begin(ctx context.Context, number, parent string) (within context.Context, id string) {
	if t.parents && parent != "" { // its tracestate, and baggage, say what they like: they stay out
		ctx = propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{"traceparent": parent})
	}
	within, span := t.tracer.Start(ctx, "request", trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(attribute.String("sojourn.request", number)))
	if c := span.SpanContext(); c.IsSampled() {
		id = c.TraceID().String()
	}
	return within, id
}

// Done closes the span of a request; route is the path of its pattern.
func (t *Traces) Done(ctx context.Context, route, method string, status int) {
	span := trace.SpanFromContext(ctx)
	span.SetName(method + " " + route)
	span.SetAttributes(attribute.String("http.request.method", method), attribute.String("http.route", route), attribute.Int("http.response.status_code", status))
	if status >= 500 {
		span.SetStatus(codes.Error, "")
	}
	span.End()
}

// Transactions follows those of a database within requests. What jobs do by themselves
// would fill a collector with the same every minute.
func (t *Traces) Transactions(database string) func(context.Context) func(attempts int, err error) {
	system := attribute.String("db.system.name", database)
	return func(ctx context.Context) func(int, error) {
		if !trace.SpanFromContext(ctx).IsRecording() {
			return func(int, error) {}
		}
		_, span := t.tracer.Start(ctx, "transaction", trace.WithAttributes(system))
		return func(attempts int, err error) {
			result, ok := resultOf(err)
			span.SetAttributes(attribute.Int("sojourn.attempts", attempts), attribute.String("sojourn.result", result))
			if !ok {
				span.SetStatus(codes.Error, "")
			}
			span.End()
		}
	}
}

// resultOf is a word for an error, whose own text may name anything; ok is whether it
// is a way in which things are meant to end.
func resultOf(err error) (word string, ok bool) {
	if err == nil {
		return "done", true
	}
	f, told := fault.Of(err)
	if !told {
		return "failed", false
	}
	return f.Code, f.Kind != fault.Unavailable
}

// Mail opens the span of one try to send a mail; it is closed with the class of what
// went wrong, "" when the mail went out.
func (t *Traces) Mail(ctx context.Context, tries int) func(class string) {
	_, span := t.tracer.Start(ctx, "mail", trace.WithSpanKind(trace.SpanKindProducer), trace.WithAttributes(attribute.Int("sojourn.attempts", tries)))
	return func(class string) {
		if class != "" {
			span.SetStatus(codes.Error, "")
			span.SetAttributes(attribute.String("sojourn.result", class))
		} else {
			span.SetAttributes(attribute.String("sojourn.result", "done"))
		}
		span.End()
	}
}
