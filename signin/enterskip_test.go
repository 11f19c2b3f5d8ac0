package signin_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/policies"
)

const northwind = "00000000-0000-4000-8000-000000000d01"

// TestStepSkip_enter drops, repeats, reorders and empties the steps of the way into two
// organizations that want a method of their own, in two browsers and for two people, and
// swaps what belongs to one for what belongs to another. A session is in an organization
// only where it began there itself, in time, and showed the code of the method that is
// bound to this organization, by a form of its own.
func TestStepSkip_enter(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		p.tenant(northwind, "Northwind", "northwind.example")
		ivo := p.account("", "", "ivo@mail.example", "Ivo", true)
		p.user(northwind, "00000000-0000-4000-8000-000000000003", noor, "noor@northwind", "UserAdministrator")
		p.user(northwind, "00000000-0000-4000-8000-000000000004", ivo, "ivo@northwind", "UserAdministrator")
		p.user(fabrikam, "00000000-0000-4000-8000-000000000005", ivo, "ivo@fabrikam", "UserAdministrator")
		step, err := json.Marshal(policies.SecondStep{Members: policies.Scope{Who: policies.Nobody}, Guests: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, tenant := range []string{fabrikam, northwind} {
			p.exec(`INSERT INTO settings (tenant_id, name, value, set_at, set_by) VALUES ($1, $2, $3, 1, 'test')`, tenant, policies.SecondPart.Setting(), string(step))
		}
		people, entered := map[string]string{"noor@contoso.example": noor, "ivo@mail.example": ivo}, 0
		rapid.Check(t, func(rt *rapid.T) {
			d.SetShift(0)
			p.exec(`DELETE FROM methods WHERE tenant_id IS NOT NULL`)
			w := &entrances{p: p, people: people, entered: &entered, codes: &bounds{onetime: &onetime{of: "nobody"}, methods: map[string]*bound{}}}
			p.signin.Seconds, p.signin.Bounds = w.codes, w.codes
			for _, account := range people {
				for _, tenant := range []string{fabrikam, northwind} {
					w.bind(account, tenant)
				}
			}
			for i := range w.who {
				w.who[i] = &entrant{browser: p.browser()}
				w.signIn(w.who[i], []string{"noor@contoso.example", "ivo@mail.example"}[rapid.IntRange(0, 1).Draw(rt, "who")])
			}
			rt.Repeat(map[string]func(*rapid.T){
				"begin": w.begin, "start": w.begin, "code": w.code, "code again": w.code, "once": w.code, "once more": w.code,
				"get": w.get, "swap": w.swap, "leave": w.leave, "another": w.another, "replace": w.replace, "wait": w.wait,
				"": w.check,
			})
		})
		if entered == 0 {
			t.Error("nobody got in: the test shows nothing")
		}
	})
}

type entrances struct {
	p       *portal
	people  map[string]string // accounts by name
	who     [2]*entrant
	flows   []*entrance
	codes   *bounds
	made    int // sessions and methods
	entered *int
}

// entrant is a browser with a session, as the model knows it.
type entrant struct {
	*browser
	session int // counted; 0 for none
	account string
	shown   map[string]string // the method shown in it, by organization
}

// entrance is the way into an organization that somebody began.
type entrance struct {
	secret, tenant string
	session        int
	at             time.Time
	used           bool
}

// bound is a method of an account that an organization has bound to itself.
type bound struct {
	id   string
	base int
	used int64 // codes
}

func (b *bound) shows(n int64) string { return fmt.Sprintf("%06d", b.base+int(n)) }

// bounds compares codes of bound methods, each good once. It stands for the room that
// knows them.
type bounds struct {
	*onetime
	methods map[string]*bound // by account and organization
}

func (s *bounds) CompareBound(_ context.Context, accountID, tenantID, code string) (accounts.SecondProof, error) {
	m := s.methods[accountID+tenantID]
	switch {
	case code == m.shows(m.used):
		return accounts.SecondProof{Factor: accounts.Factor{ID: m.id, Type: accounts.Authenticator}, AccountID: accountID, Step: m.used}, nil
	case code == m.shows(m.used-1):
		return accounts.SecondProof{}, fault.New(fault.Conflict, "code_used", "signin.second.missing")
	}
	return accounts.SecondProof{}, fault.New(fault.Invalid, "wrong_code", "signin.second.missing")
}

func (s *bounds) Spend(_ context.Context, _ *db.Tx, p accounts.SecondProof) error {
	for _, m := range s.methods {
		if m.id == p.Factor.ID && m.used == p.Step {
			m.used++
			return nil
		}
	}
	return fault.New(fault.Conflict, "code_used", "signin.second.missing")
}

