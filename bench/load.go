package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"time"
)

// client is one connection of the load generator. It sends requests as they
// stand and reads no more of the answers than it must: the machine is there for
// the server.
type client struct {
	conn net.Conn
	in   *bufio.Reader
}

func dial(address string) (*client, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &client{conn, bufio.NewReaderSize(conn, 64<<10)}, nil
}

// answer is what came back: its status, the bytes of its body, and all bytes.
type answer struct{ status, body, wire int }

var contentLength = []byte("content-length:")

// send sends one request and reads its answer.
func (c *client) send(request []byte) (a answer, err error) {
	if _, err = c.conn.Write(request); err != nil {
		return a, err
	}
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return a, err
	}
	if len(line) < 12 {
		return a, fmt.Errorf("bench: not an answer: %q", line)
	}
	a.wire += len(line)
	a.status, _ = strconv.Atoi(string(line[9:12]))
	a.body = -1
	for {
		if line, err = c.in.ReadSlice('\n'); err != nil {
			return a, err
		}
		a.wire += len(line)
		if len(line) <= 2 {
			break
		}
		if n := len(contentLength); len(line) > n && bytes.EqualFold(line[:n], contentLength) {
			if a.body, err = strconv.Atoi(string(bytes.TrimSpace(line[n:]))); err != nil {
				return a, err
			}
		}
	}
	if a.body < 0 {
		return a, fmt.Errorf("bench: an answer without length, status %d", a.status)
	}
	a.wire += a.body
	_, err = c.in.Discard(a.body)
	return a, err
}

// sample is one measurement.
type sample struct {
	requests int
	took     time.Duration
	cpu      time.Duration // of the server
}

func (s sample) rate() float64  { return float64(s.requests) / s.took.Seconds() }
func (s sample) micro() float64 { return float64(s.cpu.Microseconds()) / float64(s.requests) }

// source gives the next request of a connection; nil when there is none left.
// want is the status its answer must have.
type source struct {
	next func(conn int) []byte
	want int
}

// same sends one request again and again.
func same(request []byte) source {
	return source{func(int) []byte { return request }, 200}
}

// load sends requests on all connections for a time, or until there are none
// left.
func load(s *server, from source, slice time.Duration) (sample, error) {
	clients := make([]*client, conns)
	for i := range clients {
		c, err := dial(s.address)
		if err != nil {
			return sample{}, err
		}
		defer c.conn.Close()
		clients[i] = c
	}
	before, err := s.cpu()
	if err != nil {
		return sample{}, err
	}
	counts, errs := make([]int, conns), make([]error, conns)
	begun := time.Now()
	deadline := begun.Add(slice)
	var wait sync.WaitGroup
	for i, c := range clients {
		wait.Go(func() { counts[i], errs[i] = c.repeat(i, from, deadline) })
	}
	wait.Wait()
	out := sample{took: time.Since(begun)}
	after, err := s.cpu()
	if err != nil {
		return sample{}, err
	}
	out.cpu = after - before
	for i := range clients {
		out.requests += counts[i]
		if errs[i] != nil {
			return sample{}, errs[i]
		}
	}
	if out.requests == 0 {
		return sample{}, io.ErrUnexpectedEOF
	}
	return out, nil
}

func (c *client) repeat(i int, from source, deadline time.Time) (n int, err error) {
	for time.Now().Before(deadline) {
		request := from.next(i)
		if request == nil {
			return n, nil
		}
		a, err := c.send(request)
		if err != nil {
			return n, err
		}
		if a.status != from.want {
			return n, fmt.Errorf("bench: %.60q answered %d", request, a.status)
		}
		n++
	}
	return n, nil
}
