package sheet

import (
	"strings"
	"testing"
)

func TestSheet(t *testing.T) {
	var b strings.Builder
	s, err := New(&b, "name", "result")
	if err == nil {
		err = s.Row("=HYPERLINK(\"x\")", "a,\"b\"\nc")
	}
	if err == nil {
		err = s.Row("Noor", "-1")
	}
	if err == nil {
		err = s.Flush()
	}
	want := "\ufeffname,result\r\n\"'=HYPERLINK(\"\"x\"\")\",\"a,\"\"b\"\"\r\nc\"\r\nNoor,'-1\r\n"
	if err != nil || b.String() != want {
		t.Errorf("%q, %v\nwant %q", b.String(), err, want)
	}
}

func TestGuard(t *testing.T) {
	for cell, want := range map[string]string{"": "", "a=b": "a=b", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "\t1": "'\t1", "\r1": "'\r1", "é": "é"} {
		if got := Guard(cell); got != want {
			t.Errorf("Guard(%q) = %q, want %q", cell, got, want)
		}
	}
}
