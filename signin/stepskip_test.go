package signin_test

import (
	"context"
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
)

// TestStepSkip drops, repeats, reorders and empties the steps of sign-ins in two
// browsers, and swaps what belongs to one for what belongs to the other. Whoever
// gets in has taken every step, in one browser, in time, once, with the password
// of the name that the first step fixed.
func TestStepSkip(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		p.account("", "", "mia@mail.example", "Mia", true)
		ivo := p.account("", "", "ivo@mail.example", "Ivo", true)
		p.exec(`UPDATE methods SET secret = $1 WHERE account_id = (SELECT account_id FROM identities WHERE subject = 'mia@mail.example')`,
			hashOf(p, miasWord))
		rapid.Check(t, func(rt *rapid.T) {
			d.SetShift(0)
			w := &walk{p: p, rt: rt, codes: &onetime{of: ivo}, keys: &keyring{of: ivo, asked: map[string]accounts.Asking{}}}
			p.signin.Seconds, p.signin.Passkeys = w.codes, w.keys
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
				"second":   w.second,
				"code":     w.second,
				"send":     w.send,
				"sent":     w.sent,
				"ask":      w.ask,
				"key":      w.key,
				"touch":    w.key,
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
	codes *onetime
	keys  *keyring
	asked []*question
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
	second              bool   // the password was right, a code is asked
	id                  string // under which codes are sent for it
	used                bool
}

func (f *begun) open(b *walker, now time.Time) bool {
	return !f.used && f.bound == b.bound && now.Sub(f.at) < 15*time.Minute
}

func (w *walk) fresh() string { w.names++; return fmt.Sprint("bound ", w.names) }

func (w *walk) walker(rt *rapid.T) *walker { return w.who[rapid.IntRange(0, 1).Draw(rt, "browser")] }

var passwords = map[string]string{"noor@contoso.example": secretWord, "mia@mail.example": miasWord, "ivo@mail.example": secretWord}

func (w *walk) begin(rt *rapid.T) {
	b := w.walker(rt)
	name := rapid.SampledFrom([]string{"noor@contoso.example", "mia@mail.example", "ivo@mail.example", "nobody@mail.example"}).Draw(rt, "name")
	b.get("/sign-in?another=1").submit("/sign-in", "name", name)
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
	b.get("/sign-in?another=1") // a form of this browser, to post with
	v := b.fields()
	v.Set("flow", secret)
	v.Set("password", typed)
	v.Set("name", "noor@contoso.example") // no later step takes a name
	v.Set("returnUrl", "/manage/"+fabrikam)
	if rapid.IntRange(0, 19).Draw(rt, "bare") == 0 {
		v.Del("csrf")
	}
	before := b.cookies["sojourn_8080"]
	b.do("POST", "/sign-in/password", v)
	right := flow != nil && flow.open(b, w.p.d.Now()) && !flow.second && passwords[flow.name] == typed && typed != "" && v.Has("csrf")
	if right && flow.name == "ivo@mail.example" {
		if flow.second = true; b.status != 303 || b.header.Get("Location") != "/sign-in/second" {
			rt.Fatalf("no second step is asked: %d to %q", b.status, b.header.Get("Location"))
		}
		right = false
	}
	w.entered(rt, b, flow, before, right)
}

// second sends the second step: with the right code, an old one or anything, in
// its own flow or another's.
func (w *walk) second(rt *rapid.T) {
	b := w.walker(rt)
	var flow *begun
	secret := rapid.SampledFrom([]string{"", strings.Repeat("A", 43)}).Draw(rt, "secret")
	if len(w.flows) > 0 && rapid.IntRange(0, 9).Draw(rt, "any") > 0 {
		flow = w.flows[len(w.flows)-1-rapid.IntRange(0, min(3, len(w.flows)-1)).Draw(rt, "flow")]
		secret = flow.secret
	}
	typed := rapid.SampledFrom([]string{w.codes.now(), w.codes.now(), w.codes.now(), w.codes.old(), "", "000000"}).Draw(rt, "code")
	b.get("/sign-in?another=1")
	v := b.fields()
	v.Set("flow", secret)
	v.Set("code", typed)
	v.Set("method", rapid.SampledFrom([]string{"app", "app", "app", "", "other"}).Draw(rt, "method"))
	v.Set("name", "noor@contoso.example")
	v.Set("password", secretWord)
	right := flow != nil && flow.open(b, w.p.d.Now()) && flow.second && typed == w.codes.now() && v.Get("method") == "app" && v.Has("csrf")
	before := b.cookies["sojourn_8080"]
	b.do("POST", rapid.SampledFrom([]string{"/sign-in/second", "/sign-in/second", "/prove/second"}).Draw(rt, "path"), v)
	w.entered(rt, b, flow, before, right && b.path == "/sign-in/second")
}

// send has a code sent: in its own flow, another's, or none.
func (w *walk) send(rt *rapid.T) {
	b := w.walker(rt)
	if len(w.flows) == 0 {
		return
	}
	flow := w.flows[len(w.flows)-1-rapid.IntRange(0, min(3, len(w.flows)-1)).Draw(rt, "flow")]
	b.get("/sign-in?another=1")
	v := b.fields()
	v.Set("flow", flow.secret)
	v.Set("method", rapid.SampledFrom([]string{"phone.text", "phone.text", "app", ""}).Draw(rt, "method"))
	method, path := rapid.SampledFrom([]string{"POST", "POST", "GET"}).Draw(rt, "verb"), rapid.SampledFrom([]string{"/sign-in/second/send", "/sign-in/second/send", "/prove/second/send"}).Draw(rt, "path")
	before := w.codes.made
	if method == "GET" {
		b.do("GET", path+"?"+v.Encode(), nil)
	} else {
		b.do("POST", path, v)
	}
	may := flow.open(b, w.p.d.Now()) && flow.second && v.Get("method") == "phone.text" && method == "POST" && path == "/sign-in/second/send"
	if (w.codes.made > before) != may {
		rt.Fatalf("sent %v, want %v: %d to %q", w.codes.made > before, may, b.status, b.header.Get("Location"))
	}
	if may {
		flow.id = w.codes.flow
	}
	w.check(rt, b)
}

// sent types the newest code that was sent, or the one before, in some flow.
func (w *walk) sent(rt *rapid.T) {
	b := w.walker(rt)
	if len(w.flows) == 0 {
		return
	}
	flow := w.flows[len(w.flows)-1-rapid.IntRange(0, min(3, len(w.flows)-1)).Draw(rt, "flow")]
	b.get("/sign-in?another=1")
	v := b.fields()
	v.Set("flow", flow.secret)
	v.Set("method", "phone.text")
	v.Set("code", fmt.Sprintf("%06d", 500000+w.codes.made-rapid.IntRange(0, 1).Draw(rt, "age")))
	right := flow.open(b, w.p.d.Now()) && flow.second && !w.codes.gone && w.codes.made > 0 && flow.id != "" && flow.id == w.codes.flow && v.Get("code") == w.codes.sent()
	before := b.cookies["sojourn_8080"]
	b.do("POST", "/sign-in/second", v)
	w.entered(rt, b, flow, before, right)
}

// entered holds what a last step did against what it may do.
func (w *walk) entered(rt *rapid.T, b *walker, flow *begun, before string, right bool) {
	if entered := b.status == 303 && b.header.Get("Location") == "/" && b.cookies["sojourn_8080"] != before; entered != right {
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
	shown := map[string]string{"noor@contoso.example": "Noor", "mia@mail.example": "Mia", "ivo@mail.example": "Ivo"}[b.name]
	if b.in && !strings.Contains(b.page, "here is "+shown) {
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
		b.do(method, "/sign-in/second?code="+w.codes.now()+"&method=app&"+query.Encode(), nil)
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
	to.get("/sign-in/second")
	for _, flow := range w.flows {
		if flow.secret == secret && flow.bound != to.bound && strings.Contains(to.page, "authenticator") {
			rt.Fatal("another browser's second step was shown")
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

// onetime is a second factor of one account whose codes are each good once, and
// another one whose codes are sent for one flow.
type onetime struct {
	of   string
	used int64

	made int    // codes sent
	flow string // that the newest is good in
	gone bool   // the newest has been used
}

func (o *onetime) sent() string { return fmt.Sprintf("%06d", 500000+o.made) }

func (o *onetime) now() string { return fmt.Sprintf("%06d", 100001+o.used) }
func (o *onetime) old() string { return fmt.Sprintf("%06d", 100000+o.used) }

func (o *onetime) Factors(_ context.Context, _ db.Conn, accountID string) ([]accounts.Factor, error) {
	if accountID != o.of {
		return nil, nil
	}
	return []accounts.Factor{{ID: "app", Type: accounts.Authenticator, Default: true}, texted}, nil
}

var texted = accounts.Factor{ID: "phone.text", Type: accounts.MobilePhone, Name: "+31 6 ••• ••• 42", Way: accounts.ByText}

func (o *onetime) Send(_ context.Context, accountID, factorID, flow string) error {
	if accountID != o.of || factorID != texted.ID {
		return fault.New(fault.Conflict, "factor_gone", "signin.second.gone")
	}
	o.made, o.flow, o.gone = o.made+1, flow, false
	return nil
}

func (o *onetime) Compare(_ context.Context, accountID, factorID, flow, code string) (accounts.SecondProof, error) {
	if accountID == o.of && factorID == texted.ID && o.made > 0 && !o.gone && flow == o.flow && code == o.sent() {
		return accounts.SecondProof{Factor: texted, AccountID: accountID, Code: code}, nil
	}
	if accountID == o.of && factorID == "app" && code == o.old() {
		return accounts.SecondProof{}, fault.New(fault.Conflict, "code_used", "signin.second.missing")
	}
	if accountID != o.of || factorID != "app" || code != o.now() {
		return accounts.SecondProof{}, fault.New(fault.Invalid, "wrong_code", "signin.second.missing")
	}
	return accounts.SecondProof{Factor: accounts.Factor{ID: "app", Type: accounts.Authenticator}, AccountID: accountID, Step: o.used}, nil
}

func (o *onetime) Spend(_ context.Context, _ *db.Tx, p accounts.SecondProof) error {
	if p.Factor.Sent() && p.AccountID == o.of && !o.gone && p.Code == o.sent() {
		o.gone = true
		return nil
	}
	if p.Factor.Sent() || p.Step != o.used || p.AccountID != o.of {
		return fault.New(fault.Conflict, "code_used", "signin.second.missing")
	}
	o.used++
	return nil
}
