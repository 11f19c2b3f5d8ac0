package ui

import (
	"bytes"
	"fmt"
	"image/png"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// Illustration is a picture of a page, in a light and a dark look of one size.
type Illustration struct {
	Light, Dark   string // addresses
	Width, Height int
	Alt           string // what is seen
	Caption       string
}

// Pictures are the PNG files of a room, each served under a name that changes with
// its content. A picture "thing.png" has a dark look in "thing-dark.png".
type Pictures struct {
	files map[string]*asset       // by name, without .png
	looks map[string]Illustration // by name of the light look
}

// NewPictures reads the files of a folder; they are served below prefix. Pictures
// are built in, so whatever is wrong with one is a mistake of whoever built it in.
func NewPictures(files fs.FS, folder, prefix string) *Pictures {
	p := &Pictures{map[string]*asset{}, map[string]Illustration{}}
	names, err := fs.Glob(files, path.Join(folder, "*.png"))
	for _, name := range names {
		body, readErr := fs.ReadFile(files, name)
		if readErr != nil {
			err = readErr
		}
		name = strings.TrimSuffix(path.Base(name), ".png")
		p.files[name] = newAsset(prefix+name+".", ".png", "image/png", body)
	}
	for name, light := range p.files {
		dark, ok := p.files[name+"-dark"]
		if !ok {
			continue
		}
		size, sizeErr := png.DecodeConfig(bytes.NewReader(light.body))
		if sizeErr != nil {
			err = fmt.Errorf("%s: %w", name, sizeErr)
		}
		p.looks[name] = Illustration{Light: light.href(), Dark: dark.href(), Width: size.Width, Height: size.Height}
	}
	if err != nil {
		panic("pictures of " + folder + ": " + err.Error())
	}
	return p
}

// Of finds a picture by name; its words are the caller's.
func (p *Pictures) Of(name string) (Illustration, bool) {
	i, found := p.looks[name]
	return i, found
}

// ServeHTTP serves them, as Static serves its files.
func (p *Pictures) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, _, _ := strings.Cut(path.Base(r.URL.Path), ".")
	if a, found := p.files[name]; !found || !a.answers(w, r) {
		http.NotFound(w, r)
	}
}