// bind gives an account a method for an organization, in place of the one before.
func (w *entrances) bind(account, tenant string) {
	w.made++
	m := &bound{id: fmt.Sprint("bound-", w.made), base: 100001 + 1000*w.made}
	w.codes.methods[account+tenant] = m
	w.p.exec(`DELETE FROM methods WHERE account_id = $1 AND tenant_id = $2`, account, tenant)
	w.p.exec(`INSERT INTO methods (id, account_id, tenant_id, type, secret, pepper, state, version, created_at, changed_at, sealed)
		VALUES ($1, $2, $3, 'authenticator', '', '', 'active', 1, 1, 1, $4)`, m.id, account, tenant, []byte("x"))
}

func (w *entrances) signIn(b *entrant, name string) {
	w.p.exec(`DELETE FROM counters`)
	b.enter(name, secretWord).want(303, "/")
	w.made++
	b.session, b.account, b.shown = w.made, w.people[name], map[string]string{}
}

func (w *entrances) entrant(rt *rapid.T) *entrant {
	return w.who[rapid.IntRange(0, 1).Draw(rt, "browser")]
}

func (w *entrances) tenant(rt *rapid.T) string {
	return rapid.SampledFrom([]string{fabrikam, northwind}).Draw(rt, "tenant")
}

// isIn says whether a session has shown what an organization wants.
func (w *entrances) isIn(b *entrant, tenant string) bool {
	return b.session != 0 && b.shown[tenant] == w.codes.methods[b.account+tenant].id
}

// form has the token of the forms of a browser.
func (b *entrant) form() url.Values { return b.get("/").fields() }

func (w *entrances) begin(rt *rapid.T) {
	b, tenant := w.entrant(rt), w.tenant(rt)
	if b.session == 0 {
		return
	}
	v := b.form()
	v.Set("returnUrl", "/manage/"+tenant)
	b.do("POST", "/enter/"+tenant, v)
	want := "/enter/" + tenant + "/second"
	if w.isIn(b, tenant) {
		want = "/enter/" + tenant + "?returnUrl=" + url.QueryEscape("/manage/"+tenant) // which leads on
	}
	if b.status != 303 || b.header.Get("Location") != want {
		rt.Fatalf("begin: %d to %q, want %q: %.200s", b.status, b.header.Get("Location"), want, b.page)
	}
	if !w.isIn(b, tenant) {
		w.flows = append(w.flows, &entrance{secret: b.cookies["sojourn_flow_8080"], tenant: tenant, session: b.session, at: w.p.d.Now()})
	}
	w.check(rt)
}

// code types a code: the right one, one of another method or person, an old one or
// nothing, in its own flow, another's, or none, at one step or another.
func (w *entrances) code(rt *rapid.T) {
	b, tenant := w.entrant(rt), w.tenant(rt)
	var f *entrance
	secret := rapid.SampledFrom([]string{"", strings.Repeat("A", 43)}).Draw(rt, "secret")
	if len(w.flows) > 0 && rapid.IntRange(0, 9).Draw(rt, "any") > 0 {
		f = w.flows[len(w.flows)-1-rapid.IntRange(0, min(3, len(w.flows)-1)).Draw(rt, "flow")]
		if secret = f.secret; rapid.IntRange(0, 4).Draw(rt, "there") > 0 {
			tenant = f.tenant
		}
		for _, other := range w.who {
			if other.session == f.session && rapid.IntRange(0, 4).Draw(rt, "own") > 0 {
				b = other
			}
		}
	}
	codes := []string{"", "000000"}
	for _, m := range []string{fabrikam, northwind} {
		for _, name := range []string{"noor@contoso.example", "ivo@mail.example"} {
			x := w.codes.methods[w.people[name]+m]
			codes = append(codes, x.shows(x.used), x.shows(x.used-1))
		}
	}
	typed := rapid.SampledFrom(codes).Draw(rt, "code")
	mine := w.codes.methods[b.account+tenant]
	if mine != nil && rapid.IntRange(0, 3).Draw(rt, "right") > 0 {
		typed = mine.shows(mine.used)
	}
	method := rapid.SampledFrom([]string{"POST", "POST", "POST", "POST", "GET", "HEAD", "PUT"}).Draw(rt, "verb")
	at := "/enter/" + tenant + "/second"
	path := rapid.SampledFrom([]string{at, at, at, at, at, "/enter/" + tenant, "/prove/second", "/sign-in/second"}).Draw(rt, "path")
	v := b.form()
	v.Set("flow", secret)
	v.Set("code", typed)
	v.Set("returnUrl", "/manage/"+tenant)
	v.Set("tenant", tenant)
	v.Set("method", "app")
	if rapid.IntRange(0, 19).Draw(rt, "bare") == 0 {
		v.Del("csrf")
	}
	right := f != nil && method == "POST" && path == at && v.Has("csrf") && b.session != 0 && !f.used && f.session == b.session && f.tenant == tenant &&
		w.p.d.Now().Sub(f.at) < 15*time.Minute && typed == mine.shows(mine.used)
	if method == "POST" {
		b.do(method, path, v)
	} else {
		b.do(method, path+"?"+v.Encode(), nil)
	}
	if path == "/enter/"+tenant && b.status == 303 && strings.HasSuffix(b.header.Get("Location"), "/second") { // it began anew
		w.flows = append(w.flows, &entrance{secret: b.cookies["sojourn_flow_8080"], tenant: tenant, session: b.session, at: w.p.d.Now()})
	}
	if right {
		if b.status != 303 || b.header.Get("Location") != "/manage/"+tenant {
			rt.Fatalf("the right code: %d to %q: %.300s", b.status, b.header.Get("Location"), b.page)
		}
		f.used, b.shown[tenant] = true, mine.id
		*w.entered++
	}
	w.check(rt)
}

