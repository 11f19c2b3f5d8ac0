package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"sojourn/app"
	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/smtpsink"
	"sojourn/sojourntest"
)

// What must hold on two replicas as on one.
func TestReplicas(t *testing.T) {
	w := killWorldOn(t, dbtest.Postgres(t))
	var mails atomic.Int64
	sink := &smtpsink.Sink{Refuse: func(string) int { mails.Add(1); return 0 }} // it keeps only the last ones
	if err := sink.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sink.Close() })
	c := newCluster(t, w, fmt.Sprintf("SOJOURN_SMTP=%s:%d", sink.Host(), sink.Port()), "SOJOURN_SMTP_TLS=none")
	d := dbtest.Connect(t, w.source)
	for _, part := range []struct {
		name string
		test func(*testing.T)
	}{
		{"cut off", func(t *testing.T) { cutOff(t, w, c) }},
		{"one-time link", func(t *testing.T) { oneTimeLink(t, w, c) }},
		{"rolling restart", func(t *testing.T) { rollingRestart(t, w, c, d) }},
		{"one mail each", func(t *testing.T) { oneMailEach(t, d, sink, &mails) }},
		{"one of them killed", func(t *testing.T) { oneKilled(t, w, c, d) }},
		{"one purge", func(t *testing.T) { onePurge(t, w, c, d) }},
	} {
		if !t.Run(part.name, part.test) {
			return
		}
	}
}

