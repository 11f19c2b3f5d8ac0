package main

import (
	"fmt"

	"sojourn/app"
	"sojourn/internal/trace"
)

// trace tells a collector how requests went, where one is set, until end is called:
// the last requests are told of when the portal has stopped.
func (e *env) trace(parts *app.Parts) (end func(), err error) {
	endpoint, err := e.config.Collector()
	if err != nil || endpoint == nil {
		return func() {}, err
	}
	parts.Traces = trace.New(trace.Options{
		Endpoint: endpoint, Sample: e.config.OTLPSample, Parents: e.config.OTLPParents, Version: versionName(), Log: parts.Log,
	})
	_, err = fmt.Fprintf(e.out, "Traces go to %s\n", endpoint)
	return parts.Traces.End, err
}
