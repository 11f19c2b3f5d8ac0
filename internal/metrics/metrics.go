// Package metrics counts what an operator watches, for Prometheus. A label is a route's
// pattern, a method, a class of status or a reason code: never a person, an
// organization, an address or an id.
package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics is what one process counts. Nil counts nothing.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	inFlight prometheus.Gauge
	signIns  *prometheus.CounterVec
	purged   prometheus.Counter
	purgedAt prometheus.Gauge
}

// New makes the metrics of a process of this version.
func New(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "sojourn_http_requests_total", Help: "Requests answered, by the pattern of their route, method and class of status.",
		}, []string{"route", "method", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "sojourn_http_request_duration_seconds", Help: "How long requests took, by the pattern of their route and method.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"route", "method"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: "sojourn_http_requests_in_flight", Help: "Requests being answered now."}),
		signIns: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "sojourn_sign_ins_total", Help: "Sign-ins that came to their last step: done, or the code of why not.",
		}, []string{"result"}),
		purged:   prometheus.NewCounter(prometheus.CounterOpts{Name: "sojourn_purged_users_total", Help: "Users this process has deleted permanently because their time had come."}),
		purgedAt: prometheus.NewGauge(prometheus.GaugeOpts{Name: "sojourn_purge_last_run_timestamp_seconds", Help: "When this process last went through the purge; 0 for never, as while another replica does it."}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "sojourn_build_info", Help: "Always 1; the version is in the label.", ConstLabels: prometheus.Labels{"version": version}})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.took, m.inFlight, m.signIns, m.purged, m.purgedAt, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler answers GET /metrics and nothing else.
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError, Timeout: 2 * patience}))
	return mux
}

// Begin counts a request that has come.
func (m *Metrics) Begin() { m.inFlight.Inc() }

// Done counts a request that was answered; route is the path of its pattern.
func (m *Metrics) Done(route, method string, status int, took time.Duration) {
	m.inFlight.Dec()
	m.requests.WithLabelValues(route, method, strconv.Itoa(status/100)+"xx").Inc()
	m.took.WithLabelValues(route, method).Observe(took.Seconds())
}

// SignedIn counts a sign-in by its result.
func (m *Metrics) SignedIn(result string) {
	if m != nil {
		m.signIns.WithLabelValues(result).Inc()
	}
}

// Purged counts what a run of the purge deleted; done is whether it came to its end.
func (m *Metrics) Purged(users int, done bool) {
	if m == nil {
		return
	}
	m.purged.Add(float64(users))
	if done {
		m.purgedAt.SetToCurrentTime()
	}
}
