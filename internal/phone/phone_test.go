package phone_test

import (
	"regexp"
	"strings"
	"testing"

	"sojourn/internal/fault"
	"sojourn/internal/phone"
)

var allowed = phone.Countries{"NL", "GB", "US", "DE", "JE"}

func TestParse(t *testing.T) {
	for _, c := range []struct{ typed, country, e164, shown, of, kind string }{
		{"+31 612345678", "NL", "+31612345678", "+31 6 12345678", "NL", "mobile"},
		{"06-12345678", "NL", "+31612345678", "+31 6 12345678", "NL", "mobile"},
		{"0031 6 12 34 56 78", "NL", "+31612345678", "+31 6 12345678", "NL", "mobile"},
		{"+31 (0)6 12345678", "GB", "+31612345678", "+31 6 12345678", "NL", "mobile"},
		{"(020) 624 1111", "nl", "+31206241111", "+31 20 624 1111", "NL", "fixed"},
		{"+44 7400 123456", "", "+447400123456", "+44 7400 123456", "GB", "mobile"},
		{"07400 123456", "GB", "+447400123456", "+44 7400 123456", "GB", "mobile"},
		{"+1 425-882-8080", "US", "+14258828080", "+1 425-882-8080", "US", "either"},
		{"٠٦١٢٣٤٥٦٧٨", "NL", "+31612345678", "+31 6 12345678", "NL", "mobile"},
		{"０６１２３４５６７８", "NL", "+31612345678", "+31 6 12345678", "NL", "mobile"},
		{"+1 900 234 5678", "US", "+19002345678", "+1 900-234-5678", "US", "premium"},
		{"0900 1234567", "NL", "+319001234567", "", "NL", "premium"},
		{"+881612345678", "NL", "+881612345678", "", "", "satellite"},
		{"+870773123456", "NL", "+870773123456", "", "", "satellite"},
		{"+979123456789", "NL", "+979123456789", "", "", "satellite"},
		{"0800 1234", "NL", "+318001234", "", "NL", "toll_free"},
		{"+44 7640 123456", "GB", "+447640123456", "", "GB", "pager"},
		{"070 1234 5678", "GB", "", "", "GB", "personal"},
		{"", "NL", "", "", "", ""},
		{"12", "NL", "", "", "", ""},
		{"112", "NL", "", "", "", ""},
		{"0612345678", "", "", "", "", ""},
		{"0612345678", "XX", "", "", "", ""},
		{"tel:+31612345678", "NL", "", "", "", ""},
		{"+31 6 CALLNOW1", "NL", "", "", "", ""},
		{"noor@contoso.example", "NL", "", "", "", ""},
		{"+31 6 1234567", "NL", "", "", "", ""},
		{"+999 123456789", "NL", "", "", "", ""},
		{"+31612345678\x00", "NL", "", "", "", ""},
		{"\xff\xfe", "NL", "", "", "", ""},
		{strings.Repeat("0", 5000), "NL", "", "", "", ""},
	} {
		n, err := phone.Parse(c.typed, c.country)
		if c.kind == "" {
			if f, ok := fault.Of(err); err == nil || !ok || f.Code != "phone_invalid" || len(f.Fields) != 1 {
				t.Errorf("%q in %s: %+v, %v; want phone_invalid", c.typed, c.country, n, err)
			}
			continue
		}
		if err != nil || c.e164 != "" && n.E164 != c.e164 || c.shown != "" && n.String() != c.shown || n.Country != c.of || string(n.Kind) != c.kind {
			t.Errorf("%q in %s: %+v, %v; want %+v", c.typed, c.country, n, err, c)
		}
		again, err := phone.Of(n.E164)
		if err != nil || again.E164 != n.E164 || again.Kind != n.Kind {
			t.Errorf("%s read again: %+v, %v", n.E164, again, err)
		}
	}
	for _, kept := range []string{"", "31612345678", "0612345678", "+31 612345678", "+310612345678", "+31612345678 x5"} {
		if n, err := phone.Of(kept); err == nil {
			t.Errorf("%q was taken for E.164: %+v", kept, n)
		}
	}
}

func TestParse_extension(t *testing.T) {
	for _, typed := range []string{"+31 20 624 1111 x123", "020 6241111 ext. 123", "020-6241111#123"} {
		n, err := phone.Parse(typed, "NL")
		if err != nil || n.E164 != "+31206241111" || n.Extension != "123" || n.String() != "+31 20 624 1111 x123" {
			t.Errorf("%q: %+v, %v", typed, n, err)
		}
	}
}

