package myaccount_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"mime/multipart"
	"net/http"
	"testing"

	"sojourn/sojourntest"
)

const (
	noor   = "noor.haddad@contoso.example" // a member with a home
	sam    = "sam.rivera@contoso.example"  // administrator of that home
	ann    = "ann.lee@fabrikam.example"    // administrator where Noor is a guest
	chidi  = "chidi@relecloud.example"     // administrator where she is not yet
	lena   = "lena.fischer@fabrikam.example"
	mirjam = "mirjam@postbus.example" // without a home
)

// picture is red on the left, blue on the right.
func picture(width, height int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{200, 20, 20, 255}
			if x >= width/2 {
				c = color.RGBA{20, 20, 200, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func jpegOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func pngOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// withExif puts a place and how the camera was held into a JPEG.
func withExif(data []byte, orientation uint16) []byte {
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	tiff = binary.BigEndian.AppendUint16(tiff, orientation)
	tiff = append(tiff, "\x00\x00\x00\x00\x00\x00GPS 52.3702 N 4.8952 E"...)
	part := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{}, data[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(part)+2))
	return append(append(out, part...), data[2:]...)
}

// bomb is a PNG of a few bytes that promises a picture of 50,000 × 50,000.
func bomb() []byte {
	head := []byte("IHDR")
	head = binary.BigEndian.AppendUint32(head, 50_000)
	head = binary.BigEndian.AppendUint32(head, 50_000)
	head = append(head, 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

// upload sends a file as the form of the settings page does; without a token
// where the browser's is not wanted.
func upload(t *testing.T, p *sojourntest.Portal, b *sojourntest.Browser, data []byte, token bool) *sojourntest.Page {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	if token {
		for name, values := range b.Token() {
			if err := w.WriteField(name, values[0]); err != nil {
				t.Fatal(err)
			}
		}
	}
	file, err := w.CreateFormFile("photo", "holiday.png")
	if err == nil {
		_, err = file.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, p.URL+"/settings/photo", &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.Send(req)
}
