package myaccount

import (
	"bytes"
	"image/png"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"sojourn/internal/i18n"
	"sojourn/locales"
	"sojourn/ui"
)

// What a picture and all of them together may weigh: they are part of the program.
const (
	onePicture  = 60 << 10
	allPictures = 1000 << 10
)

// Each topic has a picture in each language, light and dark, and words for whoever
// does not see it; no picture is there for nothing.
func TestPictures(t *testing.T) {
	words, err := i18n.Load(locales.Files, true)
	if err != nil {
		t.Fatal(err)
	}
	unused := map[string]bool{}
	all := 0
	files, err := fs.Glob(pictureFiles, "pictures/*.png")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		unused[path.Base(f)] = true
	}
	for _, topic := range topics {
		for _, l := range words.Locales() {
			lang := l.Lang()
			if !slices.Contains(words.Languages(), lang) { // made for tests of the layout
				lang = "en"
			}
			i := topic.illustration(&ui.Shell{Locale: l})
			if !strings.HasPrefix(i.Light, "/static/help/"+topic.name+"-"+lang+".") {
				t.Errorf("%s in %s shows %q", topic.name, l.Lang(), i.Light)
			}
			if len(i.Alt) < 40 || strings.Contains(i.Alt, "myaccount.") || i.Caption == "" {
				t.Errorf("%s in %s says %q of its picture", topic.name, l.Lang(), i.Alt)
			}
			for _, name := range []string{topic.name + "-" + lang + ".png", topic.name + "-" + lang + "-dark.png"} {
				if unused[name] {
					all += checkPicture(t, name, i)
				}
				delete(unused, name)
			}
		}
	}
	for name := range unused {
		t.Errorf("%s belongs to no topic in no language", name)
	}
	if all > allPictures {
		t.Errorf("all pictures weigh %d bytes, more than %d", all, allPictures)
	}
}

func checkPicture(t *testing.T, name string, i ui.Illustration) int {
	t.Helper()
	body, err := fs.ReadFile(pictureFiles, "pictures/"+name)
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if size := drawn.Bounds().Size(); size.X != i.Width || size.Y != i.Height || size.X < 720 {
		t.Errorf("%s is %v, said to be %d by %d", name, size, i.Width, i.Height)
	}
	if len(body) > onePicture {
		t.Errorf("%s weighs %d bytes, more than %d", name, len(body), onePicture)
	}
	return len(body)
}
