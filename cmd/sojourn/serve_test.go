package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"sojourn/internal/dbtest"
	"sojourn/sojourntest"
)

const setUpLink = `within an hour:\n  (http://localhost:\d+/setup/\S+)\n`

// path is what follows the address of a portal.
func path(t *testing.T, link string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	return u.Path
}

var founding = url.Values{
	"organization": {"Contoso Ltd"}, "domain": {contoso}, "person": {"Sam Rivera"}, "signin": {"sam.rivera"}, "new": {sojourntest.Password},
}

// From the first start on an empty database to a signed-in administrator, through
// nothing but what the process prints and its pages.
func TestServe_setUp(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		set := settings(emptied(t, source))
		p := start(t, set, "serve", "--listen", "localhost:0")
		address, link := p.ready(), p.says(setUpLink)
		p.says("mails wait in the outbox")
		portal := sojourntest.At(t, address)
		portal.Browser().Get("/setup/guessed").Is(http.StatusGone)
		b := portal.Browser()
		form := b.Get(path(t, link)).Is(http.StatusOK).Has("Set up Sojourn")
		late := portal.Browser().Get(path(t, link)).Is(http.StatusOK)
		form.Submit("Create organization", founding).Is(http.StatusOK)
		b.SignIn("sam.rivera@contoso.example", sojourntest.Password)
		b.Get("/organizations").Has("Home organization", "Contoso Ltd")
		b.Get("/manage/"+tenantIn(t, b)+"/users").Is(http.StatusOK).Has("Sam Rivera", "Global Administrator")
		// The link has been used; so has everybody's chance.
		portal.Browser().Get(path(t, link)).Is(http.StatusGone)
		late.Submit("Create organization", founding).Is(http.StatusGone)
		p.stops()

		again := start(t, set, "serve", "--listen", strings.TrimPrefix(address, "http://"))
		again.ready()
		b.Get("/organizations").Is(http.StatusOK).Has("Contoso Ltd") // still signed in
		again.stops()
		if out := again.out.String(); strings.Contains(out, "setup") {
			t.Errorf("the second start offers to set up:\n%s", out)
		}
		if log := p.err.String() + again.err.String(); strings.Contains(log, path(t, link)) {
			t.Errorf("the log has the link:\n%s", log)
		}
	})
}

// tenantIn is the organization that the signed-in person administers.
func tenantIn(t *testing.T, b *sojourntest.Browser) string {
	t.Helper()
	_, rest, found := strings.Cut(b.Get("/").HTML, `href="/manage/`)
	id, _, _ := strings.Cut(rest, `"`)
	if !found {
		t.Fatal("the overview leads to no admin centre")
	}
	return id
}

// Two processes that start on one new database both serve it, and one set-up
// link works, once.
func TestServe_twoAtOnce(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		source = emptied(t, source)
		set := settings(source)
		if strings.HasPrefix(source, "sqlite:") {
			set = set[:1] // the key is made by the first, too
		}
		var both [2]*process
		for i := range both {
			both[i] = start(t, set, "serve", "--listen", "localhost:0")
		}
		alive, founded := 0, 0
		for _, p := range both {
			p.ready()
		}
		for _, p := range both {
			link := p.says(setUpLink)
			page := sojourntest.At(t, p.address()).Browser().Get(path(t, link))
			if page.Status == http.StatusGone { // the other one's is newer
				continue
			}
			alive++
			if page.Submit("Create organization", founding).Status == http.StatusOK {
				founded++
			}
		}
		if alive != 1 || founded != 1 {
			t.Errorf("%d links work, %d set up; want one", alive, founded)
		}
		for _, p := range both {
			sojourntest.At(t, p.address()).Browser().SignIn("sam.rivera@contoso.example", sojourntest.Password)
			p.stops()
		}
		if n := count(t, dbtest.Connect(t, source), `SELECT count(*) FROM tenants`); n != 1 {
			t.Errorf("%d organizations", n)
		}
	})
}

// A request under way when the process is told to stop is answered; new ones are
// not taken.
func TestServe_stopsGracefully(t *testing.T) {
	p := start(t, settings(newFile(t)), "serve", "--listen", "localhost:0")
	address := p.ready()
	host := strings.TrimPrefix(address, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(long))
	fmt.Fprintf(conn, "POST /language HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\nlng", host)
	time.Sleep(200 * time.Millisecond) // it has come as far as its body
	p.signal(syscall.SIGTERM)
	deadline := time.Now().Add(long)
	for {
		other, err := net.Dial("tcp", host)
		if err != nil {
			break
		}
		other.Close()
		if time.Now().After(deadline) {
			t.Fatal("it goes on taking connections")
		}
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Fprint(conn, "=en")
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("the request under way got no answer: %v", err)
	}
	if _, err := io.ReadAll(res.Body); err != nil || res.StatusCode >= 500 {
		t.Errorf("the request under way: %s, %v", res.Status, err)
	}
	if code := p.end(); code != 0 {
		t.Errorf("ended with %d:\n%s", code, p.err.String())
	}
}

func TestServe_stopsWhileStarting(t *testing.T) {
	p := start(t, settings(newFile(t)), "serve", "--listen", "localhost:0")
	p.signal(syscall.SIGTERM)
	p.end() // however far it had come; the next start shows that nothing broke
	if p.code < -1 || p.code > 1 {
		t.Errorf("ended with %d:\n%s", p.code, p.err.String())
	}
	q := start(t, p.cmd.Env, "serve", "--listen", "localhost:0")
	q.ready()
	q.stops()
}
