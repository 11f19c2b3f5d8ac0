package securityinfo_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/securityinfo"
)

// self is somebody with a fresh proof.
func (p *portal) self(account string) actor.Actor {
	return actor.Actor{Kind: actor.Person, AccountID: account, Name: "Noor Haddad", ProvedAt: p.d.Now(), Address: "192.0.2.7", Agent: "Mozilla/5.0 Firefox/150.0"}
}

// app is an authenticator app in the hands of a test.
type app struct {
	p    *portal
	id   string
	seed []byte
}

func (a app) code(ahead time.Duration) string {
	return securityinfo.CodeAt(a.seed, a.p.d.Now().Add(ahead))
}

// enrol adds an app the way its person does.
func (p *portal) enrol(account, name string) app {
	p.t.Helper()
	ctx, who := context.Background(), p.self(account)
	if err := p.info.BeginAuthenticator(ctx, who); err != nil {
		p.t.Fatal(err)
	}
	setUp, err := p.info.SettingUp(ctx, who)
	if err != nil {
		p.t.Fatal(err)
	}
	seed, err := securityinfo.SeedOf(setUp.Key)
	if err != nil || len(seed) != 20 {
		p.t.Fatalf("the key %q is %d octets, %v", setUp.Key, len(seed), err)
	}
	a := app{p, setUp.MethodID, seed}
	if _, err := p.info.ConfirmAuthenticator(ctx, who, a.id, a.code(0), name); err != nil {
		p.t.Fatal(err)
	}
	return a
}

// later moves the clock, so that the next step of an app has come.
func (p *portal) later(by time.Duration) { p.d.SetShift(p.d.Shift() + by) }

func (p *portal) spend(proof accounts.SecondProof) error {
	return p.d.Tx(context.Background(), func(tx *db.Tx) error { return p.info.Spend(context.Background(), tx, proof) })
}

func wantFault(t testing.TB, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("%v, want %s", err, code)
	}
}

func TestAuthenticator(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		p, noor := settled(t, d)
		who := p.self(noor)
		stale := who
		stale.ProvedAt = d.Now().Add(-6 * time.Minute)
		wantFault(t, p.info.BeginAuthenticator(ctx, stale), "proof_needed")
		if _, err := p.info.SettingUp(ctx, who); !fault.Is(err, "set_up_over") {
			t.Error("something is being set up before it began", err)
		}

		// A new one replaces the one that waits; until it is confirmed nothing counts.
		if err := p.info.BeginAuthenticator(ctx, who); err != nil {
			t.Fatal(err)
		}
		first, err := p.info.SettingUp(ctx, who)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.info.BeginAuthenticator(ctx, who); err != nil {
			t.Fatal(err)
		}
		second, err := p.info.SettingUp(ctx, who)
		if err != nil || second.Key == first.Key || p.count(`SELECT count(*) FROM methods WHERE state = 'waiting'`) != 1 {
			t.Fatalf("%v, or the older one still waits", err)
		}
		if second.Issuer != "Contoso" || second.Account != "noor@contoso.example" || !strings.Contains(second.URI, strings.ReplaceAll(second.Key, " ", "")) {
			t.Errorf("%+v", second)
		}
		if _, err := p.info.SettingUp(ctx, stale); !fault.Is(err, "proof_needed") {
			t.Error("a secret is shown without a fresh proof", err)
		}
		if list, _ := p.info.Factors(ctx, d, noor); len(list) != 0 {
			t.Errorf("%v counts before it is confirmed", list)
		}
		firstSeed, _ := securityinfo.SeedOf(first.Key)
		_, err = p.info.ConfirmAuthenticator(ctx, who, first.MethodID, securityinfo.CodeAt(firstSeed, d.Now()), "")
		wantFault(t, err, "set_up_over")
		_, err = p.info.ConfirmAuthenticator(ctx, who, second.MethodID, securityinfo.CodeAt(firstSeed, d.Now()), "")
		wantFault(t, err, "invalid")

		seed, _ := securityinfo.SeedOf(second.Key)
		code := securityinfo.CodeAt(seed, d.Now())
		done, err := p.info.ConfirmAuthenticator(ctx, who, second.MethodID, code[:3]+" "+code[3:], " My  phone ")
		if err != nil || !done.First {
			t.Fatal(done, err)
		}
		list, err := p.info.Factors(ctx, d, noor)
		if err != nil || len(list) != 1 || list[0] != (accounts.Factor{ID: second.MethodID, Type: accounts.Authenticator, Name: "My phone", Default: true}) {
			t.Errorf("%+v, %v", list, err)
		}
		_, err = p.info.ConfirmAuthenticator(ctx, who, second.MethodID, code, "")
		wantFault(t, err, "set_up_over")
		// The code that proved the app is spent.
		_, err = p.info.Compare(ctx, noor, second.MethodID, "", code)
		wantFault(t, err, "code_used")

		// Five are enough.
		for range 4 {
			p.enrol(noor, "another")
		}
		wantFault(t, p.info.BeginAuthenticator(ctx, who), "too_many_methods")

		// One that waits too long is over.
		if err := p.info.Remove(ctx, who, second.MethodID); err != nil {
			t.Fatal(err)
		}
		if err := p.info.BeginAuthenticator(ctx, who); err != nil {
			t.Fatal(err)
		}
		p.later(securityinfo.SetUpTime + time.Minute)
		if _, err := p.info.SettingUp(ctx, p.self(noor)); !fault.Is(err, "set_up_over") {
			t.Error(err)
		}
		if err := p.info.Sweep(ctx); err != nil || p.count(`SELECT count(*) FROM methods WHERE state = 'waiting'`) != 0 {
			t.Error("the sweep leaves it", err)
		}
	})
}

