// Package locales holds the words of the product, one file a language.
// Keys are room.page.thing; a test holds every language to the same keys.
package locales

import "embed"

// Files are the language files.
//
//go:embed *.json
var Files embed.FS
