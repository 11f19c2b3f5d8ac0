package myaccount

import (
	"embed"
	"sync"

	"sojourn/ui"
)

// Made by make help-pictures: one for each topic and language, light and dark.
//
//go:embed pictures/*.png
var pictureFiles embed.FS

// pictures are read when the first of them is asked for.
var pictures = sync.OnceValue(func() *ui.Pictures { return ui.NewPictures(pictureFiles, "pictures", "/static/help/") })

// illustration is the picture of a topic, in English where there is none in the
// language of the page.
func (t topic) illustration(s *ui.Shell) ui.Illustration {
	i, found := pictures().Of(t.name + "-" + s.Locale.Lang())
	if !found {
		i, _ = pictures().Of(t.name + "-en")
	}
	i.Alt, i.Caption = s.T(t.key("picture")), s.T("myaccount.help.picture")
	return i
}
