package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

// What becomes of two replicas when their PostgreSQL server does not behave.
// Whoever asks meanwhile is asked to come back, never told that something is
// broken; afterwards nothing has to be started again.

const (
	conns    = 8  // of each replica
	connsMax = 24 // of the server: room for two replicas, the test's own and three kept for its owner
)

// faulty is two replicas on a server of the test's own, half of the people at
// each.
type faulty struct {
	w      *killWorld
	c      *cluster
	server *dbtest.Server
	own    *db.DB // the test's look into the database
}

func newFaulty(t *testing.T) *faulty {
	t.Helper()
	f := &faulty{server: dbtest.OwnServer(t, connsMax)}
	f.w = killWorldOn(t, f.server.Source)
	f.c = newCluster(t, f.w, fmt.Sprint("SOJOURN_DATABASE_CONNS=", conns))
	f.own = dbtest.Connect(t, f.server.Source+"&application_name=test")
	f.w.enter(t, f.c.base)
	for i, p := range f.w.people {
		p.client.Transport = f.c.to(i % 2)
	}
	return f
}

// to reaches one replica, whatever it says of itself.
func (c *cluster) to(i int) *http.Transport {
	return &http.Transport{MaxIdleConnsPerHost: 200, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, "localhost:"+c.replicas[i].port)
	}}
}

// heals waits until both replicas are ready by themselves; from then on everybody
// gets what they ask for.
func (f *faulty) heals(t *testing.T, j *journeys) {
	t.Helper()
	for _, r := range f.c.replicas {
		r.becomes(true)
	}
	j.more(int64(2 * len(f.w.people))) // what was asked before
	j.ill.Store(false)
	j.more(40)
	for _, r := range f.c.replicas {
		select {
		case <-r.process.ended:
			t.Fatalf("a replica has ended:\n%s", r.process.err.String())
		default:
		}
	}
}

func TestFaults_database(t *testing.T) {
	f := newFaulty(t)
	for _, part := range []struct {
		name string
		test func(*testing.T)
	}{
		{"flood", func(t *testing.T) { flood(t, f) }},
		{"connections cut", func(t *testing.T) { connectionsCut(t, f) }},
		{"restarted", func(t *testing.T) { restarted(t, f, "fast") }},
		{"crashed", func(t *testing.T) { restarted(t, f, "immediate") }},
	} {
		if !t.Run(part.name, part.test) {
			break
		}
	}
	for _, r := range f.c.replicas {
		if log := r.process.err.String(); strings.Contains(log, "request failed") || strings.Contains(log, "panic") {
			t.Errorf("an error that is not the database's:\n%.3000s", log)
		}
	}
}

// flood: far more requests at once than there are connections wait for one.
func flood(t *testing.T, f *faulty) {
	const many = 200
	var looking, all sync.WaitGroup
	var mu sync.Mutex
	answers := map[int]int{}
	done := make(chan struct{})
	most := 0
	looking.Go(func() {
		for {
			n, err := db.Count(context.Background(), f.own, `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'sojourn'`)
			if err != nil {
				t.Error(err)
			}
			most = max(most, n)
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	})
	for i := range many {
		p := f.w.people[i%len(f.w.people)]
		all.Go(func() {
			method, path, form := http.MethodGet, "/organizations", url.Values(nil)
			if i%3 == 0 {
				method, path, form = http.MethodPost, "/organizations/"+f.w.tenants[i/3%len(f.w.tenants)]+"/leave", p.token
			}
			a, err := p.ask(method, f.c.base+path, form)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			answers[a.status]++
		})
	}
	all.Wait()
	close(done)
	looking.Wait()
	if answers[http.StatusOK]+answers[http.StatusSeeOther] != many {
		t.Errorf("answers by status: %v", answers)
	}
	if most == 0 || most > 2*conns {
		t.Errorf("%d connections; want some, and %d at most", most, 2*conns)
	}
	t.Logf("answers %v over %d connections", answers, most)
	f.w.kept(t, f.own, nil)
	f.w.comeBack(t)
}

// connectionsCut: reads and what has not come to its commit are done once more.
func connectionsCut(t *testing.T, f *faulty) {
	j := f.w.travel(t, f.c.base, portalOn(t, f.own))
	j.fall()
	cut := 0
	for range 10 {
		j.more(12)
		cut += f.server.Cut()
	}
	f.heals(t, j)
	j.end(f.own)
	j.right()
	if cut < 10 || j.busy.Load() > int64(cut)/4 {
		t.Errorf("%d connections were cut and %d people asked to come back: only a commit in doubt is not done again", cut, j.busy.Load())
	}
	t.Logf("%d connections cut", cut)
}

// restarted: the server goes away under everybody, stays away until people have
// been told, and comes back; then once more, quickly.
func restarted(t *testing.T, f *faulty, mode string) {
	j := f.w.travel(t, f.c.base, portalOn(t, f.own))
	j.more(20)
	j.fall()
	f.server.Stop(mode)
	for _, r := range f.c.replicas {
		r.becomes(false)
	}
	eventually(t, "people are asked to come back", func() bool { return j.busy.Load() >= 4 })
	f.server.Start()
	f.heals(t, j)
	j.fall()
	f.server.Stop(mode)
	f.server.Start()
	f.heals(t, j)
	j.end(f.own)
	j.right()
}