func TestMethods_changeAndForeign(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		p, noor := settled(t, d)
		sam := p.account(contoso, "00000000-0000-4000-8000-000000000009", "sam@contoso.example", "Sam Rivera", true)
		one, two := p.enrol(noor, "one"), p.enrol(noor, "two")
		who := p.self(noor)

		if err := p.info.Prefer(ctx, who, two.id); err != nil {
			t.Fatal(err)
		}
		list, _ := p.info.Factors(ctx, d, noor)
		if list[0].ID != two.id || !list[0].Default || list[1].Default {
			t.Errorf("%+v", list)
		}
		// What is somebody else's is not there.
		other := p.self(sam)
		wantFault(t, p.info.Remove(ctx, other, one.id), "not_found")
		wantFault(t, p.info.Prefer(ctx, other, one.id), "method_gone")
		_, err := p.info.Compare(ctx, sam, one.id, "", one.code(time.Minute))
		wantFault(t, err, "factor_gone")
		wantFault(t, p.spend(accounts.SecondProof{AccountID: sam, Factor: accounts.Factor{ID: one.id, Type: accounts.Authenticator}, Step: 1 << 40}), "code_used")
		if _, _, err := p.info.Method(ctx, other, one.id, accounts.Authenticator); !fault.Is(err, "not_found") {
			t.Error(err)
		}
		// The password is no method to be deleted here.
		id, err := db.One(ctx, d, db.Text, `SELECT id FROM methods WHERE account_id = $1 AND type = 'password'`, noor)
		if err != nil {
			t.Fatal(err)
		}
		wantFault(t, p.info.Remove(ctx, who, id), "not_found")
		wantFault(t, p.info.Prefer(ctx, who, id), "method_gone")

		// Without the default the other one follows.
		if err := p.info.Remove(ctx, who, two.id); err != nil {
			t.Fatal(err)
		}
		list, _ = p.info.Factors(ctx, d, noor)
		if len(list) != 1 || list[0].ID != one.id || !list[0].Default {
			t.Errorf("%+v", list)
		}
		for act, want := range map[string]int{"method.add": 2, "method.default": 1, "method.remove": 1} {
			if n := p.count(`SELECT count(*) FROM audit WHERE act = $1 AND result = 'done' AND tenant_id = $2 AND target = $3 AND actor_id = $3`, act, contoso, noorHere); n != want {
				t.Errorf("%d rows of %s, want %d", n, act, want)
			}
		}
		if n := p.count(`SELECT count(*) FROM audit WHERE act IN ('method.remove', 'method.default') AND result = 'refused'`); n != 4 {
			t.Errorf("%d rows of refused tries, want 4", n)
		}
		// Each change was told by mail.
		if n := p.count(`SELECT count(*) FROM outbox WHERE account_id = $1`, noor); n != 4 {
			t.Errorf("%d letters, want 4", n)
		}
	})
}

