package signin_test

import (
	"context"

	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/internal/i18n"
	"sojourn/internal/id"
	"sojourn/internal/outbox"
	"sojourn/internal/web"
	"sojourn/locales"
	"sojourn/securityinfo"
	"sojourn/signin"
	"sojourn/ui"
)

const secretWord = "plum kettle orbit sandals"

// portal is the way in and nothing else: the two rooms, a page at / that says
// who is there, and one under /manage.
type portal struct {
	t       testing.TB
	d       *db.DB
	base    *url.URL
	handler http.Handler
	signin  *signin.Feature
	info    *securityinfo.Feature
	hashed  accounts.Password
}

type uses struct{}

func (uses) Used(ctx context.Context, c db.Conn, tenantID, userID string) error {
	_, err := c.Exec(ctx, `UPDATE users SET last_used_at = $3 WHERE tenant_id = $1 AND id = $2`, tenantID, userID, db.Micros(c.Now()))
	return err
}

func newPortal(t testing.TB, d *db.DB, base string) *portal {
	t.Helper()
	words, err := i18n.Load(locales.Files, false)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	box, quiet := dbtest.Box(t), slog.New(slog.NewTextHandler(io.Discard, nil))
	p := &portal{t: t, d: d, base: u}
	p.info = &securityinfo.Feature{
		DB: d, IDs: id.System, Words: words, Log: quiet, BaseURL: base, Zone: time.UTC,
		Hasher: securityinfo.NewHasher(box, securityinfo.Params{Memory: 64, Time: 1, Threads: 1}),
		Outbox: &outbox.Outbox{DB: d, Box: box, IDs: id.System},
	}
	p.signin = &signin.Feature{DB: d, IDs: id.System, Words: words, Log: quiet, Base: u, Passwords: p.info, Seconds: &onetime{of: "nobody"}, Uses: uses{}, Zone: time.UTC, Outbox: p.info.Outbox, Resets: p.info, Registrations: p.info, Passes: p.info, Taking: p.info}
	p.info.Sessions, p.info.Registering = p.signin, p.signin
	server := &web.Server{
		Base: u, Box: box, Words: words, Zone: time.UTC, Log: quiet, Now: d.Now, Gate: p.signin,
		Frame: func(r *http.Request) *http.Request {
			v := web.VisitOf(r)
			s := &ui.Shell{Locale: v.Locale, Token: web.FormToken(box, v), For: v.Person.AccountID, Carry: v.Tenant.Carry}
			if v.Note != nil {
				s.Note = &ui.Note{Kind: v.Note.Kind, Text: v.Locale.T(v.Note.Key)}
			}
			return r.WithContext(ui.WithShell(r.Context(), s))
		},
		Problem: func(r *http.Request, status int, f *fault.Fault) templ.Component {
			return templ.Raw("problem " + f.Code)
		},
	}
	p.signin.Languages = server
	table := &web.Table{}
	p.signin.Routes(table)
	p.info.Routes(table)
	who := func(w http.ResponseWriter, r *http.Request) error {
		v, s := web.VisitOf(r), ui.ShellOf(r)
		return web.Render(w, r, 200, ui.Join(ui.Text("here is "+v.Person.Name+" of "+v.Person.HomeName+" in "+v.Tenant.Name+" as "+v.Person.Address+
			" roles "+strings.Join(v.Actor.Roles, ",")+" lang "+v.Locale.Lang()), ui.Form(s, "/sign-out")))
	}
	table.Handle("GET /{$}", web.SignedIn, who)
	table.Handle("GET /manage/{tenant}", web.Manage, who)
	p.handler = server.Handler(table)
	if p.hashed, err = p.info.Hasher.Hash(context.Background(), secretWord); err != nil {
		t.Fatal(err)
	}
	return p
}

// exec runs SQL that prepares a test.
func (p *portal) exec(text string, args ...any) {
	p.t.Helper()
	if _, err := p.d.Exec(context.Background(), text, args...); err != nil {
		p.t.Fatalf("%s: %v", text, err)
	}
}

func (p *portal) count(text string, args ...any) int {
	p.t.Helper()
	n, err := db.Count(context.Background(), p.d, text, args...)
	if err != nil {
		p.t.Fatalf("%s: %v", text, err)
	}
	return n
}

// tenant makes an organization with one domain.
func (p *portal) tenant(tenantID, name, domain string) {
	p.exec(`INSERT INTO tenants (id, name, name_key, state, privacy_statement, privacy_contact, technical_contact, language, created_at, state_at)
		VALUES ($1, $2, $3, 'active', '', '', '', 'en', 1, 1)`, tenantID, name, []byte(name))
	p.exec(`INSERT INTO domains (name, tenant_id, initial, verified_at) VALUES ($1, $2, TRUE, 1)`, domain, tenantID)
}

// user puts an account, or nobody yet, in an organization.
func (p *portal) user(tenantID, userID, account, name string, roles ...string) {
	kind, state := "member", ""
	if p.count(`SELECT count(*) FROM accounts WHERE id = $1 AND home_user_id = $2`, account, userID) == 0 {
		kind, state = "guest", "Accepted"
	}
	p.exec(`INSERT INTO users (id, tenant_id, account_id, display_name, sort_key, user_type, creation_type, principal_name, principal_key, mail,
			account_enabled, external_state, created_at, hold_reason, deleted_kind)
		VALUES ($1, $2, $3, $4, $5, $6, '', $7, $7, '', TRUE, $8, 1, '', '')`,
		userID, tenantID, account, name, []byte(name), kind, name, state)
	for _, r := range roles {
		p.exec(`INSERT INTO roles (tenant_id, user_id, role, granted_at) VALUES ($1, $2, $3, 1)`, tenantID, userID, r)
	}
}

