package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"sojourn/app"
	"sojourn/internal/metrics"
)

// measure gives metrics on a listener of their own, where one is set, until end is
// called: they are still there while the portal stops.
func (e *env) measure(parts *app.Parts) (end func(), err error) {
	if e.config.MetricsListen == "" {
		return func() {}, nil
	}
	if err := e.config.MetricsAddress(); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", e.config.MetricsListen)
	if err != nil {
		return nil, fmt.Errorf("metrics: %w", err)
	}
	parts.Metrics = metrics.New(versionName())
	server := &http.Server{Handler: parts.Metrics.Handler(), ReadHeaderTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute}
	log := parts.Log
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics are not given any more", "error", err)
		}
	}()
	_, err = fmt.Fprintf(e.out, "Metrics are at http://%s/metrics\n", listener.Addr())
	return func() { server.Close() }, err
}