func TestRecoveryCodes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		p, noor := settled(t, d)
		who := p.self(noor)
		_, err := p.info.MakeCodes(ctx, who, "")
		wantFault(t, err, "no_second_step")
		a := p.enrol(noor, "")
		codes, err := p.info.MakeCodes(ctx, who, "")
		if err != nil || len(codes) != 10 {
			t.Fatal(codes, err)
		}
		_, err = p.info.MakeCodes(ctx, who, "")
		wantFault(t, err, "codes_made")
		list, _ := p.info.Factors(ctx, d, noor)
		if len(list) != 2 || list[1].Type != accounts.RecoveryCodes || list[1].Default {
			t.Fatalf("%+v", list)
		}
		id := list[1].ID

		proof, err := p.info.Compare(ctx, noor, id, "", strings.ToLower(codes[3]))
		if err != nil {
			t.Fatal(err)
		}
		if proof, err = p.info.Compare(ctx, noor, id, "", codes[3]); err != nil {
			t.Fatal("comparing used it up:", err)
		}
		if err := p.spend(proof); err != nil {
			t.Fatal(err)
		}
		wantFault(t, p.spend(proof), "code_used")
		_, err = p.info.Compare(ctx, noor, id, "", codes[3])
		wantFault(t, err, "code_used")
		_, err = p.info.Compare(ctx, noor, id, "", "0000-0000-0000-0000")
		wantFault(t, err, "wrong_code")
		info, err := p.info.Info(ctx, who)
		if err != nil || info.Codes().Left != 9 {
			t.Errorf("%+v, %v", info, err)
		}

		// New ones replace the old; a proof of an old one is worth nothing.
		proof, err = p.info.Compare(ctx, noor, id, "", codes[4])
		if err != nil {
			t.Fatal(err)
		}
		fresh, err := p.info.MakeCodes(ctx, who, id)
		if err != nil {
			t.Fatal(err)
		}
		wantFault(t, p.spend(proof), "code_used")
		if n := p.count(`SELECT count(*) FROM recovery_codes`); n != 10 {
			t.Errorf("%d codes are kept", n)
		}
		for _, code := range fresh {
			if strings.Contains(strings.Join(codes, " "), code) {
				t.Error("a code was made twice")
			}
		}
		// Without the app they are nothing to ask for.
		if err := p.info.Remove(ctx, who, a.id); err != nil {
			t.Fatal(err)
		}
		if list, _ := p.info.Factors(ctx, d, noor); len(list) != 0 {
			t.Errorf("%+v", list)
		}
		info, _ = p.info.Info(ctx, who)
		if err := p.info.Remove(ctx, who, info.Codes().ID); err != nil || p.count(`SELECT count(*) FROM recovery_codes`) != 0 {
			t.Error("codes stay", err)
		}
		// Ten codes that stay do not keep an account from its end.
		p.enrol(noor, "")
		if _, err := p.info.MakeCodes(ctx, who, ""); err != nil {
			t.Fatal(err)
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error { return accounts.Entomb(ctx, tx, noor) }); err != nil {
			t.Error(err)
		}
		if n := p.count(`SELECT count(*) FROM recovery_codes`) + p.count(`SELECT count(*) FROM methods WHERE account_id = $1`, noor); n != 0 {
			t.Errorf("%d rows survive", n)
		}
	})
}

// Wrong codes count for the account and the factor, whoever types them where.
func TestCompare_bruteForce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		p, noor := settled(t, d)
		a, b := p.enrol(noor, "a"), p.enrol(noor, "b")
		wrong := func(x app) string {
			for _, guess := range []string{"000000", "111111", "222222", "333333"} {
				if guess != x.code(0) && guess != x.code(30*time.Second) && guess != x.code(-30*time.Second) {
					return guess
				}
			}
			return ""
		}
		_, err := p.info.Compare(ctx, noor, a.id, "", " ")
		wantFault(t, err, "code_missing")
		_, err = p.info.Compare(ctx, noor, a.id, "", "12345")
		wantFault(t, err, "wrong_code")
		for range 5 {
			_, err = p.info.Compare(ctx, noor, a.id, "", wrong(a))
			wantFault(t, err, "wrong_code")
		}
		_, err = p.info.Compare(ctx, noor, a.id, "", a.code(30*time.Second))
		wantFault(t, err, "too_many_tries")
		// The other factor stands apart; a right code starts afresh.
		if _, err := p.info.Compare(ctx, noor, b.id, "", b.code(30*time.Second)); err != nil {
			t.Error(err)
		}
		p.later(2 * time.Second)
		if _, err := p.info.Compare(ctx, noor, a.id, "", a.code(30*time.Second)); err != nil {
			t.Error(err)
		}
		if n := p.count(`SELECT count(*) FROM counters WHERE name LIKE 'second:%'`); n != 0 {
			t.Errorf("%d counters stand after right codes", n)
		}
		// A hundred in a row end it, however slowly they come.
		for range 100 {
			p.later(16 * time.Minute)
			if _, err := p.info.Compare(ctx, noor, a.id, "", wrong(a)); !fault.Is(err, "wrong_code") {
				t.Fatal(err)
			}
		}
		p.later(24 * time.Hour)
		_, err = p.info.Compare(ctx, noor, a.id, "", a.code(0))
		wantFault(t, err, "tries_used_up")
		// A new password lets them start again.
		p.exec(`UPDATE methods SET version = version + 1 WHERE account_id = $1 AND type = 'password'`, noor)
		if _, err := p.info.Compare(ctx, noor, a.id, "", a.code(0)); err != nil {
			t.Error(err)
		}
	})
}

