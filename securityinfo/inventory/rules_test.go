package inventory

import (
	"strings"
	"testing"

	"sojourn/internal/fault"
)

func TestRead(t *testing.T) {
	const key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	head := strings.Join(columns[:6], ",") + "\n"
	for name, c := range map[string]struct{ data, wrong string }{
		"a token":           {head + ",A-1," + key + ",30,Galt,T2\n", ""},
		"semicolons, a BOM": {"\xef\xbb\xbf" + strings.ReplaceAll(head, ",", ";") + ";A-1;" + key + "==;60;;\n", ""},
		"in groups, small":  {head + ",A-1,gezd gnbv gy3t qojq gezd gnbv gy3t qojq,30,,\n", ""},
		"with SHA-256":      {strings.Join(columns, ",") + "\n,A-1," + key + ",30,,,sha-256\n", ""},
		"nothing":           {"", "file_missing"},
		"no head":           {",A-1," + key + ",30,,\n", "file_head"},
		"a head alone":      {head, "file_empty"},
		"no text":           {head + "\xff\xfe", "file_text"},
		"a NUL":             {head + ",A-1\x00," + key + ",30,,\n", "file_text"},
		"too large":         {head + strings.Repeat("x", maxFile), "file_large"},
		"a short seed":      {head + ",A-1,GEZDGNBVGY3TQOJQ,30,,\n", "securityinfo.inventory.line.seed"},
		"no seed":           {head + ",A-1,,30,,\n", "securityinfo.inventory.line.seed"},
		"no serial number":  {head + ", ," + key + ",30,,\n", "securityinfo.inventory.line.serial"},
		"45 seconds":        {head + ",A-1," + key + ",45,,\n", "securityinfo.inventory.line.period"},
		"twice":             {head + ",A-1," + key + ",30,,\n,a-1," + key + ",30,,\n", "securityinfo.inventory.line.twice"},
		"columns":           {head + ",A-1," + key + ",30\n", "securityinfo.inventory.line.fields"},
		"quotes":            {head + ",\"A-1," + key + ",30,,\n", "securityinfo.inventory.line.quotes"},
		"MD5":               {strings.Join(columns, ",") + "\n,A-1," + key + ",30,,,md5\n", "securityinfo.inventory.line.hash"},
	} {
		list, bad, err := read([]byte(c.data))
		got := ""
		if f, ok := fault.Of(err); ok {
			got = f.Code
		}
		if len(bad) > 0 {
			got = bad[0].Key
		}
		if got != c.wrong || c.wrong == "" && len(list) != 1 {
			t.Errorf("%s: %q with %d tokens, want %q (%v)", name, got, len(list), c.wrong, err)
		}
	}
}
