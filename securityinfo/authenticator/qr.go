package authenticator

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"

	"sojourn/ui"
)

// qrOf draws a text as a QR code: each run of dark modules in a row is one piece
// of the path. A sixth of it may be covered or out of focus.
func qrOf(text, label string) (ui.QR, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return ui.QR{}, fmt.Errorf("qr code: %w", err)
	}
	size := code.Bounds().Dx()
	dark := func(x, y int) bool {
		return x < size && color.GrayModel.Convert(code.At(x, y)).(color.Gray).Y < 128
	}
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			start := x
			for dark(x, y) {
				x++
			}
			if n := x - start; n > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", start, y, n, n)
			}
		}
	}
	return ui.QR{Label: label, Path: path.String(), Size: size}, nil
}
