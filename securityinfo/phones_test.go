package securityinfo_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sojourn/accounts"
	"sojourn/internal/caps"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/internal/outbox"
	"sojourn/internal/phone"
	"sojourn/securityinfo"
)

// line is where a test reads what was sent.
type line struct {
	outbox.Outbox
	mu    sync.Mutex
	texts []outbox.Text
	calls []outbox.Call
}

func (l *line) PutText(ctx context.Context, tx *db.Tx, t outbox.Text) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.texts = append(l.texts, t)
	return l.Outbox.PutText(ctx, tx, t)
}

func (l *line) PutCall(ctx context.Context, tx *db.Tx, c outbox.Call) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.calls = append(l.calls, c)
	return l.Outbox.PutCall(ctx, tx, c)
}

var digits = regexp.MustCompile(`\b\d{6}\b`)

// texted is the code of the newest text.
func (l *line) texted() string { return digits.FindString(l.texts[len(l.texts)-1].Text) }

func (l *line) spoken() string { return digits.FindString(l.calls[len(l.calls)-1].Spoken) }

// withPhones lets a portal send texts and calls.
func (p *portal) withPhones() *line {
	l := &line{Outbox: outbox.Outbox{DB: p.d, Box: p.info.Box, IDs: p.info.IDs}}
	p.info.Outbox = l
	p.info.Delivers = func(outbox.Channel) bool { return true }
	p.info.Countries = phone.Countries{"NL", "US"}
	p.info.PhoneCaps = caps.Phone{Number: 1000, Hour: 10000, Day: 100000}
	return l
}

// addPhone adds a mobile phone the way its person does, and gives its id.
func (p *portal) addPhone(l *line, account string, number string) string {
	p.t.Helper()
	ctx, who := context.Background(), p.self(account)
	in := securityinfo.PhoneForm{Type: accounts.MobilePhone, Country: "NL", Number: number, Way: accounts.ByText}
	if err := p.info.BeginPhone(ctx, who, in); err != nil {
		p.t.Fatal(err)
	}
	s, err := p.info.SettingUpPhone(ctx, who, accounts.MobilePhone)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := p.info.ConfirmPhone(ctx, who, accounts.MobilePhone, s.MethodID, l.texted()); err != nil {
		p.t.Fatal(err)
	}
	return s.MethodID
}