// get asks for the step as a page, with everything in the address.
func (w *entrances) get(rt *rapid.T) {
	b, tenant := w.entrant(rt), w.tenant(rt)
	if len(w.flows) == 0 {
		return
	}
	f := w.flows[rapid.IntRange(0, len(w.flows)-1).Draw(rt, "flow")]
	code := "000000"
	if m := w.codes.methods[b.account+tenant]; m != nil {
		code = m.shows(m.used)
	}
	b.get("/enter/" + tenant + "/second?" + url.Values{"flow": {f.secret}, "code": {code}, "csrf": {"x"}}.Encode())
	w.check(rt)
}

// swap puts the flow of one browser in the other, which is not shown it unless it is
// its own.
func (w *entrances) swap(rt *rapid.T) {
	from, to, tenant := w.who[0], w.who[1], w.tenant(rt)
	secret := from.cookies["sojourn_flow_8080"]
	if secret == "" {
		return
	}
	to.cookies["sojourn_flow_8080"] = secret
	to.get("/enter/" + tenant + "/second")
	for _, f := range w.flows {
		if f.secret == secret && (f.session != to.session || f.tenant != tenant) && strings.Contains(to.page, secret) {
			rt.Fatal("another session's way in was shown")
		}
	}
	w.check(rt)
}

// leave loses a session, with the cookies or without.
func (w *entrances) leave(rt *rapid.T) {
	b := w.entrant(rt)
	if b.session == 0 {
		return
	}
	if rapid.Bool().Draw(rt, "cookies") {
		b.cookies = map[string]string{}
	} else if b.get("/").submit("/sign-out"); b.status != 303 {
		rt.Fatalf("sign out: %d", b.status)
	}
	b.session, b.account = 0, ""
	w.check(rt)
}

// another has somebody sign in where nobody is.
func (w *entrances) another(rt *rapid.T) {
	b := w.entrant(rt)
	if b.session == 0 {
		w.signIn(b, rapid.SampledFrom([]string{"noor@contoso.example", "ivo@mail.example"}).Draw(rt, "name"))
	}
	w.check(rt)
}

// replace binds another method: what was shown is nothing any more.
func (w *entrances) replace(rt *rapid.T) {
	if rapid.IntRange(0, 2).Draw(rt, "seldom") == 0 {
		w.bind(w.people[rapid.SampledFrom([]string{"noor@contoso.example", "ivo@mail.example"}).Draw(rt, "name")], w.tenant(rt))
	}
	w.check(rt)
}

func (w *entrances) wait(rt *rapid.T) {
	w.p.d.SetShift(w.p.d.Shift() + time.Duration(rapid.IntRange(1, 9).Draw(rt, "minutes"))*time.Minute)
	w.check(rt)
}

// check asks both organizations in both browsers whether they let in, which keeps the
// sessions in use.
func (w *entrances) check(rt *rapid.T) {
	for _, b := range w.who {
		if b.get("/"); (b.status == 200) != (b.session != 0) {
			rt.Fatalf("signed in %v, want %v", b.status == 200, b.session != 0)
		}
		if b.session == 0 {
			continue
		}
		for _, tenant := range []string{fabrikam, northwind} {
			b.get("/manage/" + tenant)
			in, aged := b.status == 200, b.status == 303 && strings.HasPrefix(b.header.Get("Location"), "/prove")
			if !aged && in != w.isIn(b, tenant) {
				rt.Fatalf("let into %s: %v, want %v: %d to %q", tenant, in, !in, b.status, b.header.Get("Location"))
			}
		}
	}
}