func TestFor(t *testing.T) {
	for _, c := range []struct{ typed, text, call, office string }{
		{"+31 612345678", "", "", ""},
		{"+31 206241111", "phone_fixed", "", ""},
		{"+31 206241111 x12", "phone_extension", "phone_extension", ""},
		{"+1 4258828080", "", "", ""},
		{"+31 858881234", "phone_range", "phone_range", ""}, // over the internet
		{"+31 881234567", "phone_range", "phone_range", "phone_range"},
		{"+31 9001234567", "phone_costly", "phone_costly", "phone_costly"},
		{"+44 7012345678", "phone_costly", "phone_costly", "phone_costly"},
		{"+44 8431234567", "phone_costly", "phone_costly", "phone_costly"},
		{"+44 7640123456", "phone_range", "phone_range", "phone_range"},
		{"+31 8001234", "phone_range", "phone_range", "phone_range"},
		{"+881 612345678", "phone_satellite", "phone_satellite", "phone_satellite"},
		{"+882 1612345678", "phone_satellite", "phone_satellite", "phone_satellite"},
		{"+33 612345678", "phone_country", "phone_country", "phone_country"},
		{"+44 7797712345", "", "", ""}, // Jersey is not the United Kingdom, and shares its code
		{"+44 7781123456", "phone_country", "phone_country", "phone_country"},
	} {
		n, err := phone.Parse(c.typed, "NL")
		if err != nil {
			t.Errorf("%s: %v", c.typed, err)
			continue
		}
		for use, want := range map[phone.Use]string{phone.ForText: c.text, phone.ForCall: c.call, phone.ForOffice: c.office} {
			got := ""
			if f, ok := fault.Of(n.For(use, allowed)); ok {
				got = f.Code
			}
			if got != want {
				t.Errorf("%s (%s, %s) for a %s: %q, want %q", c.typed, n.Kind, n.Country, use, got, want)
			}
			if n.For(use, nil) == nil {
				t.Errorf("%s for a %s is allowed where no country is", c.typed, use)
			}
		}
	}
	if (phone.Number{}).For(phone.ForText, allowed) == nil {
		t.Error("no number at all is allowed")
	}
}

func TestMask(t *testing.T) {
	for typed, want := range map[string]string{
		"+31612345642": "+31 6 ••• ••• 42", "+14258828080": "+1 4 ••• •• •• 80", "+447400123456": "+44 7 ••• •• •• 56", "+31206241111": "+31 2 ••• ••• 11",
		"+4930123456": "+49 3 ••• •• 56", "+318001234": "+31 8 •• •• 34",
	} {
		n, err := phone.Of(typed)
		if err != nil || n.Mask() != want {
			t.Errorf("%s: %q, %v; want %q", typed, n.Mask(), err, want)
		}
	}
	if got := (phone.Number{}).Mask(); strings.ContainsAny(got, "0123456789") {
		t.Errorf("of nothing: %q", got)
	}
}

func TestKnown(t *testing.T) {
	for country, want := range map[string]string{"NL": "31", "US": "1", "GB": "44", "nl": "", "XX": "", "001": "", "": "", "ZZ": ""} {
		if got := phone.CallingCode(country); got != want || phone.Known(country) != (want != "") {
			t.Errorf("%q: %q", country, got)
		}
	}
}

// Whatever is typed, nothing is taken but a number that is E.164 and stays itself,
// and its mask gives no more than four of its digits away.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"+31 6 12345678", "0612345678 x12", "(425) 882-8080", "tel:+31206241111;ext=5", "+881612345678", "\x00", "٠٦١٢", "+1;phone-context=+44", "0800 FLOWERS"} {
		f.Add(seed, "NL")
		f.Add(seed, "US")
	}
	e164 := regexp.MustCompile(`^\+[1-9][0-9]{3,16}$`)
	f.Fuzz(func(t *testing.T, typed, country string) {
		n, err := phone.Parse(typed, country)
		if err != nil {
			if _, ok := fault.Of(err); !ok {
				t.Fatalf("%q: %v", typed, err)
			}
			return
		}
		if !e164.MatchString(n.E164) || strings.ContainsFunc(n.Extension, func(r rune) bool { return r < '0' || r > '9' }) {
			t.Fatalf("%q: %+v", typed, n)
		}
		again, err := phone.Of(n.E164)
		if err != nil || again.E164 != n.E164 || again.Country != n.Country {
			t.Fatalf("%q gave %s, which reads as %+v, %v", typed, n.E164, again, err)
		}
		shown := strings.TrimPrefix(n.Mask(), "+"+n.Calling)
		if digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, shown); len(digits) > 3 {
			t.Fatalf("%s is masked as %s", n.E164, n.Mask())
		}
	})
}