func TestPhone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		p, noor := settled(t, d)
		l := p.withPhones()
		who := p.self(noor)
		in := securityinfo.PhoneForm{Type: accounts.MobilePhone, Country: "NL", Number: "06 12345642", Way: accounts.ByText}
		stale := who
		stale.ProvedAt = d.Now().Add(-6 * time.Minute)
		wantFault(t, p.info.BeginPhone(ctx, stale, in), "proof_needed")

		// What cannot be reached is refused, with a reason.
		for code, bad := range map[string]securityinfo.PhoneForm{
			"phone_fixed":      {Type: accounts.MobilePhone, Country: "NL", Number: "020 624 1111", Way: accounts.ByText},
			"phone_country":    {Type: accounts.MobilePhone, Country: "NL", Number: "+33 612345678", Way: accounts.ByText},
			"phone_costly":     {Type: accounts.OfficePhone, Country: "NL", Number: "0900 1234567"},
			"phone_invalid":    {Type: accounts.AlternatePhone, Country: "NL", Number: "12"},
			"phone_extension":  {Type: accounts.AlternatePhone, Country: "NL", Number: "020 6241111 x12"},
			"extension_digits": {Type: accounts.OfficePhone, Country: "NL", Number: "020 624 1111", Extension: "12a"},
			"way_missing":      {Type: accounts.MobilePhone, Country: "NL", Number: "06 12345642", Way: "pigeon"},
		} {
			wantFault(t, p.info.BeginPhone(ctx, who, bad), code)
		}
		if len(l.texts)+len(l.calls) != 0 || p.count(`SELECT count(*) FROM sent_codes`) != 0 {
			t.Fatal("something was sent for a number that is refused")
		}

		if err := p.info.BeginPhone(ctx, who, in); err != nil {
			t.Fatal(err)
		}
		if to := l.texts[0]; to.To != "+31612345642" || to.Tenant != contoso || !strings.HasSuffix(to.Text, "@localhost #"+l.texted()) || to.ExpiresAt.Sub(d.Now()) > 10*time.Minute {
			t.Errorf("%+v", to)
		}
		if list, _ := p.info.Factors(ctx, d, noor); len(list) != 0 {
			t.Error("it counts before it is confirmed")
		}
		if p.count(`SELECT count(*) FROM sent_codes WHERE mac = $1`, []byte(l.texted())) != 0 {
			t.Error("the code is kept plain")
		}
		s, err := p.info.SettingUpPhone(ctx, who, accounts.MobilePhone)
		if err != nil || s.Number.String() != "+31 6 12345642" {
			t.Fatal(s, err)
		}
		_, err = p.info.ConfirmPhone(ctx, who, accounts.MobilePhone, s.MethodID, "")
		wantFault(t, err, "invalid")
		old := l.texted()
		if err := p.info.SendAgain(ctx, who, accounts.MobilePhone); err != nil {
			t.Fatal(err)
		}
		if old != l.texted() {
			_, err = p.info.ConfirmPhone(ctx, who, accounts.MobilePhone, s.MethodID, old)
			wantFault(t, err, "invalid")
		}
		done, err := p.info.ConfirmPhone(ctx, who, accounts.MobilePhone, s.MethodID, l.texted())
		if err != nil || !done.First || done.Replaced {
			t.Fatal(done, err)
		}
		_, err = p.info.ConfirmPhone(ctx, who, accounts.MobilePhone, s.MethodID, l.texted())
		wantFault(t, err, "set_up_over")

		// Two ways, the one chosen first; nowhere the number in full.
		list, err := p.info.Factors(ctx, d, noor)
		if err != nil || len(list) != 2 || list[0].Way != accounts.ByText || !list[0].Default || list[1].Way != accounts.ByCall || list[1].Default || list[0].Name != "+31 6 ••• ••• 42" {
			t.Fatalf("%+v, %v", list, err)
		}
		if err := p.info.Prefer(ctx, who, list[1].ID); err != nil {
			t.Fatal(err)
		}
		if list, _ = p.info.Factors(ctx, d, noor); list[0].Way != accounts.ByCall || !list[0].Default {
			t.Errorf("%+v", list)
		}
		wantFault(t, p.info.Prefer(ctx, who, s.MethodID), "method_gone")
		wantFault(t, p.info.Prefer(ctx, who, s.MethodID+".pigeon"), "method_gone")
		for _, text := range []string{`SELECT count(*) FROM audit_details WHERE data LIKE '%12345642%'`, `SELECT count(*) FROM counters WHERE name LIKE '%12345642%'`} {
			if p.count(text) != 0 {
				t.Errorf("the number stands in full: %s", text)
			}
		}

		// An alternate phone is another one, and is called.
		same := securityinfo.PhoneForm{Type: accounts.AlternatePhone, Country: "NL", Number: "+31 6 12345642"}
		wantFault(t, p.info.BeginPhone(ctx, who, same), "phone_same")
		office := securityinfo.PhoneForm{Type: accounts.OfficePhone, Country: "NL", Number: "020 624 1111", Extension: "12-3"}
		if err := p.info.BeginPhone(ctx, who, office); err != nil || l.calls[0].Extension != "123" || l.calls[0].To != "+31206241111" {
			t.Fatalf("%v, %+v", err, l.calls)
		}
		o, _ := p.info.SettingUpPhone(ctx, who, accounts.OfficePhone)
		if done, err = p.info.ConfirmPhone(ctx, who, accounts.OfficePhone, o.MethodID, l.spoken()); err != nil || done.First {
			t.Fatal(done, err)
		}

		// A change takes the place of the number before, also as the default.
		in.Number = "06 12345643"
		if err := p.info.BeginPhone(ctx, who, in); err != nil {
			t.Fatal(err)
		}
		fresh, _ := p.info.SettingUpPhone(ctx, who, accounts.MobilePhone)
		if done, err = p.info.ConfirmPhone(ctx, who, accounts.MobilePhone, fresh.MethodID, l.texted()); err != nil || !done.Replaced {
			t.Fatal(done, err)
		}
		if last := l.texts[len(l.texts)-1]; last.To == "+31612345643" || !strings.Contains(last.Text, "another took its place") {
			t.Errorf("the number before was not told: %+v", last)
		}
		list, _ = p.info.Factors(ctx, d, noor)
		if len(list) != 3 || list[0].Name != "+31 6 ••• ••• 43" || list[2].Type != accounts.OfficePhone {
			t.Errorf("%+v", list)
		}
		for act, want := range map[string]int{"method.add": 2, "method.change": 1, "method.default": 1} {
			if n := p.count(`SELECT count(*) FROM audit WHERE act = $1 AND result = 'done' AND target = $2`, act, noorHere); n != want {
				t.Errorf("%d rows of %s, want %d", n, act, want)
			}
		}

		// Where nothing can be sent any more it stays a second factor.
		p.info.Countries = phone.Countries{"US"}
		list, _ = p.info.Factors(ctx, d, noor)
		if len(list) != 2 {
			t.Errorf("%+v", list)
		}
		wantFault(t, p.info.Send(ctx, noor, list[0].ID, "flow"), "cannot_send")
	})
}

