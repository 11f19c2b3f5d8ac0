package accounts

import (
	"strings"
	"testing"
)

func TestAddress(t *testing.T) {
	for typed, good := range map[string]bool{
		"ann@fabrikam.example": true, " ann@fabrikam.example ": true, "ann.lee+x@fabrikam.example": true, "ørsted@fabrikam.example": true,
		"ceo@bİgbank.example": false, "ﬁona@mail.example": false, "ａnn@mail.example": false, "ØRSTED@mail.example": false, "a@bücher.example": false,
		"a?bcc=x@y.example": false, "noor@contoso": false, "noor@localhost": false, "noor@[192.0.2.1]": false, "noor@contoso.": false, "noor@.example": false,
		"": false, "ann": false, "@fabrikam.example": false, "ann@": false, "Ann <ann@fabrikam.example>": false, "a b@c.example": false,
		"ann@fabrikam.example\r\nBcc: all@c.example": false, "ann@a@b.example": false, strings.Repeat("a", 250) + "@b.example": false, "\"a b\"@c.example": false,
	} {
		got, err := Address(typed)
		if (err == nil) != good {
			t.Errorf("%.40q: %v", typed, err)
		}
		if good && got != strings.TrimSpace(typed) {
			t.Errorf("%q became %q", typed, got)
		}
	}
}

func TestFold(t *testing.T) {
	for typed, want := range map[string]string{
		" Ann@Fabrikam.Example ": "ann@fabrikam.example", "ＡＮＮ@fabrikam.example": "ann@fabrikam.example", "ÖDÖN@x.example": "ödön@x.example", "e\u0301@x.example": "é@x.example",
	} {
		if got := Fold(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	for name, want := range map[string]string{"a@B.Example": "b.example", "a@b@c.example": "c.example", "a": "", "@c.example": ""} {
		if got := Domain(name); got != want {
			t.Errorf("the domain of %q: %q, want %q", name, got, want)
		}
	}
}

func TestPersonName(t *testing.T) {
	for typed, want := range map[string]string{
		"Ann Lee": "Ann Lee", "  Ann   Lee ": "Ann Lee", "佐藤 健": "佐藤 健", "O’Neil-Weiß": "O’Neil-Weiß",
		"": "", "   ": "", "Ann\u202eeeL": "", "\u200b\u200b": "", "\u3164": "", "\u00ad": "", "Ann\u200f": "", "Ann\u009b": "", "\u200dAnn": "", "Pay at www.evil.example": "",
		"نور‌الدین": "نور‌الدین", "क्‍ष": "क्‍ष", "Ann\x07": "", strings.Repeat("x", 121): "",
	} {
		if got, err := PersonName(typed); got != want || (err == nil) != (want != "") {
			t.Errorf("%.40q: %q, %v", typed, got, err)
		}
	}
}
