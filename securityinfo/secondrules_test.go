package securityinfo

import (
	"crypto/rand"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sojourn/accounts"
	"sojourn/internal/fault"
)

// The test vectors of RFC 6238, appendix B, for SHA-1; the last six of their
// eight digits.
func TestCodeAt_rfc6238(t *testing.T) {
	for second, want := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		if got, err := codeAt([]byte("12345678901234567890"), stepAt(time.Unix(second, 0))); got != want || err != nil {
			t.Errorf("at %d: %s, %v, want %s", second, got, err, want)
		}
	}
}

func TestMatchStep(t *testing.T) {
	seed := []byte("12345678901234567890")
	now := time.Unix(1_700_000_000, 0)
	here := stepAt(now)
	for name, c := range map[string]struct {
		step, last   int64
		found, spent bool
	}{
		"now":                        {here, 0, true, false},
		"the one before":             {here - 1, 0, true, false},
		"the next one":               {here + 1, 0, true, false},
		"two before":                 {here - 2, 0, false, false},
		"two ahead":                  {here + 2, 0, false, false},
		"taken already":              {here, here, false, true},
		"older than the last taken":  {here - 1, here, false, true},
		"newer than the last taken":  {here + 1, here, true, false},
		"the last was in the window": {here, here - 1, true, false},
		"the clock was set back":     {here, here + 1000, false, true},
	} {
		code, err := codeAt(seed, c.step)
		if err != nil {
			t.Fatal(err)
		}
		step, found, spent, err := matchStep(seed, code, now, c.last)
		if err != nil || found != c.found || spent != c.spent || found && step != c.step {
			t.Errorf("%s: step %d, found %t, spent %t, %v", name, step-here, found, spent, err)
		}
	}
}

// However codes are typed in whatever order, no step is taken twice or backwards.
func TestMatchStep_onlyForward(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.SliceOfN(rapid.Byte(), seedSize, seedSize).Draw(t, "seed")
		clock, last := int64(1_700_000_000), int64(0)
		for _, move := range rapid.SliceOfN(rapid.Int64Range(-40, 70), 1, 40).Draw(t, "seconds") {
			clock += move
			now := time.Unix(clock, 0)
			typed, err := codeAt(seed, stepAt(now)+rapid.Int64Range(-3, 3).Draw(t, "ahead"))
			if err != nil {
				t.Fatal(err)
			}
			step, found, _, err := matchStep(seed, typed, now, last)
			if err != nil || found && (step <= last || step < stepAt(now)-codeWindow || step > stepAt(now)+codeWindow) {
				t.Fatalf("step %d after %d at %d, %v", step, last, stepAt(now), err)
			}
			if found {
				last = step
			}
		}
	})
}

func TestAppCode(t *testing.T) {
	for typed, want := range map[string]string{
		"123456": "123456", "123 456": "123456", " 12 34-56 ": "123456", "１２３４５６": "123456", "123\u00a0456": "123456",
		"12345": "", "1234567": "", "12345a": "", "a12345": "", "": "", "٣٤٥٦٧٨": "", "12+456": "",
	} {
		got, err := appCode(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}

func TestRecoveryCode(t *testing.T) {
	for range 200 {
		var random [codeSize]byte
		rand.Read(random[:])
		shown := recoveryCode(random)
		if len(shown) != 19 || strings.Count(shown, "-") != 3 {
			t.Fatalf("%q", shown)
		}
		plainly := strings.ReplaceAll(shown, "-", "")
		for _, typed := range []string{
			shown, plainly, strings.ToLower(shown), strings.ReplaceAll(shown, "-", " "), " " + shown + "\t",
			strings.ReplaceAll(shown, "0", "o"), strings.ReplaceAll(shown, "1", "l"), strings.ReplaceAll(shown, "1", "I"), strings.ReplaceAll(shown, "-", "–"),
		} {
			if got, err := printedCode(typed); got != plainly || err != nil {
				t.Fatalf("%q: %q, %v", typed, got, err)
			}
		}
	}
	for _, typed := range []string{"", "K7QX", "K7QX-2M9D-RW4T-P8HU", "K7QX-2M9D-RW4T-P8HN-3", "K7QX-2M9D-RW4T-P8H!", "123456"} {
		if got, err := printedCode(typed); err == nil {
			t.Errorf("%q is taken as %q", typed, got)
		}
	}
}

func TestPrintable(t *testing.T) {
	ten := strings.Fields(strings.Repeat("K7QX-2M9D-RW4T-P8HN ", codesMade))
	if got, err := Printable(ten); err != nil || len(got) != codesMade || got[0] != ten[0] {
		t.Errorf("%v, %v", got, err)
	}
	ten[3] = "<script>alert(1)"
	for name, codes := range map[string][]string{"none": nil, "nine": ten[:9], "something else": ten} {
		if got, err := Printable(codes); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestKeyURI(t *testing.T) {
	for _, organization := range []string{"Contoso Ltd", "Northwind Traders & Søn", "مؤسسة النور", "A: B", "50% + ?#", ""} {
		issuer := issuerName(organization)
		u, err := url.Parse(keyURI(issuer, "noor+x@contoso.example", []byte("12345678901234567890")))
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		if u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/"+issuer+":noor+x@contoso.example" || q.Get("issuer") != issuer ||
			q.Get("secret") != "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" || strings.Contains(u.RawQuery, "+") {
			t.Errorf("%s: %s", organization, u)
		}
	}
	for name, want := range map[string]string{
		"Tailspin Toys International Holding Gesellschaft mit beschränkter Haftung": "Tailspin Toys International Holding",
		strings.Repeat("Tailspin ", 9):                          "Tailspin Tailspin Tailspin Tailspin",
		strings.Repeat("x", 25) + " " + strings.Repeat("y", 14): strings.Repeat("x", 25) + " " + strings.Repeat("y", 14),
		strings.Repeat("手", 60):                                 strings.Repeat("手", maxIssuer),
	} {
		if got := issuerName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestMethodName(t *testing.T) {
	for typed, want := range map[string]string{
		"": "", "  ": "", " Noor’s   phone ": "Noor’s phone", "手機": "手機",
	} {
		if got, err := methodName(typed); got != want || err != nil {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{strings.Repeat("x", maxMethod+1), "a\u202eb", "\u200b", "https://evil.example"} {
		if got, err := methodName(typed); err == nil {
			t.Errorf("%q is taken as %q", typed, got)
		}
	}
}

func TestMayAddAndMake(t *testing.T) {
	app, codes := accounts.Method{ID: "a", Type: accounts.Authenticator}, accounts.Method{ID: "c", Type: accounts.RecoveryCodes}
	four := []accounts.Method{app, app, app, app, codes}
	if err := mayAdd(four); err != nil {
		t.Error(err)
	}
	if err := mayAdd(append(four, app)); !fault.Is(err, "too_many_methods") {
		t.Error(err)
	}
	for name, c := range map[string]struct {
		list []accounts.Method
		seen string
		code string
	}{
		"nothing to stand in for": {nil, "", "no_second_step"},
		"codes alone":             {[]accounts.Method{codes}, "c", "no_second_step"},
		"the first":               {[]accounts.Method{app}, "", ""},
		"others":                  {[]accounts.Method{app, codes}, "c", ""},
		"sent twice":              {[]accounts.Method{app, codes}, "", "codes_made"},
		"made elsewhere":          {[]accounts.Method{app, codes}, "b", "codes_made"},
	} {
		if err := mayMake(c.list, c.seen); (err == nil) != (c.code == "") || c.code != "" && !fault.Is(err, c.code) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