// A code is right once, for the newest alone, in its own flow, for ten minutes.
func TestSend_oneCode(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		p, noor := settled(t, d)
		sam := p.account(contoso, "00000000-0000-4000-8000-000000000009", "sam@contoso.example", "Sam Rivera", true)
		l := p.withPhones()
		id := p.addPhone(l, noor, "06 12345642")
		text, call := accounts.FactorID(id, accounts.ByText), accounts.FactorID(id, accounts.ByCall)
		wantFault(t, p.info.Send(ctx, sam, text, "a"), "factor_gone")
		rapid.Check(t, func(rt *rapid.T) {
			p.exec(`DELETE FROM counters`)
			p.exec(`DELETE FROM sent_codes`)
			var newest, flow string // what is right now
			var sent time.Time
			var older []string
			right := func(code, in string) bool {
				return newest != "" && code == newest && in == flow && d.Now().Sub(sent) < 10*time.Minute
			}
			for range rapid.IntRange(1, 8).Draw(rt, "steps") {
				in := rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "flow")
				switch rapid.IntRange(0, 3).Draw(rt, "what") {
				case 0:
					factor := rapid.SampledFrom([]string{text, call}).Draw(rt, "factor")
					if err := p.info.Send(ctx, noor, factor, in); err != nil {
						rt.Fatal(err)
					}
					if older = append(older, newest); factor == text {
						newest = l.texted()
					} else {
						newest = l.spoken()
					}
					flow, sent = in, d.Now()
				case 1:
					p.later(time.Duration(rapid.IntRange(1, 7).Draw(rt, "minutes")) * time.Minute)
				default:
					typed := rapid.SampledFrom(append([]string{newest, newest, "000000"}, older...)).Draw(rt, "code")
					if typed == "" {
						continue
					}
					p.exec(`DELETE FROM counters`)
					proof, err := p.info.Compare(ctx, noor, text, in, typed)
					if want := right(typed, in); (err == nil) != want {
						rt.Fatalf("%q in %s: %v, want right %v", typed, in, err, want)
					}
					if err == nil {
						n := atomic.Int32{}
						var all sync.WaitGroup
						for range 4 {
							all.Go(func() {
								if p.spend(proof) == nil {
									n.Add(1)
								}
							})
						}
						all.Wait()
						if n.Load() != 1 {
							rt.Fatalf("the code was good %d times", n.Load())
						}
						older, newest = append(older, newest), ""
					}
				}
			}
		})
	})
}

