package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"sojourn/sojourntest"
)

// Two replicas on one database, behind a proxy as operators have one.

// replica is one of them.
type replica struct {
	t         *testing.T
	set       []string
	port      string
	process   *process
	up        atomic.Bool // as the proxy sees it
	transport *http.Transport
}

// cluster is the replicas and the proxy, whose address is the portal's.
type cluster struct {
	t        *testing.T
	base     string
	replicas [2]*replica
	turn     atomic.Uint64
	failed   atomic.Int64 // requests for which no replica had an answer
}

// newCluster starts two replicas; the proxy listens on the port of the world.
func newCluster(t *testing.T, w *killWorld, more ...string) *cluster {
	t.Helper()
	c := &cluster{t: t, base: "http://localhost:" + w.port}
	set := append(settings(w.source), "SOJOURN_BASE_URL="+c.base, "SOJOURN_DRAIN_TIME=1500ms", "SOJOURN_TRUSTED_PROXIES=127.0.0.1,::1")
	for i := range c.replicas {
		c.replicas[i] = &replica{t: t, set: append(set, more...), port: freePort(t), transport: &http.Transport{MaxIdleConnsPerHost: 100}}
		c.replicas[i].start()
	}
	for _, r := range c.replicas {
		r.ready()
	}
	listener, err := net.Listen("tcp", "localhost:"+w.port)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: c}
	watching, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { server.Serve(listener) })
	for _, r := range c.replicas {
		running.Go(func() { r.watch(watching) })
	}
	t.Cleanup(func() {
		stop()
		server.Close()
		running.Wait()
	})
	return c
}

func (r *replica) start() {
	r.t.Helper()
	r.process = start(r.t, r.set, "serve", "--listen", "localhost:"+r.port)
}

func (r *replica) url() string { return "http://localhost:" + r.port }

// asks says whether the replica calls itself ready.
func (r *replica) asks() bool {
	ctx, cancel := context.WithTimeout(context.Background(), long)
	defer cancel()
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, r.url()+"/readyz", nil)
	res, err := r.transport.RoundTrip(req)
	if err != nil {
		return false
	}
	io.Copy(io.Discard, res.Body)
	res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// becomes waits until the replica is ready or is not.
func (r *replica) becomes(ready bool) {
	r.t.Helper()
	eventually(r.t, fmt.Sprintf("%s ready: %t\n%s", r.url(), ready, r.process.err.String()), func() bool { return r.asks() == ready })
}

// ready waits until the replica answers, and lets the proxy use it.
func (r *replica) ready() {
	r.t.Helper()
	r.process.says("Sojourn is at")
	r.becomes(true)
	r.up.Store(true)
}

// watch is the proxy's look at a replica: one that is not ready gets nothing new.
func (r *replica) watch(ctx context.Context) {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		ready := r.asks()
		if r.up.Swap(ready) && !ready {
			r.transport.CloseIdleConnections()
		}
	}
}

// eventually waits until something has come true.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for late := time.Now().Add(2 * long); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("never: " + what)
		}
	}
}

// ServeHTTP takes the replicas in turn. A request is given to another one only
// where the first cannot have begun with it, or where nothing changes by it.
func (c *cluster) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	for late := time.Now().Add(long); time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		first := c.turn.Add(1)
		for i := range c.replicas {
			to := c.replicas[(int(first)+i)%len(c.replicas)]
			if !to.up.Load() {
				continue
			}
			res, err := to.send(r, body)
			if err == nil {
				pass(w, res)
				return
			}
			var off *net.OpError
			if unsent := errors.As(err, &off) && off.Op == "dial"; !unsent && r.Method == http.MethodPost {
				c.failed.Add(1)
				http.Error(w, "proxy: "+err.Error(), http.StatusBadGateway)
				return
			}
		}
	}
	c.failed.Add(1)
	http.Error(w, "proxy: no replica is ready", http.StatusBadGateway)
}

func (r *replica) send(asked *http.Request, body []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(asked.Context(), asked.Method, r.url()+asked.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Host, req.Header = asked.Host, asked.Header.Clone()
	req.Header.Del("Connection")
	req.Header.Set("X-Forwarded-For", cmp.Or(asked.Header.Get("X-Test-From"), "192.0.2.1"))
	return r.transport.RoundTrip(req)
}

func pass(w http.ResponseWriter, res *http.Response) {
	defer res.Body.Close()
	for name, values := range res.Header {
		if name != "Connection" {
			w.Header()[name] = values
		}
	}
	w.WriteHeader(res.StatusCode)
	io.Copy(w, res.Body)
}

// at is a browser whose requests all go to one replica.
func (c *cluster) at(i int) *sojourntest.Browser {
	b := sojourntest.At(c.t, c.base).Browser()
	return c.moved(b, i)
}

// moved lets the same browser ask another replica.
func (c *cluster) moved(b *sojourntest.Browser, i int) *sojourntest.Browser {
	b.Client.Transport = &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, "localhost:"+c.replicas[i].port)
	}}
	return b
}

// restarts stops a replica as an operator does, waits until it is gone, and
// starts it again. drained says that it was seen to answer while not ready, and to
// ask for no more on that connection.
func (r *replica) restarts() (drained bool) {
	r.t.Helper()
	r.process.signal(syscall.SIGTERM)
	r.becomes(false)
	if res, err := http.Get(r.url() + "/healthz"); err == nil { // not ready, and answering
		res.Body.Close()
		drained = res.StatusCode == http.StatusOK && res.Close
	}
	if code := r.process.end(); code != 0 {
		r.t.Errorf("stopped with %d:\n%s", code, r.process.err.String())
	}
	r.start()
	r.process.says("Sojourn is at")
	eventually(r.t, "the proxy uses the replica again", r.up.Load)
	return drained
}
