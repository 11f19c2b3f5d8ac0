package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/passkey"
	"sojourn/securityinfo"
	"sojourn/sojourntest"
)

// Whoever knows no more than a name learns nothing of the account behind it: by text,
// status, place, headers, and the names, attributes and lengths of cookies.

// bystanders are one name that nobody has and one of each sort of account, all of one
// domain and as long as each other.
var bystanders = []string{"nobody", "aplain", "nopass", "isgone", "nomore", "keyed1", "second"}

// stand makes the accounts of the names.
func stand(t *testing.T, p *sojourntest.Portal) (names []string) {
	t.Helper()
	ctx, tenant := context.Background(), p.Tenant("contoso.example").ID
	hashed, err := p.App.SecurityInfo.Hasher.Hash(ctx, sojourntest.Password)
	if err != nil {
		t.Fatal(err)
	}
	exec := func(text string, args ...any) {
		if _, err := p.App.DB.Exec(ctx, text, args...); err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range bystanders {
		names = append(names, who+"@contoso.example")
		if who == "nobody" {
			continue
		}
		u, _, err := p.App.Directory.CreateMember(ctx, actor.OperatorActor(), tenant, directory.NewMember{Name: "Some Body", SignInName: who})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.App.DB.Tx(ctx, func(tx *db.Tx) error {
			if who == "keyed1" { // a passkey, and no password
				_, err := accounts.KeepKey(ctx, tx, accounts.Key{MethodID: "key-of-one", AccountID: u.AccountID, ID: []byte("credential"), Record: "{}"}, "Key")
				return err
			}
			if who == "nopass" {
				return nil
			}
			_, err := accounts.SetPassword(ctx, tx, p.App.Directory.IDs, u.AccountID, 0, hashed)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		switch who {
		case "isgone":
			exec(`UPDATE users SET account_enabled = FALSE WHERE id = $1`, u.ID)
		case "nomore":
			exec(`UPDATE users SET deleted_at = 5 WHERE id = $1`, u.ID)
		case "second":
			if err := p.App.SecurityInfo.Issue(ctx, actor.OperatorActor(), u.AccountID, "App", []byte("seed of a test's own")); err != nil {
				t.Fatal(err)
			}
			if err := p.App.SecurityInfo.IssueEmail(ctx, actor.OperatorActor(), u.AccountID, "private@post.example"); err != nil {
				t.Fatal(err)
			}
		}
	}
	return names
}

// eavesdropper notes all that an answer says, but for what is drawn anew for each
// request, and the name itself.
type eavesdropper struct {
	t     *testing.T
	b     *sojourntest.Browser
	name  string
	page  string // the last one
	notes []string
}

var (
	values  = regexp.MustCompile(`(<input type="hidden" name="(?:csrf|flow|account)" value=")([^"]*)"`)
	pairs   = regexp.MustCompile(`<input[^>]* name="(csrf|flow|account|place)"[^>]* value="([^"]*)"`)
	tile    = regexp.MustCompile(`<span class="tile[^>]*>[^<]*</span>`)
	seconds = regexp.MustCompile(`\b\d+ (seconds|minutes)\b`)
)

func listen(t *testing.T, p *sojourntest.Portal, name string) *eavesdropper {
	return &eavesdropper{t: t, b: stay(p.Browser()), name: name}
}

// ask sends a request: a GET, or with typed a POST with the hidden fields of the page
// before.
func (e *eavesdropper) ask(path string, typed ...string) *eavesdropper {
	e.t.Helper()
	method, body := http.MethodGet, ""
	if len(typed) > 0 {
		form := url.Values{}
		for _, m := range pairs.FindAllStringSubmatch(e.page, -1) {
			form.Set(m[1], html.UnescapeString(m[2]))
		}
		for i := 0; i+1 < len(typed); i += 2 {
			form.Set(typed[i], typed[i+1])
		}
		method, body = http.MethodPost, form.Encode()
	}
	req, err := http.NewRequest(method, e.b.Portal.URL+path, strings.NewReader(body))
	if err != nil {
		e.t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.Header.Set("Accept-Encoding", "identity")
	req.Header.Set("Accept-Language", "en")
	res, err := e.b.Client.Do(req)
	if err != nil {
		e.t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil {
		e.t.Fatal(err)
	}
	e.page = string(page)
	e.notes = append(e.notes, e.neutral(fmt.Sprintf("%s %s\n%d\n%s\n%s", method, path, res.StatusCode, heads(res), e.page)))
	return e
}

// heads are the headers in order. Of a cookie counts all but what it says.
func heads(res *http.Response) string {
	var lines []string
	for name, list := range res.Header {
		switch name {
		case "Date", "X-Request-Id": // its own for each request
		case "Set-Cookie":
			for _, c := range res.Cookies() {
				lines = append(lines, fmt.Sprintf("cookie %s of %d, %d s, %s %t %t %d", c.Name, len(c.Value), c.MaxAge, c.Path, c.HttpOnly, c.Secure, c.SameSite))
			}
		case "Content-Length": // names are as long as each other
			lines = append(lines, "length "+list[0])
		default:
			lines = append(lines, name+": "+strings.Join(list, ", "))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// neutral takes out of a page what is the asker's own.
func (e *eavesdropper) neutral(page string) string {
	local, domain, _ := strings.Cut(e.name, "@")
	page = values.ReplaceAllString(page, `${1}"`)
	page = tile.ReplaceAllString(page, "") // the initials of what was typed
	page = seconds.ReplaceAllString(page, "a while")
	return strings.NewReplacer(e.name, "NAME", local+"@<wbr>"+domain, "NAME", local+"%40"+domain, "NAME").Replace(page)
}

// enters walks through every page of signing in that a name leads to.
func (e *eavesdropper) enters() *eavesdropper {
	return e.ask("/sign-in").ask("/sign-in", "name", e.name).
		ask("/sign-in/password").ask("/sign-in/password", "password", "not the right words at all").
		ask("/sign-in/pass").ask("/sign-in/pass", "pass", "00000000").
		ask("/sign-in/second").ask("/sign-in/second/methods").ask("/sign-in/second", "code", "000000", "method", "x").ask("/sign-in/second/send", "method", "x").
		ask("/sign-in").ask("/sign-in/passkey", "name", e.name, "code", "").
		ask("/accounts").ask("/sign-in?name=" + url.QueryEscape(e.name))
}

// resets walks through every page of getting back in. Which questions are asked is
// drawn by lot for everybody.
func (e *eavesdropper) resets() *eavesdropper {
	e.ask("/reset?name="+url.QueryEscape(e.name)).ask("/reset", "name", e.name).ask("/reset/verify")
	for _, way := range []string{"email", "text", "call", "office"} {
		place := "+31612345643"
		if way == "email" {
			place = "stranger@post.example"
		}
		e.ask("/reset/verify/"+way).ask("/reset/verify/"+way+"/send", "place", place).ask("/reset/verify/" + way)
	}
	e.ask("/reset/verify/authenticator").ask("/reset/verify/authenticator", "code", "000000")
	return e.ask("/reset/password").ask("/reset/password", "new", "velvet anchor pepper drizzle").ask("/reset/done").
		ask("/reset").ask("/reset", "name", e.name).ask("/reset/help").ask("/reset/help", "name", "")
}

// alike fails the test where two have heard something different.
func alike(t *testing.T, what string, heard []*eavesdropper) {
	t.Helper()
	for _, e := range heard[1:] {
		for i, want := range heard[0].notes {
			if e.notes[i] == want {
				continue
			}
			said, wanted := strings.Split(e.notes[i], "\n"), strings.Split(want, "\n")
			for n := range min(len(said), len(wanted)) {
				if said[n] != wanted[n] {
					t.Errorf("%s: %s: of %s is said\n%s\nand of %s\n%s", what, said[0], e.name, around(said[n], wanted[n]), heard[0].name, around(wanted[n], said[n]))
					break
				}
			}
			break
		}
	}
}

// around is where a line begins to be another than a second one.
func around(line, other string) string {
	n := 0
	for n < min(len(line), len(other)) && line[n] == other[n] {
		n++
	}
	return line[max(0, n-80):min(len(line), n+300)]
}

func TestEnumeration(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		p.App.SecurityInfo.Keys = passkey.For(&url.URL{Scheme: "https", Host: "portal.example"}, "Sojourn")
		names := stand(t, p)
		for _, what := range []string{"at first", "after tries", "waiting", "used up"} {
			var in, back []*eavesdropper
			for _, name := range names {
				in = append(in, listen(t, p, name).enters())
				back = append(back, listen(t, p, name).resets())
			}
			alike(t, what, in)
			alike(t, what, back)
			if said := strings.Join(in[0].notes, ""); what == "used up" && !strings.Contains(said, "Signing in from here with a password is off") {
				t.Errorf("tries are not used up: %s", said)
			}
			more := 2
			if what == "waiting" {
				more = 97
			}
			if _, err := p.App.DB.Exec(context.Background(), `UPDATE counters SET count = count + $1 WHERE name NOT LIKE 'mail%'`, more); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A passkey is asked before anybody has said who they are, so the question is of no
// account.
func TestEnumeration_passkeyAsksAnybody(t *testing.T) {
	p := sojourntest.Start(t)
	p.App.SecurityInfo.Keys = passkey.For(&url.URL{Scheme: "https", Host: "portal.example"}, "Sojourn")
	for _, name := range stand(t, p) {
		e := listen(t, p, name).ask("/sign-in").ask("/sign-in/passkey/ask", "name", name)
		var got struct {
			PublicKey struct {
				AllowCredentials []any `json:"allowCredentials"`
			} `json:"publicKey"`
		}
		if err := json.Unmarshal([]byte(e.page), &got); err != nil || len(got.PublicKey.AllowCredentials) > 0 {
			t.Errorf("%s: %v %s", name, err, e.page)
		}
	}
}

// What a wrong password or pass takes is the hash, whoever's it is, and whether there
// is anybody. Medians of tries that take turns.
func TestEnumeration_time(t *testing.T) {
	p := sojourntest.Start(t)
	names := stand(t, p)
	info := p.App.SecurityInfo
	info.Hasher = securityinfo.NewHasher(info.Box, securityinfo.Params{Memory: 19 * 1024, Time: 2, Threads: 1})
	hashed, err := info.Hasher.Hash(context.Background(), sojourntest.Password)
	if err != nil {
		t.Fatal(err)
	}
	exec := func(text string, args ...any) {
		if _, err := p.App.DB.Exec(context.Background(), text, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(`UPDATE methods SET secret = $1 WHERE type = 'password'`, hashed.Hash)
	for _, c := range []struct{ path, field string }{{"/sign-in/password", "password"}, {"/sign-in/pass", "pass"}} {
		took := map[string][]time.Duration{}
		for range 7 {
			for _, name := range names {
				e := listen(t, p, name).ask("/sign-in").ask("/sign-in", "name", name).ask(c.path)
				exec(`DELETE FROM counters`)
				began := time.Now()
				e.ask(c.path, c.field, "0000 0000 0000")
				took[name] = append(took[name], time.Since(began))
			}
		}
		middle := func(name string) time.Duration {
			slices.Sort(took[name])
			return took[name][3]
		}
		for _, name := range names {
			if ratio := float64(middle(name)) / float64(middle(names[0])); ratio < 0.5 || ratio > 2 {
				t.Errorf("%s: %s takes %v, and nobody %v", c.path, name, middle(name), middle(names[0]))
			}
		}
		t.Log(c.path, middle(names[0]), middle(names[1]))
	}
}