// What is being added takes ten wrong codes, sent again in between; then nothing is sent
// and nothing compared for a day, and the words are not those of a telephone that is there.
func TestPhone_tenTriesToAdd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		p, noor := settled(t, d)
		l := p.withPhones()
		in := securityinfo.PhoneForm{Type: accounts.MobilePhone, Country: "NL", Number: "06 12345642", Way: accounts.ByText}
		if err := p.info.BeginPhone(ctx, p.self(noor), in); err != nil {
			t.Fatal(err)
		}
		for n := range 10 {
			if err := p.info.SendAgain(ctx, p.self(noor), accounts.MobilePhone); err != nil {
				t.Fatal(n, err)
			}
			s, err := p.info.SettingUpPhone(ctx, p.self(noor), accounts.MobilePhone)
			if err != nil {
				t.Fatal(err)
			}
			wrong := "000000"
			if l.texted() == wrong {
				wrong = "000001"
			}
			_, err = p.info.ConfirmPhone(ctx, p.self(noor), accounts.MobilePhone, s.MethodID, wrong)
			wantFault(t, err, "invalid")
			p.later(time.Minute)
		}
		for what, err := range map[string]error{
			"sent again": p.info.SendAgain(ctx, p.self(noor), accounts.MobilePhone), "begun anew": p.info.BeginPhone(ctx, p.self(noor), in),
		} {
			if f, _ := fault.Of(err); f == nil || f.Code != "tries_used_up" || f.Key != "securityinfo.adding.usedUp" {
				t.Errorf("%s: %v", what, err)
			}
		}
		p.later(24 * time.Hour)
		p.addPhone(l, noor, "06 12345642")
	})
}

// Five wrong ones in a row, whatever the flow and whatever is sent in between: then
// the right one is refused too, until a day has passed or a new password is set.
func TestSend_fiveTries(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		p, noor := settled(t, d)
		l := p.withPhones()
		id := p.addPhone(l, noor, "06 12345642")
		text, call := accounts.FactorID(id, accounts.ByText), accounts.FactorID(id, accounts.ByCall)
		five := func() {
			t.Helper()
			for n := range 5 {
				flow := fmt.Sprint("flow ", n)
				if err := p.info.Send(ctx, noor, text, flow); err != nil {
					t.Fatal(n, err)
				}
				wrong := "000000"
				if l.texted() == wrong {
					wrong = "000001"
				}
				factor := []string{text, call}[n%2]
				_, err := p.info.Compare(ctx, noor, factor, flow, wrong)
				wantFault(t, err, "wrong_code")
				p.later(time.Minute)
			}
			wantFault(t, p.info.Send(ctx, noor, text, "flow 4"), "tries_used_up")
			_, err := p.info.Compare(ctx, noor, text, "flow 4", l.texted())
			wantFault(t, err, "tries_used_up")
		}
		five()
		p.later(24 * time.Hour)
		if err := p.info.Send(ctx, noor, text, "next day"); err != nil {
			t.Fatal(err)
		}
		if _, err := p.info.Compare(ctx, noor, text, "next day", l.texted()); err != nil {
			t.Error(err)
		}
		five()
		p.exec(`UPDATE methods SET version = version + 1 WHERE account_id = $1 AND type = 'password'`, noor)
		if err := p.info.Send(ctx, noor, text, "new password"); err != nil {
			t.Error(err)
		}
		// Five more a day, not one.
		five()
		p.later(25 * time.Hour)
		five()
	})
}

// One too many is answered alike, and nothing goes out; the sweep takes what is over.
func TestSend_capped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		p, noor := settled(t, d)
		l := p.withPhones()
		p.info.PhoneCaps.Number = 3
		id := p.addPhone(l, noor, "06 12345642")
		for range 5 {
			if err := p.info.Send(ctx, noor, accounts.FactorID(id, accounts.ByText), "a"); err != nil {
				t.Fatal(err)
			}
		}
		if len(l.texts) != 3 {
			t.Errorf("%d texts", len(l.texts))
		}
		if _, err := p.info.Compare(ctx, noor, accounts.FactorID(id, accounts.ByText), "a", l.texted()); err != nil {
			t.Error("the newest that went out is no good", err)
		}
		p.later(11 * time.Minute)
		if err := p.info.Sweep(ctx); err != nil || p.count(`SELECT count(*) FROM sent_codes`) != 0 {
			t.Error("the sweep leaves them", err)
		}
	})
}