// cutOff: what one replica has acknowledged, the other one knows at the next
// request.
func cutOff(t *testing.T, w *killWorld, c *cluster) {
	boss, one, two, three := w.people[0], w.people[1], w.people[2], w.people[3]
	var third directory.User
	w.open(t, func(ctx context.Context, a *app.App) {
		home, _, err := directory.TenantBy(ctx, a.DB, "home.example")
		grant := func(p *leaver, tenantID string) {
			u, found, err := directory.UserOf(ctx, a.DB, tenantID, p.account)
			if err == nil && found {
				err = a.Directory.Grant(ctx, operator, tenantID, u.ID, directory.GlobalAdministrator)
			}
			if err != nil || !found {
				t.Fatal(found, err)
			}
		}
		grant(boss, home.ID)
		grant(boss, w.tenants[0])
		grant(one, w.tenants[0])
		if third, _, err = directory.UserOf(ctx, a.DB, home.ID, three.account); err != nil {
			t.Fatal(err)
		}
	})
	signIn := func(p *leaver, i int) *sojourntest.Browser {
		b := c.at(i)
		b.SignIn(p.name, sojourntest.Password)
		return b
	}
	a, b := signIn(one, 0), signIn(one, 1)
	a.Post("/sign-out-everywhere", a.Token()).Is(http.StatusOK)
	b.Get("/organizations").At("/sign-in")
	c.moved(a, 1).Get("/organizations").At("/sign-in")

	a, b = signIn(two, 0), signIn(two, 1)
	form := a.Token()
	form.Set("current", sojourntest.Password)
	form.Set("new", "another long enough phrase")
	a.Post("/password", form).Is(http.StatusOK)
	b.Get("/organizations").At("/sign-in")
	c.moved(a, 1).Get("/organizations").At("/organizations").Is(http.StatusOK)
	form = c.moved(a, 1).Token()
	form.Set("current", "another long enough phrase")
	form.Set("new", sojourntest.Password)
	a.Post("/password", form).Is(http.StatusOK)

	a, b = signIn(boss, 0), signIn(three, 1)
	b.Get("/organizations").At("/organizations")
	a.Post("/manage/home.example/users/"+third.ID+"/disable", a.Token()).Is(http.StatusOK)
	b.Get("/organizations").At("/sign-in")
	c.moved(a, 1).Post("/manage/home.example/users/"+third.ID+"/enable", a.Token()).Is(http.StatusOK)
	c.moved(b, 0).SignIn(three.name, sojourntest.Password)

	a = signIn(one, 1)
	a.Get("/manage/place0.example/users").Is(http.StatusOK)
	token := a.Token()
	c.moved(a, 0).Post("/organizations/"+w.tenants[0]+"/leave", token).Has("You left")
	c.moved(a, 1).Get("/manage/place0.example/users").Is(http.StatusNotFound)
	w.comeBack(t)
	w.open(t, func(ctx context.Context, a *app.App) { // everybody can leave again
		for _, p := range []*leaver{boss, one} {
			u, _, err := directory.UserOf(ctx, a.DB, w.tenants[0], p.account)
			if err == nil {
				err = a.Directory.Revoke(ctx, operator, w.tenants[0], u.ID, directory.GlobalAdministrator)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

var hidden = regexp.MustCompile(`<input[^>]* name="(csrf|account|flow)"[^>]* value="([^"]*)"`)

// oneTimeLink: fifty people press the button of one link, on both replicas.
func oneTimeLink(t *testing.T, w *killWorld, c *cluster) {
	var link string
	w.open(t, func(ctx context.Context, a *app.App) {
		home, _, err := directory.HomeOf(ctx, a.DB, w.people[3].account)
		if err == nil {
			link, err = a.Directory.SendLink(ctx, operator, home.TenantID, home.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	const many = 50
	browsers, forms := make([]*sojourntest.Browser, many), make([]url.Values, many)
	for i := range browsers {
		b := sojourntest.At(t, c.base).Browser()
		b.Client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		b.Header.Set("X-Test-From", fmt.Sprint("198.51.100.", i+1))
		page := b.Get(path(t, link)).Is(http.StatusOK)
		forms[i] = url.Values{"new": {sojourntest.Password}}
		for _, found := range hidden.FindAllStringSubmatch(page.HTML, -1) {
			forms[i].Set(found[1], found[2])
		}
		browsers[i] = b
	}
	var statuses [600]atomic.Int64
	var all sync.WaitGroup
	for i, b := range browsers {
		all.Go(func() { statuses[b.Post(path(t, link), forms[i]).Status].Add(1) })
	}
	all.Wait()
	told := map[int]int64{}
	for status := range statuses {
		if n := statuses[status].Load(); n > 0 {
			told[status] = n
		}
	}
	used := told[http.StatusOK] + told[http.StatusSeeOther]
	if refused := told[http.StatusGone] + told[http.StatusServiceUnavailable]; used != 1 || used+refused != many {
		t.Errorf("answers by status: %v; want one that used it, and the others gone (or asked to come back)", told)
	}
	t.Log("answers by status:", told)
}

// answer is what a request came to.
type answer struct {
	status   int
	location string
	after    string // Retry-After
	body     string
	took     time.Duration
}

func (l *leaver) ask(method, address string, form url.Values) (a answer, err error) {
	req, err := http.NewRequest(method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return a, err
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	began := time.Now()
	res, err := l.client.Do(req)
	if err != nil {
		return a, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header.Get("Location"), res.Header.Get("Retry-After"), string(body), time.Since(began)}, err
}

// answerMax is how long an answer may take, whatever is broken.
const answerMax = 10 * time.Second

// journeys are people who leave, look at the receipt and are brought back, again
// and again.
type journeys struct {
	t     *testing.T
	w     *killWorld
	base  string
	app   *app.App
	stop  context.Context
	halt  context.CancelFunc
	all   sync.WaitGroup
	asks  atomic.Int64
	busy  atomic.Int64 // answered with 503 and when to come back, where that is allowed
	ill   atomic.Bool  // something is being broken: it is allowed
	falls atomic.Int64 // how often it has gone away

	mu       sync.Mutex
	receipts map[string]bool // acknowledged
	wrong    []string
}

func (w *killWorld) travel(t *testing.T, base string, a *app.App) *journeys {
	j := &journeys{t: t, w: w, base: base, app: a, receipts: map[string]bool{}}
	j.stop, j.halt = context.WithCancel(context.Background())
	t.Cleanup(func() {
		j.halt()
		j.all.Wait()
	})
	for _, p := range w.people {
		j.all.Go(func() { j.journey(p) })
	}
	return j
}

func (j *journeys) journey(p *leaver) {
	for i := 0; j.stop.Err() == nil; i++ {
		tenantID := j.w.tenants[i%len(j.w.tenants)]
		j.ask(p, http.MethodGet, "/organizations", nil, http.StatusOK)
		left := j.ask(p, http.MethodPost, "/organizations/"+tenantID+"/leave", p.token, http.StatusSeeOther)
		if left.status != http.StatusSeeOther {
			continue
		}
		j.mu.Lock()
		j.receipts[left.location] = true
		j.mu.Unlock()
		j.ask(p, http.MethodGet, left.location, nil, http.StatusOK)
		j.comeBack(p, tenantID)
	}
}

// comeBack is the operator's work. What cannot be done while something is broken is
// done after the next leave, which gives the same receipt until then.
func (j *journeys) comeBack(p *leaver, tenantID string) {
	ill, falls := j.ill.Load(), j.falls.Load()
	if err := j.restore(p, tenantID); err != nil && !ill && !j.ill.Load() && falls == j.falls.Load() {
		j.t.Error("restore: ", err)
	}
}

func (j *journeys) restore(p *leaver, tenantID string) error {
	ctx := context.Background()
	gone, err := directory.Deleted(ctx, j.app.DB, tenantID, directory.DeletedFilter{}, directory.Cursor{}, 100)
	for _, u := range gone {
		if err == nil && u.AccountID == p.account {
			_, err = j.app.Directory.Restore(ctx, operator, tenantID, u.ID, directory.Ask)
		}
	}
	return err
}

func (j *journeys) ask(p *leaver, method, path string, form url.Values, want int) answer {
	ill, falls := j.ill.Load(), j.falls.Load()
	a, err := p.ask(method, j.base+path, form)
	j.asks.Add(1)
	if err == nil && a.status == http.StatusServiceUnavailable && a.after != "" && a.took < answerMax && (ill || j.ill.Load() || falls != j.falls.Load()) {
		j.busy.Add(1)
		time.Sleep(50 * time.Millisecond) // as somebody who is asked to come back
		return a
	}
	if err != nil || a.status != want || a.took > answerMax {
		j.mu.Lock()
		j.wrong = append(j.wrong, fmt.Sprintf("%s %s: %d after %s %v %.300s", method, path, a.status, a.took, err, a.body))
		j.mu.Unlock()
	}
	return a
}

// fall says that the database goes away now: who asks from then on, or has asked
// and still waits, may be told to come back.
func (j *journeys) fall() {
	j.falls.Add(1)
	j.ill.Store(true)
}

// more waits until the travellers have asked so much more.
func (j *journeys) more(n int64) {
	before := j.asks.Load()
	eventually(j.t, "the journeys go on", func() bool { return j.asks.Load() >= before+n })
}

// end stops everybody and holds what was acknowledged against the database.
func (j *journeys) end(d *db.DB) {
	j.t.Helper()
	j.halt()
	j.all.Wait()
	j.w.kept(j.t, d, j.receipts)
	j.t.Logf("%d requests, %d leaves acknowledged, %d asked to come back, %d failed", j.asks.Load(), len(j.receipts), j.busy.Load(), len(j.wrong))
}

// right fails the test for every answer that should not have been given.
func (j *journeys) right() {
	j.t.Helper()
	for i, wrong := range j.wrong {
		if i == 5 {
			j.t.Errorf("… and %d more", len(j.wrong)-i)
			return
		}
		j.t.Error(wrong)
	}
}

// kept: every acknowledged leave is there, and each leave is there whole.
func (w *killWorld) kept(t *testing.T, d *db.DB, receipts map[string]bool) {
	t.Helper()
	for receipt := range maps.Keys(receipts) {
		if count(t, d, `SELECT count(*) FROM receipts WHERE id = $1`, receipt[strings.LastIndexByte(receipt, '/')+1:]) != 1 {
			t.Errorf("acknowledged and lost: %s", receipt)
		}
	}
	left := count(t, d, `SELECT count(*) FROM receipts`)
	departures := count(t, d, `SELECT count(*) FROM departures`)
	acts := count(t, d, `SELECT count(*) FROM audit WHERE act = 'organization.leave' AND result = 'done'`)
	gone := count(t, d, `SELECT count(*) FROM users WHERE deleted_at IS NOT NULL`)
	open := count(t, d, `SELECT count(*) FROM receipts WHERE state = 'left'`)
	if departures != left || acts != left || gone != open {
		t.Errorf("not whole: %d receipts, %d departures, %d rows in the audit log; %d deleted users, %d open receipts", left, departures, acts, gone, open)
	}
}

// rollingRestart: one replica is stopped and started again, then the other; nobody
// notices.
func rollingRestart(t *testing.T, w *killWorld, c *cluster, d *db.DB) {
	w.enter(t, c.base)
	j := w.travel(t, c.base, portalOn(t, d))
	j.more(20)
	drained := false
	for _, r := range c.replicas {
		drained = r.restarts() || drained
		j.more(20)
	}
	if !drained {
		t.Error("neither was seen to answer after it had said that it was not ready")
	}
	j.end(d)
	j.right()
	if n := c.failed.Load(); n > 0 {
		t.Errorf("the proxy got no answer to %d requests", n)
	}
}

// oneMailEach: whatever the two do beside each other, a mail goes out once.
func oneMailEach(t *testing.T, d *db.DB, sink *smtpsink.Sink, mails *atomic.Int64) {
	eventually(t, "every mail has gone", func() bool {
		return count(t, d, `SELECT count(*) FROM outbox WHERE sent_at IS NULL`) == 0
	})
	put, kept, ids := count(t, d, `SELECT count(*) FROM outbox`), sink.Messages(), map[string]bool{}
	for _, m := range kept {
		ids[m.Header.Get("Message-ID")] = true
	}
	if got := int(mails.Load()); put == 0 || got != put || len(ids) != len(kept) {
		t.Errorf("%d mails were put and %d went out; %d of the last %d are different ones", put, got, len(ids), len(kept))
	}
	t.Logf("%d mails", put)
}

// oneKilled: a replica dies without a word in the middle of leaves.
func oneKilled(t *testing.T, w *killWorld, c *cluster, d *db.DB) {
	j := w.travel(t, c.base, portalOn(t, d))
	for _, r := range c.replicas {
		j.more(20)
		r.process.signal(syscall.SIGKILL)
		r.process.end()
		j.more(10)
		r.start()
		r.process.says("Sojourn is at")
		eventually(t, "the proxy uses the replica again", r.up.Load)
	}
	j.more(20)
	j.end(d)
	if len(j.wrong) > 2*len(w.people) { // those under way on the one that died
		t.Errorf("%d requests failed, the first: %s", len(j.wrong), j.wrong[0])
	}
}

// onePurge: both wake up to users that are due.
func onePurge(t *testing.T, w *killWorld, c *cluster, d *db.DB) {
	for _, r := range c.replicas {
		r.process.signal(syscall.SIGTERM)
	}
	for _, r := range c.replicas {
		r.process.end()
	}
	w.open(t, func(ctx context.Context, a *app.App) {
		for _, tenantID := range w.tenants {
			for _, p := range w.people[1:] {
				u, found, err := directory.UserOf(ctx, a.DB, tenantID, p.account)
				if err == nil && found {
					err = a.Directory.Delete(ctx, operator, tenantID, u.ID)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	})
	for _, text := range []string{`UPDATE users SET purge_at = 1 WHERE deleted_at IS NOT NULL`, `DELETE FROM leases`} {
		if _, err := d.Exec(context.Background(), text); err != nil {
			t.Fatal(err)
		}
	}
	due := count(t, d, `SELECT count(*) FROM users WHERE purge_at = 1`)
	for _, r := range c.replicas {
		r.start()
	}
	for _, r := range c.replicas {
		r.ready()
	}
	eventually(t, "everybody due is gone", func() bool { return count(t, d, `SELECT count(*) FROM users WHERE purge_at = 1`) == 0 })
	for _, r := range c.replicas { // whatever they are about is done then
		r.process.signal(syscall.SIGTERM)
		r.process.end()
	}
	stones, acts := count(t, d, `SELECT count(*) FROM tombstones`), count(t, d, `SELECT count(*) FROM audit WHERE act = 'user.purge' AND result = 'done'`)
	if due < len(w.tenants) || stones != due || acts != due {
		t.Errorf("%d were due; %d tombstones, %d purges in the audit log", due, stones, acts)
	}
	t.Logf("%d purged", due)
}
