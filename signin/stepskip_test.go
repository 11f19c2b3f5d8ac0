package signin_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

// TestStepSkip drops, repeats, reorders and empties the steps of sign-ins in two
// browsers, and swaps what belongs to one for what belongs to the other. Whoever
// gets in has taken every step, in one browser, in time, once, with the password
// of the name that the first step fixed.
func TestStepSkip(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		p.account("", "", "mia@mail.example", "Mia", true)
		p.exec(`UPDATE methods SET secret = $1 WHERE account_id = (SELECT account_id FROM identities WHERE subject = 'mia@mail.example')`,
			hashOf(p, miasWord))
		rapid.Check(t, func(rt *rapid.T) {
			d.SetShift(0)
			w := &walk{p: p, rt: rt}
			for i := range w.who {
				w.who[i] = &walker{browser: p.browser(), bound: w.fresh()}
				if rapid.Bool().Draw(rt, "known") { // signed in before
					w.who[i].browser = p.signedIn("noor@contoso.example").get("/").submit("/sign-out")
					w.who[i].known = true
				}
			}
			rt.Repeat(map[string]func(*rapid.T){
				"begin":    w.begin,
				"password": w.password,
				"again":    w.password,
				"once":     w.password,
				"start":    w.begin,
				"get":      w.get,
				"swap":     w.swap,
				"forget":   w.forget,
				"wait":     w.wait,
				"sign out": w.signOut,
				"":         func(*rapid.T) {},
			})
		})
	})
}

// TestStepSkip_again: a flow that has let somebody in is over, also in the same
// browser, signed out, with the right password and in time.
func TestStepSkip_again(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		b := p.signedIn("noor@contoso.example").get("/").submit("/sign-out").follow()
		b.submit("/sign-in", "name", "noor@contoso.example").follow()
		flow := b.fields().Get("flow")
		b.submit("/sign-in/password", "password", secretWord).want(303, "/").follow().submit("/sign-out").follow()
		b.submit("/sign-in/password", "flow", flow, "password", secretWord).want(303, "/sign-in")
		b.follow().has("Start again")
		b.cookies["sojourn_flow_8080"] = flow
		b.get("/sign-in/password").want(303, "/sign-in")
	})
}

// TestStepSkip_order: the last step without the first, or without a cookie.
func TestStepSkip_order(t *testing.T) {
	p, _ := settled(t, dbtest.Open(t))
	b := p.browser().get("/sign-in/password").want(303, "/sign-in").follow()
	b.submit("/sign-in/password", "password", secretWord).want(303, "/sign-in")
	b.get("/sign-in").submit("/sign-in/password", "flow", "", "name", "noor@contoso.example", "password", secretWord).want(303, "/sign-in")
	b.enter("noor@contoso.example", "wrong words here").want(422, "")
	other := p.browser().get("/sign-in")
	flow := b.fields().Get("flow")
	other.submit("/sign-in/password", "flow", flow, "password", secretWord).want(303, "/sign-in")
	b.submit("/sign-in/password", "password", secretWord).want(303, "/")
}

const miasWord = "lantern gravel ocean mitten"

type walk struct {
	p     *portal
	rt    *rapid.T
	who   [2]*walker
	flows []*begun
	names int
}

// walker is a browser and what its flows are bound to.
type walker struct {
	*browser
	bound string
	known bool // has a row of its own
	in    bool
	name  string // who got in last
}

// begun is a flow as the model knows it.
type begun struct {
	secret, name, bound string
	at                  time.Time
	used                bool
}

func (w *walk) fresh() string { w.names++; return fmt.Sprint("bound ", w.names) }

func (w *walk) walker(rt *rapid.T) *walker { return w.who[rapid.IntRange(0, 1).Draw(rt, "browser")] }

var passwords = map[string]string{"noor@contoso.example": secretWord, "mia@mail.example": miasWord}

func (w *walk) begin(rt *rapid.T) {
	b := w.walker(rt)
	if b.in {
		return
	}
	name := rapid.SampledFrom([]string{"noor@contoso.example", "mia@mail.example", "nobody@mail.example"}).Draw(rt, "name")
	b.get("/sign-in").submit("/sign-in", "name", name)
	if b.status != 303 || b.header.Get("Location") != "/sign-in/password" {
		rt.Fatalf("begin: %d to %q", b.status, b.header.Get("Location"))
	}
	w.flows = append(w.flows, &begun{secret: b.cookies["sojourn_flow_8080"], name: name, bound: b.bound, at: w.p.d.Now()})
}

