package myaccount

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"sojourn/internal/fault"
)

// A corner of a square, wherever the camera says that up is.
func TestUpright(t *testing.T) {
	mark := color.RGBA{9, 9, 9, 255}
	for turn, want := range map[int]image.Point{
		0: {0, 0}, 1: {0, 0}, 2: {3, 0}, 3: {3, 3}, 4: {0, 3}, 5: {0, 0}, 6: {3, 0}, 7: {3, 3}, 8: {0, 3}, 9: {0, 0},
	} {
		m := image.NewRGBA(image.Rect(0, 0, 4, 4))
		m.SetRGBA(0, 0, mark)
		if got := upright(m, turn); got.RGBAAt(want.X, want.Y) != mark {
			t.Errorf("turned %d, the corner is not at %v", turn, want)
		}
	}
}

// The row that was on top: which way a picture turns, not only its corner.
func TestUpright_row(t *testing.T) {
	mark := color.RGBA{9, 9, 9, 255}
	for turn, want := range map[int]image.Point{1: {1, 0}, 2: {2, 0}, 3: {2, 3}, 4: {1, 3}, 5: {0, 1}, 6: {3, 1}, 7: {3, 2}, 8: {0, 2}} {
		m := image.NewRGBA(image.Rect(0, 0, 4, 4))
		m.SetRGBA(1, 0, mark)
		if got := upright(m, turn); got.RGBAAt(want.X, want.Y) != mark {
			t.Errorf("turned %d, the mark is not at %v", turn, want)
		}
	}
}

func TestOrientation(t *testing.T) {
	for _, data := range []string{"", "\xff\xd8", "\xff\xd8\xff\xe1\xff\xff", "\xff\xd8\xff\xe1\x00\x01", "\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00\x2a\xff\xff\xff\xff", "\xff\xd8\xff\xe1\x00\x12Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\xff\xff"} {
		if got := orientation([]byte(data)); got != 1 {
			t.Errorf("%q: %d", data, got)
		}
	}
}

func FuzzOrientation(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x22Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"))
	f.Fuzz(func(_ *testing.T, data []byte) { orientation(data) })
}

// Thousands of scans would keep a processor busy for an hour: more than a camera
// makes are not begun with.
func TestPortrait_scans(t *testing.T) {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewRGBA(image.Rect(0, 0, 48, 48)), nil); err != nil {
		t.Fatal(err)
	}
	for scans, refused := range map[int]bool{0: false, maxScans - 1: false, maxScans: true} {
		_, _, err := portrait(append(bytes.Clone(photo.Bytes()), bytes.Repeat(startOfScan, scans)...))
		if fault.Is(err, "photo_format") != refused || !refused && err != nil {
			t.Errorf("%d scans more: %v", scans, err)
		}
	}
}
