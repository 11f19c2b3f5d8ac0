package main

import (
	"encoding/json"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sojourn/sojourntest"
)

// sheet is the document of demo --json, as whoever reads it by script knows it.
type sheet struct {
	Address, Password, Dev, Codes string
	People                        []struct {
		Name, UserPrincipalName string
		SecondStep, Registers   bool
		Organizations           []struct{ Name, Domain, ID, Shows, Role string }
	}
}

// demoSheet starts a demo and reads its document; the demo answers as soon as it
// has been printed.
func demoSheet(t *testing.T, settings []string, args ...string) (*process, sheet) {
	t.Helper()
	p := start(t, settings, append([]string{"demo", "--json"}, args...)...)
	var s sheet
	text := p.says(`(?s)(\{.*\n\}\n)`)
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for _, page := range []string{s.Address + "/healthz", s.Dev} {
		res, err := http.Get(page)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", page, res.Status)
		}
	}
	return p, s
}

func TestDemo_json(t *testing.T) {
	// What is set for the real portal has no part in the demo.
	leak := filepath.Join(t.TempDir(), "real.db")
	p, s := demoSheet(t, []string{
		"SOJOURN_BASE_URL=https://account.example.org", "SOJOURN_DATABASE=sqlite:" + leak, "SOJOURN_LISTEN=0.0.0.0:1", "SOJOURN_SECRET_KEY=bad",
		"SOJOURN_SMTP=bad", "SOJOURN_TIME_ZONE=Mars", "SOJOURN_TRUSTED_PROXIES=bad", "SOJOURN_MAIL_FROM=bad",
	}, "--password", sojourntest.Password)
	if !strings.HasPrefix(s.Address, "http://localhost:") || s.Dev != s.Address+"/dev/mail" || s.Codes != s.Address+"/dev/codes" || s.Password != sojourntest.Password {
		t.Errorf("address %s, dev %s, password %s", s.Address, s.Dev, s.Password)
	}
	if _, err := os.Stat(leak); !os.IsNotExist(err) {
		t.Errorf("the demo touched the real database: %v", err)
	}
	var shows []string
	for _, person := range s.People {
		if person.Name == "" || !strings.Contains(person.UserPrincipalName, "@") || len(person.Organizations) == 0 {
			t.Errorf("%+v", person)
		}
		for _, o := range person.Organizations {
			if o.Name == "" || o.Domain == "" || o.ID == "" {
				t.Errorf("%s: %+v", person.Name, o)
			}
			shows = append(shows, o.Shows)
		}
	}
	for _, state := range []string{"home", "active", "leave_not_allowed", "account_disabled", "last_administrator", "closed", "invitation"} {
		if !slices.Contains(shows, state) {
			t.Errorf("nobody shows %s", state)
		}
	}
	// Everybody it names can sign in.
	portal := sojourntest.At(t, s.Address)
	for _, person := range s.People {
		page := portal.Browser()
		if person.SecondStep { // with a code as well
			page.SignIn(person.UserPrincipalName, s.Password).Has("code")
			continue
		}
		page.SignIn(person.UserPrincipalName, s.Password)
		if person.Registers { // before anything else
			page.Get("/organizations").Has("Keep your account secure")
			continue
		}
		page.Get("/organizations").Has(person.Organizations[0].Name)
	}
	p.stops()
	if left, err := os.ReadDir(tmp(p)); err != nil || len(left) != 0 {
		t.Errorf("the demo left %v, %v", left, err)
	}
}

// tmp is the directory for temporary files of a process.
func tmp(p *process) string {
	for _, setting := range p.cmd.Env {
		if dir, found := strings.CutPrefix(setting, "TMPDIR="); found {
			return dir
		}
	}
	return ""
}

func TestDemo_text(t *testing.T) {
	p := start(t, nil, "demo", "--listen", "localhost:0")
	address := p.says(`Open      (http://localhost:\d+)\n`)
	password := p.says(`Password  (\S+) `)
	p.says(`Mails     ` + address + `/dev/mail\n`)
	p.says(`noor\.haddad@contoso\.example +Noor Haddad: 11 organizations, administrator, leaving not allowed, disabled there, sole administrator, closed, invited\n`)
	p.says(`Ctrl\+C ends it\.\n`)
	sojourntest.At(t, address).Browser().SignIn(noor, password)
	p.stops()
}

// A demo that is kept is the same the next time: what was done in it, its
// password, its clock.
func TestDemo_kept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	p, s := demoSheet(t, nil, "--data", dir, "--listen", "localhost:0")
	b := sojourntest.At(t, s.Address).Browser()
	b.SignIn(noor, s.Password)
	b.Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil).Has("14 days left")
	receipt := b.Get("/organizations").HTML
	if strings.Contains(receipt, "Leave organization Fabrikam") {
		t.Error("still there")
	}
	clock := b.Token()
	clock.Set("days", "3")
	b.Post("/dev/clock", clock).Is(http.StatusOK)
	p.stops()

	p, again := demoSheet(t, nil, "--data", dir, "--listen", "localhost:0", "--password", s.Password)
	if again.Password != s.Password || len(again.People) != len(s.People) {
		t.Errorf("password %s, %d people; want %s, %d", again.Password, len(again.People), s.Password, len(s.People))
	}
	ann := sojourntest.At(t, again.Address).Browser()
	ann.SignIn("ann.lee@fabrikam.example", again.Password)
	ann.Get("/manage/"+tenantIn(t, ann)+"/deleted-users").Has("Noor Haddad", "27 days")
	p.stops()

	// The operator's commands work on it, with its key.
	c := console{t}
	c.run("user", "restore", "fabrikam.example", noor, "--database", "sqlite:"+filepath.Join(dir, "demo.db")).done("Restored: Noor Haddad")

	c.run("demo", "--data", dir, "--listen", "localhost:0", "--password", "another password").fails(exitFailed, "has another password")
	if err := os.Remove(filepath.Join(dir, "demo.password")); err != nil {
		t.Fatal(err)
	}
	c.run("demo", "--data", dir, "--listen", "localhost:0").fails(exitFailed, "no demo")
}

// Only the port nobody asked for gives way.
func TestDemo_portTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "localhost:8080")
	if err == nil {
		defer taken.Close()
	}
	p, s := demoSheet(t, nil)
	if strings.HasSuffix(s.Address, ":8080") {
		t.Errorf("at %s, which was taken", s.Address)
	}
	p.stops()
}