// password sends the last step: with the right password of some flow, its own or
// another's, or with anything.
func (w *walk) password(rt *rapid.T) {
	b := w.walker(rt)
	var flow *begun
	secret := rapid.SampledFrom([]string{"", "x", strings.Repeat("A", 43)}).Draw(rt, "secret")
	typed := rapid.SampledFrom([]string{secretWord, miasWord, "", "something else entirely"}).Draw(rt, "password")
	if len(w.flows) > 0 && rapid.IntRange(0, 9).Draw(rt, "any") > 0 {
		flow = w.flows[len(w.flows)-1-rapid.IntRange(0, min(3, len(w.flows)-1)).Draw(rt, "flow")]
		secret = flow.secret
		if right := passwords[flow.name]; right != "" && rapid.IntRange(0, 4).Draw(rt, "right") > 0 {
			typed = right
		}
	}
	w.p.exec(`DELETE FROM counters`)
	if !b.in {
		b.get("/sign-in") // a form of this browser, to post with
	}
	v := b.fields()
	v.Set("flow", secret)
	v.Set("password", typed)
	v.Set("name", "noor@contoso.example") // no later step takes a name
	v.Set("returnUrl", "/manage/"+fabrikam)
	if rapid.IntRange(0, 19).Draw(rt, "bare") == 0 {
		v.Del("csrf")
	}
	b.do("POST", "/sign-in/password", v)
	right := flow != nil && !flow.used && flow.bound == b.bound && w.p.d.Now().Sub(flow.at) < 15*time.Minute &&
		passwords[flow.name] == typed && typed != "" && v.Has("csrf") && !b.in
	if entered := b.status == 303 && b.header.Get("Location") == "/" && !b.in; entered != right {
		rt.Fatalf("entered %v, want %v: %d to %q %.300s", entered, right, b.status, b.header.Get("Location"), b.page)
	}
	if right {
		flow.used, b.in, b.name = true, true, flow.name
		if !b.known {
			b.known, b.bound = true, w.fresh()
		}
	}
	w.check(rt, b)
}

// check asks the portal who it thinks is there.
func (w *walk) check(rt *rapid.T, b *walker) {
	b.get("/")
	if in := b.status == 200; in != b.in {
		rt.Fatalf("signed in %v, want %v", in, b.in)
	}
	if b.in && strings.Contains(b.page, "Noor") != (b.name == "noor@contoso.example") {
		rt.Fatalf("somebody else than %s got in", b.name)
	}
}

// get asks for the last step as a page, with everything in the address.
func (w *walk) get(rt *rapid.T) {
	b := w.walker(rt)
	if len(w.flows) == 0 {
		return
	}
	flow := w.flows[rapid.IntRange(0, len(w.flows)-1).Draw(rt, "flow")]
	query := url.Values{"flow": {flow.secret}, "password": {passwords[flow.name]}, "csrf": {"x"}}
	for _, method := range []string{"GET", "HEAD", "PUT"} {
		b.do(method, "/sign-in/password?"+query.Encode(), nil)
	}
	w.check(rt, b)
}

// swap puts the flow of one browser in the other, which is not shown whose it is.
func (w *walk) swap(rt *rapid.T) {
	from, to := w.who[0], w.who[1]
	secret := from.cookies["sojourn_flow_8080"]
	if secret == "" {
		return
	}
	to.cookies["sojourn_flow_8080"] = secret
	to.get("/sign-in/password")
	for _, flow := range w.flows {
		if flow.secret == secret && flow.bound != to.bound && strings.Contains(to.page, "Enter your password") {
			rt.Fatal("another browser's flow was shown")
		}
	}
}

// forget loses the cookies of a browser.
func (w *walk) forget(rt *rapid.T) {
	b := w.walker(rt)
	b.cookies, b.bound, b.known, b.in = map[string]string{}, w.fresh(), false, false
}

func (w *walk) wait(rt *rapid.T) {
	w.p.d.SetShift(w.p.d.Shift() + time.Duration(rapid.IntRange(1, 9).Draw(rt, "minutes"))*time.Minute)
	for _, b := range w.who { // sessions stay in use
		b.get("/")
		b.in = b.status == 200
	}
}

func (w *walk) signOut(rt *rapid.T) {
	b := w.walker(rt)
	if !b.in {
		return
	}
	b.get("/").submit("/sign-out")
	if b.status != 303 {
		rt.Fatalf("sign out: %d", b.status)
	}
	b.in = false
}

func hashOf(p *portal, password string) string {
	h, err := p.info.Hasher.Hash(p.t.Context(), password)
	if err != nil {
		p.t.Fatal(err)
	}
	return h.Hash
}