// account makes an account that signs in with address. tenantID "" gives it no
// home; without a password it has none.
func (p *portal) account(tenantID, userID, address, name string, password bool) string {
	p.t.Helper()
	var made accounts.Account
	err := p.d.Tx(context.Background(), func(tx *db.Tx) (err error) {
		n := accounts.New{Name: name, Address: address, Type: accounts.Mailbox, Issuer: accounts.MailIssuer}
		if tenantID != "" {
			n.Type, n.Issuer, n.HomeUser = accounts.PrincipalName, tenantID, userID
		}
		if made, err = accounts.Create(context.Background(), tx, id.System, n); err != nil || !password {
			return err
		}
		_, err = accounts.SetPassword(context.Background(), tx, id.System, made.ID, 0, p.hashed)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	if tenantID != "" {
		p.user(tenantID, userID, made.ID, address)
	}
	return made.ID
}

const (
	contoso  = "00000000-0000-4000-8000-00000000c001"
	fabrikam = "00000000-0000-4000-8000-00000000fab1"
	noorHere = "00000000-0000-4000-8000-000000000001"
	noorAway = "00000000-0000-4000-8000-000000000002"
)

// settled is a portal with two organizations, and Noor, who is at home in one
// and an administrator in the other.
func settled(t testing.TB, d *db.DB) (p *portal, noor string) {
	p = newPortal(t, d, "http://localhost:8080")
	p.tenant(contoso, "Contoso", "contoso.example")
	p.tenant(fabrikam, "Fabrikam", "fabrikam.example")
	noor = p.account(contoso, noorHere, "noor@contoso.example", "Noor Haddad", true)
	p.user(fabrikam, noorAway, noor, "noor_contoso.example#EXT#@fabrikam.example", "GlobalAdministrator", "UserAdministrator")
	return p, noor
}

// browser keeps cookies and the last page, as a person's does.
type browser struct {
	p       *portal
	cookies map[string]string
	status  int
	header  http.Header
	page    string
	path    string // asked last
	set     []*http.Cookie
	from    string // address and port; "" is anywhere
}

func (p *portal) browser() *browser { return &browser{p: p, cookies: map[string]string{}} }

func (b *browser) clone() *browser {
	c := b.p.browser()
	for k, v := range b.cookies {
		c.cookies[k] = v
	}
	c.page = b.page
	return c
}

func (b *browser) do(method, path string, form url.Values) *browser {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, b.p.base.String()+path, body)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	if b.from != "" {
		r.RemoteAddr = b.from
	}
	w := httptest.NewRecorder()
	b.p.handler.ServeHTTP(w, r)
	res := w.Result()
	b.status, b.header, b.set = res.StatusCode, res.Header, res.Cookies()
	for _, c := range b.set {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	page, _ := io.ReadAll(res.Body)
	b.path, _, _ = strings.Cut(path, "?")
	b.page = string(page)
	return b
}

func (b *browser) get(path string) *browser { return b.do("GET", path, nil) }

var hidden = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)

// fields are the hidden fields of the first form of the page.
func (b *browser) fields() url.Values {
	v := url.Values{}
	_, form, _ := strings.Cut(b.page, "<form")
	form, _, _ = strings.Cut(form, "</form>")
	for _, m := range hidden.FindAllStringSubmatch(form, -1) {
		v.Set(m[1], html.UnescapeString(m[2]))
	}
	return v
}

// submit sends the form of the page with what is typed into it.
func (b *browser) submit(path string, typed ...string) *browser {
	v := b.fields()
	for i := 0; i+1 < len(typed); i += 2 {
		v.Set(typed[i], typed[i+1])
	}
	return b.do("POST", path, v)
}

func (b *browser) follow() *browser { return b.get(b.header.Get("Location")) }

// to checks status and place, and goes on.
func (b *browser) want(status int, location string) *browser {
	b.p.t.Helper()
	if b.status != status || b.header.Get("Location") != location {
		b.p.t.Fatalf("got %d to %q, want %d to %q; page: %.300s", b.status, b.header.Get("Location"), status, location, b.page)
	}
	return b
}

func (b *browser) has(texts ...string) *browser {
	b.p.t.Helper()
	for _, text := range texts {
		if !strings.Contains(b.page, text) {
			b.p.t.Fatalf("the page lacks %q: %s", text, b.page)
		}
	}
	return b
}

// enter types name and password; where it ends is in status and Location.
func (b *browser) enter(name, password string) *browser {
	b.get("/sign-in")
	b.submit("/sign-in", "name", name)
	if b.status != http.StatusSeeOther {
		return b
	}
	return b.follow().submit("/sign-in/password", "password", password)
}

// signedIn is a browser with a session.
func (p *portal) signedIn(name string) *browser {
	p.t.Helper()
	return p.browser().enter(name, secretWord).want(303, "/")
}

func (b *browser) cookie(name string) *http.Cookie {
	for _, c := range b.set {
		if c.Name == name {
			return c
		}
	}
	return nil
}

func (p *portal) audited(act, reason string) int {
	return p.count(`SELECT count(*) FROM audit WHERE act = $1 AND reason = $2`, act, reason)
}
