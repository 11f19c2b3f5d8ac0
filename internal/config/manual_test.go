package config

import (
	"reflect"
	"strings"
	"testing"
)

// The manual tells every setting: its variable, its flag, its default and what
// it is for.
func TestManual(t *testing.T) {
	var b strings.Builder
	if err := Manual(&b); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	fields := reflect.TypeFor[Config]()
	for i := range fields.NumField() {
		f := fields.Field(i)
		env, flag := f.Tag.Get("env"), "--"+flagName(f.Name, f.Tag)
		_, after, found := strings.Cut(text, "\n"+env+"  "+flag)
		if env == "" || !found {
			t.Errorf("%s: the manual has no line %q", f.Name, env+"  "+flag)
			continue
		}
		first, rest, _ := strings.Cut(after, "\n")
		if d := f.Tag.Get("default"); d != "" && !strings.Contains(first, "(default "+d+")") {
			t.Errorf("%s: the manual lacks the default %s", f.Name, d)
		}
		if !strings.HasPrefix(rest, "    ") {
			t.Errorf("%s is not explained", f.Name)
		}
	}
	for _, secret := range []string{"DATABASE", "SECRET_KEY", "SMTP_PASSWORD"} {
		if !strings.Contains(text, "SOJOURN_"+secret+"_FILE") {
			t.Errorf("%s cannot come from a file", secret)
		}
	}
}
