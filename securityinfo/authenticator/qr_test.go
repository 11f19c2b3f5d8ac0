package authenticator

import (
	"fmt"
	"image/color"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"
)

var run = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

// Every dark module is in the path once, and nothing else is.
func TestQrOf(t *testing.T) {
	for _, text := range []string{
		"otpauth://totp/Contoso:noor%40contoso.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Contoso",
		"otpauth://totp/" + strings.Repeat("%D9%85", 40) + ":" + strings.Repeat("a", 254) + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=" + strings.Repeat("%D9%85", 40),
	} {
		drawn, err := qrOf(text, "label")
		if err != nil {
			t.Fatal(err)
		}
		code, err := qr.Encode(text, qr.M, qr.Auto)
		if err != nil {
			t.Fatal(err)
		}
		dark := map[string]int{}
		if rest := run.ReplaceAllString(drawn.Path, ""); rest != "" {
			t.Fatalf("the path holds %.60q", rest)
		}
		for _, m := range run.FindAllStringSubmatch(drawn.Path, -1) {
			x, _ := strconv.Atoi(m[1])
			n, _ := strconv.Atoi(m[3])
			if m[3] != m[4] || n < 1 {
				t.Fatalf("a run of %s goes back %s", m[3], m[4])
			}
			for i := range n {
				dark[fmt.Sprintf("%d %s", x+i, m[2])]++
			}
		}
		size := code.Bounds().Dx()
		if drawn.Size != size || code.Bounds().Dy() != size {
			t.Fatalf("%d modules, want %d", drawn.Size, size)
		}
		for y := range size {
			for x := range size {
				want := 0
				if code.At(x, y) == color.Black {
					want = 1
				}
				if got := dark[fmt.Sprintf("%d %d", x, y)]; got != want {
					t.Fatalf("module %d, %d is drawn %d times, want %d", x, y, got, want)
				}
			}
		}
	}
}