// Of many that spend the same code at once, exactly one does; and what was spent
// is not taken again, in whatever order proofs come.
func TestSpend_once(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		p, noor := settled(t, d)
		a := p.enrol(noor, "")
		codes, err := p.info.MakeCodes(ctx, p.self(noor), "")
		if err != nil {
			t.Fatal(err)
		}
		info, _ := p.info.Info(ctx, p.self(noor))
		next := 0
		rapid.Check(t, func(rt *rapid.T) {
			printed := next < len(codes) && rapid.Bool().Draw(rt, "printed")
			n := rapid.IntRange(2, 8).Draw(rt, "at once")
			p.later(time.Duration(rapid.IntRange(31, 90).Draw(rt, "seconds")) * time.Second)
			factor, code := a.id, a.code(0)
			if printed {
				factor, code = info.Codes().ID, codes[next]
				next++
			}
			proof, err := p.info.Compare(ctx, noor, factor, "", code)
			if err != nil {
				rt.Fatal(err)
			}
			var won atomic.Int32
			var all sync.WaitGroup
			for range n {
				all.Go(func() {
					switch err := p.spend(proof); {
					case err == nil:
						won.Add(1)
					case !fault.Is(err, "code_used"):
						rt.Error(err)
					}
				})
			}
			all.Wait()
			if won.Load() != 1 {
				rt.Fatalf("%d of %d spent it", won.Load(), n)
			}
			older := proof
			older.Step--
			if err := p.spend(older); !fault.Is(err, "code_used") {
				rt.Fatalf("an older one was taken: %v", err)
			}
		})
	})
}

// No secret stands in the audit log, in the log, or in the database as it is.
func TestMethods_secretsStaySecret(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		p, noor := settled(t, d)
		var logged bytes.Buffer
		p.info.Log = slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
		if err := p.info.BeginAuthenticator(ctx, p.self(noor)); err != nil {
			t.Fatal(err)
		}
		setUp, err := p.info.SettingUp(ctx, p.self(noor))
		if err != nil {
			t.Fatal(err)
		}
		seed, _ := securityinfo.SeedOf(setUp.Key)
		code := securityinfo.CodeAt(seed, d.Now())
		if _, err := p.info.ConfirmAuthenticator(ctx, p.self(noor), setUp.MethodID, code, "a name of my own"); err != nil {
			t.Fatal(err)
		}
		codes, err := p.info.MakeCodes(ctx, p.self(noor), "")
		if err != nil {
			t.Fatal(err)
		}
		p.later(time.Minute)
		_, _ = p.info.Compare(ctx, noor, setUp.MethodID, "", securityinfo.CodeAt(seed, d.Now().Add(5*time.Minute)))
		p.exec(`UPDATE methods SET sealed = $2 WHERE id = $1`, setUp.MethodID, []byte("broken, so that it is logged"))
		_, _ = p.info.Compare(ctx, noor, setUp.MethodID, "", securityinfo.CodeAt(seed, d.Now()))
		if !strings.Contains(logged.String(), "codes cannot be compared") {
			t.Error("nothing was logged")
		}
		secrets := []string{string(seed), strings.ReplaceAll(setUp.Key, " ", ""), setUp.Key, code, "a name of my own"}
		for _, c := range codes {
			secrets = append(secrets, c, strings.ReplaceAll(c, "-", ""))
		}
		all := []string{logged.String()}
		for _, text := range []string{
			`SELECT data FROM audit_details`, `SELECT act || actor_id || target || reason FROM audit WHERE target IS NOT NULL AND actor_id IS NOT NULL`,
			`SELECT secret FROM methods`, `SELECT name FROM counters`,
		} {
			rows, err := db.All(ctx, d, db.Text, text)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, fmt.Sprint(rows))
		}
		for _, where := range all {
			for _, secret := range secrets {
				if strings.Contains(where, secret) {
					t.Errorf("a secret stands in %.200s", where)
				}
			}
		}
		for _, column := range []string{`SELECT sealed FROM methods WHERE sealed IS NOT NULL`, `SELECT hash FROM recovery_codes`} {
			blobs, err := db.All(ctx, d, func(r db.Row) (b []byte, err error) { err = r.Scan(&b); return }, column)
			if err != nil || len(blobs) == 0 {
				t.Fatal(len(blobs), err)
			}
			for _, b := range blobs {
				for _, secret := range secrets {
					if bytes.Contains(b, []byte(secret)) {
						t.Errorf("a secret stands in %s", column)
					}
				}
			}
		}
	})
}
