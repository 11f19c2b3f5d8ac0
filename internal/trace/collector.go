package trace

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// collector posts spans as OTLP over HTTP. The request of the protocol is, byte for
// byte, a TracesData: its own type would bring gRPC along, and with it 3 MB of memory
// for those who trace nothing.
type collector struct {
	endpoint string
	client   http.Client
	log      *slog.Logger
	away     atomic.Bool
}

func newCollector(endpoint *url.URL, log *slog.Logger) *collector {
	return &collector{endpoint: endpoint.String(), log: log, client: http.Client{
		Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConns: 1, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Start has nothing to do: a connection is opened when there is something to send.
func (c *collector) Start(context.Context) error { return nil }

// Stop lets go of the connection.
func (c *collector) Stop(context.Context) error {
	c.client.CloseIdleConnections()
	return nil
}

// UploadTraces sends spans once. That a collector is away is logged when it begins and
// when it ends, not for every batch; so the error is no news to the caller.
func (c *collector) UploadTraces(ctx context.Context, spans []*tracepb.ResourceSpans) error {
	err := c.post(ctx, &tracepb.TracesData{ResourceSpans: spans})
	if gone := err != nil; c.away.Swap(gone) != gone {
		if gone {
			c.log.Warn("traces do not arrive at the collector, and are dropped", "error", err)
		} else {
			c.log.Info("traces arrive at the collector again")
		}
	}
	return nil
}

func (c *collector) post(ctx context.Context, what proto.Message) error {
	body, err := proto.Marshal(what)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-protobuf")
	req.Header.Set("User-Agent", "sojourn")
	res, err := c.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)) // so that the connection is used again
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("it answers %s", res.Status)
	}
	return nil
}
