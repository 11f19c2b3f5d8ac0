package myaccount_test

import (
	"bytes"
	"context"
	"image"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/sojourntest"
)

var photoPath = regexp.MustCompile(`/photo/[0-9a-f-]{36}`)

func TestPhoto(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(noor)
		done := upload(t, p, b, withExif(jpegOf(t, picture(400, 300)), 6), true).Is(200).At("/settings").Has("Your photo has been saved.")
		path := photoPath.FindString(done.HTML)
		if path == "" {
			t.Fatal("no photo on the page")
		}
		for address, side := range map[string]int{path: 240, path + "/small": 48} {
			shown := b.Get(address).Is(200)
			m, format, err := image.Decode(strings.NewReader(shown.HTML))
			if err != nil || format != "jpeg" || m.Bounds().Dx() != side || m.Bounds().Dy() != side {
				t.Fatalf("%s: %s, %v", address, format, err)
			}
			if strings.Contains(shown.HTML, "Exif") || strings.Contains(shown.HTML, "GPS") {
				t.Errorf("%s tells where it was taken", address)
			}
			// Held upright, what was on the left is on top.
			if r, _, blue, _ := m.At(side/2, side/8).RGBA(); r < blue {
				t.Errorf("%s is not upright", address)
			}
			h := shown.Header
			if h.Get("Content-Type") != "image/jpeg" || h.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(h.Get("Cache-Control"), "private") ||
				!strings.Contains(h.Get("Content-Security-Policy"), "sandbox; default-src 'none'") {
				t.Errorf("%s: %v", address, h)
			}
		}
		b.Get("/").Has("Noor Haddad")
		if n := len(photoPath.FindAllString(b.Get("/").HTML, -1)); n != 2 {
			t.Errorf("%d photos on the overview, want the menu's and the page's", n)
		}
		// Who administers an organization she is in sees it, nobody else.
		p.SignIn(sam).Get(path).Is(200)
		p.SignIn(ann).Get(path).Is(200)
		for _, who := range []string{lena, mirjam, chidi} {
			p.SignIn(who).Get(path).Is(http.StatusNotFound)
		}
		p.Browser().Get(path).At("/sign-in")
		b.Get("/photo/00000000-0000-4000-8000-000000000000").Is(http.StatusNotFound)

		again := upload(t, p, b, pngOf(t, picture(60, 48)), true).Is(200)
		b.Get(path).Is(http.StatusNotFound) // a new photo has a new address
		again.Submit("Remove photo", nil).Has("Your photo has been removed.").HasNot("Remove photo")
		b.Get(photoPath.FindString(again.HTML)).Is(http.StatusNotFound)
		if n, err := db.Count(context.Background(), p.App.DB, `SELECT count(*) FROM audit WHERE act IN ('account.photo', 'account.photo_remove') AND tenant_id IS NULL`); err != nil || n != 3 {
			t.Errorf("%d rows, want 3 (%v)", n, err)
		}
	})
}

func TestPhoto_refused(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	damaged := jpegOf(t, picture(400, 300))
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"nothing":      {nil, "Choose a file first"},
		"SVG":          {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "not a JPEG, PNG or WebP picture"},
		"HTML":         {[]byte("<!DOCTYPE html><script>alert(1)</script>"), "not a JPEG, PNG or WebP picture"},
		"HTML as GIF":  {[]byte("GIF89a/*<script>alert(1)</script>*/"), "not a JPEG, PNG or WebP picture"},
		"cut off":      {damaged[:len(damaged)/2], "damaged"},
		"too small":    {pngOf(t, picture(47, 300)), "each side needs 48 pixels"},
		"a bomb":       {bomb(), "up to 16 million"},
		"5000 by 4000": {pngOf(t, image.NewGray(image.Rect(0, 0, 5000, 4000))), "up to 16 million"},
	} {
		began := time.Now()
		page := upload(t, p, b, c.data, true).Is(http.StatusUnprocessableEntity).Has(c.says)
		if photoPath.MatchString(page.HTML) {
			t.Errorf("%s became a photo", name)
		}
		if took := time.Since(began); name == "a bomb" && took > time.Second {
			t.Errorf("a bomb took %s", took)
		}
	}
	// What stands behind a picture does not come along.
	page := upload(t, p, b, append(jpegOf(t, picture(100, 100)), "<script>alert(1)</script>"...), true).Is(200)
	if strings.Contains(b.Get(photoPath.FindString(page.HTML)).HTML, "script") {
		t.Error("the photo still holds a script")
	}
}

// Only the one route takes a file, up to its bound, and asks for a token like any.
func TestPhoto_bounds(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	upload(t, p, b, bytes.Repeat([]byte("x"), 3<<20), true).Is(http.StatusUnprocessableEntity)
	upload(t, p, b, bytes.Repeat([]byte("x"), 5<<20), true).Is(http.StatusRequestEntityTooLarge)
	upload(t, p, b, jpegOf(t, picture(100, 100)), false).Is(http.StatusForbidden)
	upload(t, p, p.Browser(), jpegOf(t, picture(100, 100)), false).Has("Sign in")
}
