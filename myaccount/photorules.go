package myaccount

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // one of the formats taken

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // one of the formats taken

	"sojourn/internal/fault"
)

const (
	maxPhotoBytes  = 4 << 20
	maxPhotoPixels = 16_000_000
	minPhotoSide   = 48
	largePhoto     = 240
	smallPhoto     = 48
)

// photoBounds looks at the head of an image alone: a small file can promise a
// picture that fills all memory.
func photoBounds(data []byte) error {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		return badPhoto("photo_format", "myaccount.photo.format")
	case c.Width < minPhotoSide || c.Height < minPhotoSide:
		return badPhoto("photo_small", "myaccount.photo.small", "side", minPhotoSide)
	case c.Width > maxPhotoPixels/c.Height:
		return badPhoto("photo_large", "myaccount.photo.large", "millions", maxPhotoPixels/1_000_000)
	}
	return nil
}

func badPhoto(code, key string, args ...any) error {
	return fault.New(fault.Invalid, code, key, args...).Field("photo", key, args...)
}

// A progressive JPEG has some ten scans, and each costs a walk over the whole
// picture: thousands of empty ones would keep a processor busy for an hour.
const maxScans = 100

var startOfScan = []byte{0xff, 0xda}

// portrait makes a photo of an image whose bounds have been looked at: the square
// in its middle, upright, in two sizes. Nothing of the file but its colours goes
// over, so that neither place and camera nor anything hidden in it stays.
func portrait(data []byte) (large, small []byte, err error) {
	if bytes.Count(data, startOfScan) > maxScans {
		return nil, nil, badPhoto("photo_format", "myaccount.photo.format")
	}
	src, format, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, nil, badPhoto("photo_format", "myaccount.photo.format")
	}
	turn := 1
	if format == "jpeg" {
		turn = orientation(data)
	}
	big := upright(scaled(src, largePhoto), turn)
	if large, err = encoded(big); err != nil {
		return nil, nil, err
	}
	small, err = encoded(scaled(big, smallPhoto))
	return large, small, err
}

// scaled is the square in the middle of an image at another size, on white.
func scaled(src image.Image, side int) *image.RGBA {
	b := src.Bounds()
	edge := min(b.Dx(), b.Dy())
	from := image.Rect(0, 0, edge, edge).Add(b.Min).Add(image.Pt((b.Dx()-edge)/2, (b.Dy()-edge)/2))
	out := image.NewRGBA(image.Rect(0, 0, side, side))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(out, out.Bounds(), src, from, draw.Over, nil)
	return out
}

func encoded(m image.Image) ([]byte, error) {
	var out bytes.Buffer
	err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 88})
	return out.Bytes(), err
}

// upright turns and mirrors a square as EXIF numbers it, 1 to 8.
func upright(m *image.RGBA, turn int) *image.RGBA {
	if turn <= 1 || turn > 8 {
		return m
	}
	last := m.Bounds().Dx() - 1
	out := image.NewRGBA(m.Bounds())
	for y := 0; y <= last; y++ {
		for x := 0; x <= last; x++ {
			fx, fy := x, y
			if turn >= 5 {
				fx, fy = fy, fx
			}
			switch turn {
			case 2, 8:
				fx = last - fx
			case 4, 6:
				fy = last - fy
			case 3, 7:
				fx, fy = last-fx, last-fy
			}
			out.SetRGBA(x, y, m.RGBAAt(fx, fy))
		}
	}
	return out
}

// orientation reads how a camera was held, from the EXIF part of a JPEG; 1 where
// it says nothing.
func orientation(data []byte) int {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		size := int(binary.BigEndian.Uint16(data[at+2:]))
		end := at + 2 + size
		if data[at+1] == 0xda || size < 2 || end > len(data) {
			return 1
		}
		if part := data[at+4 : end]; data[at+1] == 0xe1 && bytes.HasPrefix(part, []byte("Exif\x00\x00")) {
			return tagged(part[6:])
		}
		at = end
	}
	return 1
}

// tagged looks for tag 0x0112 in the first directory of a TIFF head.
func tagged(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at > len(tiff)-2 {
		return 1
	}
	count := int(order.Uint16(tiff[at:]))
	for i, entry := 0, at+2; i < count && entry+12 <= len(tiff); i, entry = i+1, entry+12 {
		if order.Uint16(tiff[entry:]) == 0x0112 {
			return int(order.Uint16(tiff[entry+8:]))
		}
	}
	return 1
}
