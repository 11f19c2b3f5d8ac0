package ui

import "github.com/a-h/templ"

// Preview is one state of a page with made-up data, to look at in development
// and to take pictures of.
type Preview struct {
	Name string
	Page templ.Component
}
