package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// Metrics are off until an address is set; then they are there and nowhere else.
func TestServe_metrics(t *testing.T) {
	p := start(t, settings(newFile(t)), "serve", "--listen", "localhost:0", "--metrics-listen", "localhost:0")
	address := p.ready()
	res, err := http.Get(p.says(`Metrics are at (http://\S+/metrics)\n`))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(text), `sojourn_http_requests_total{method="GET",route="/readyz",status="2xx"}`) {
		t.Errorf("%s, %v: %.300s", res.Status, err, text)
	}
	if res, err := http.Get(address + "/metrics"); err != nil || res.StatusCode != http.StatusNotFound {
		t.Errorf("beside the pages: %v, %v", res, err)
	} else {
		res.Body.Close()
	}
	p.stops()

	q := start(t, settings(newFile(t)), "serve", "--listen", "localhost:0")
	q.ready()
	if strings.Contains(q.out.String(), "Metrics") {
		t.Errorf("they are on by themselves:\n%s", q.out.String())
	}
	q.stops()
	console{t}.run("serve", "--database", newFile(t), "--listen", "localhost:0", "--metrics-listen", "nowhere").fails(exitUsage, "want HOST:PORT")
}
