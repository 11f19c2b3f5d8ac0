package main

import (
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sojourn/internal/db"
	"sojourn/internal/secret"
)

// sealed are the columns that hold what was sealed with the master key: how their rows
// are read as id, tenant and what is sealed, and for what purpose.
var sealed = map[string]struct{ rows, purpose string }{
	"methods.sealed":    {`SELECT id, COALESCE(tenant_id, ''), sealed FROM methods WHERE sealed IS NOT NULL`, "authenticator seed"},
	"tokens.sealed":     {`SELECT id, tenant_id, sealed FROM tokens`, "hardware token seed"},
	"outbox.payload":    {`SELECT id, COALESCE(tenant_id, ''), payload FROM outbox WHERE payload IS NOT NULL`, "outbox"},
	"key_checks.sealed": {`SELECT key_id, '', sealed FROM key_checks`, "key check"},
}

// open are the columns of octets that hold nothing sealed: hashes of secrets and codes,
// keys to sort and search by, salts, pictures and names of passkeys.
var open = []string{
	"accounts.passkey_handle", "audit.commitment", "audit_details.salt", "browsers.hash", "ceremonies.hash", "flows.hash", "groups.sort_key", "links.hash",
	"notices.hash", "passkeys.credential_id", "photos.large", "photos.small", "recovery_codes.hash", "requests.address_hash", "requests.address_salt", "resets.hash",
	"sent_codes.mac", "tenants.name_key", "tokens.serial_key", "user_words.word", "users.sort_key",
}

var (
	tableInSchema = regexp.MustCompile(`(?ms)^CREATE TABLE (\w+) \((.*?)\);$`)
	ofOctets      = regexp.MustCompile(`(\w+) +BYTEA`)
	sealing       = regexp.MustCompile(`\b[Bb]ox\.Seal\(`)
)

// Every column of octets is known to be sealed or not: a new one cannot be forgotten
// when the key changes.
func TestKeyRotate_knowsEveryColumn(t *testing.T) {
	schema, err := os.ReadFile("../../docs/schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, table := range tableInSchema.FindAllStringSubmatch(string(schema), -1) {
		for _, column := range ofOctets.FindAllStringSubmatch(table[2], -1) {
			name := table[1] + "." + column[1]
			found[name] = true
			if _, is := sealed[name]; is == slices.Contains(open, name) {
				t.Errorf("%s: say whether it holds something sealed, and if so have sojourn key rotate seal it anew", name)
			}
		}
	}
	if len(found) != len(sealed)+len(open) {
		t.Errorf("%d columns of octets, want %d", len(found), len(sealed)+len(open))
	}

	var rooms []string
	err = filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if room := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../../"); sealing.Match(text) && !slices.Contains(rooms, room) {
			rooms = append(rooms, room)
		}
		return err
	})
	if slices.Sort(rooms); err != nil || !slices.Equal(rooms, []string{"internal/outbox", "securityinfo"}) {
		t.Errorf("%v seal things, %v: have sojourn key rotate seal them anew, and name their columns here", rooms, err)
	}
}

// After a rotation the new key alone opens everything that is sealed.
func TestKeyRotate_everySealedColumn(t *testing.T) {
	onWorld(t, func(t *testing.T, c console, d *db.DB) {
		old := hex.EncodeToString(testKey)
		box, err := secret.Parse(old)
		if err != nil {
			t.Fatal(err)
		}
		exec := func(text string, args ...any) {
			t.Helper()
			if n, err := db.Changed(t.Context(), d, text, args...); err != nil || n == 0 {
				t.Fatalf("%s: %d rows, %v", text, n, err)
			}
		}
		// An app that is bound to an organization, one that waits, a letter that waits and
		// one that was given up.
		const account = `(SELECT account_id FROM identities WHERE subject = '` + noor + `')`
		tenant, err := db.One(t.Context(), d, db.Text, `SELECT tenant_id FROM domains WHERE name = $1`, contoso)
		if err != nil {
			t.Fatal(err)
		}
		for id, of := range map[string]struct {
			state  string
			tenant string
		}{"bound": {"active", tenant}, "waiting": {"waiting", ""}} {
			exec(`INSERT INTO methods (id, account_id, tenant_id, type, secret, pepper, state, version, created_at, changed_at, sealed)
				VALUES ($1, `+account+`, $2, 'authenticator', '', '', $3, 1, 1, 1, $4)`,
				id, db.Null(of.tenant), of.state, box.Seal("authenticator seed", of.tenant, id, []byte("twenty octets of it.")))
		}
		c.run("guest", "add", contoso, "eva@post.example").done()
		c.run("guest", "add", contoso, "max@post.example").done()
		exec(`UPDATE outbox SET dead_at = 1, last_error = 'smtp 550' WHERE id = (SELECT min(id) FROM outbox WHERE payload IS NOT NULL)`)

		type row struct {
			id, tenant string
			sealed     []byte
		}
		holds := func(name string, with *secret.Box) int {
			t.Helper()
			list, err := db.All(t.Context(), d, func(r db.Row) (x row, err error) { err = r.Scan(&x.id, &x.tenant, &x.sealed); return }, sealed[name].rows)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range list {
				if _, err := with.Open(sealed[name].purpose, x.tenant, x.id, x.sealed); err != nil {
					t.Errorf("%s of %s: %v", name, x.id, err)
				}
			}
			return len(list)
		}
		before := map[string]int{}
		c.run("tenant", "list").done() // leaves the mark of the key
		for name := range sealed {
			if before[name] = holds(name, box); before[name] == 0 {
				t.Errorf("%s holds nothing: the test shows nothing", name)
			}
		}
		if before["outbox.payload"] < 2 {
			t.Errorf("%d messages wait", before["outbox.payload"])
		}

		exec(`UPDATE methods SET pepper = '' WHERE pepper <> ''`) // nothing needs the old key but what is sealed
		fresh := strings.TrimSpace(c.run("key", "new").done().out)
		t.Setenv("SOJOURN_SECRET_KEY", fresh+"\n"+old)
		c.run("key", "rotate").done("Sealed with key ")
		c.run("key", "rotate").done("No older key is needed any more")
		alone, err := secret.Parse(fresh)
		if err != nil {
			t.Fatal(err)
		}
		for name := range sealed {
			if n := holds(name, alone); n != before[name] {
				t.Errorf("%s holds %d, and held %d", name, n, before[name])
			}
		}
	})
}
