package desk

import (
	"net/url"
	"slices"
	"strings"

	"sojourn/internal/fault"
	"sojourn/internal/i18n"
	"sojourn/ui"
)

// FormFault is what a form shows again with what is wrong at its fields; other
// errors are not the form's.
func FormFault(err error) (*fault.Fault, bool) {
	f, ok := fault.Of(err)
	return f, ok && len(f.Fields) > 0
}

// Problems are the fields of a fault in words.
func Problems(l *i18n.Locale, f *fault.Fault) []ui.FieldError {
	var out []ui.FieldError
	for _, field := range f.Fields {
		out = append(out, ui.FieldError{Field: field.Name, Text: l.T(field.Key, field.Args...)})
	}
	return out
}

// ProblemAt is what is wrong with one field, or "".
func ProblemAt(list []ui.FieldError, field string) string { return ui.ErrorAt(list, field) }

// OneOf is s if it is among what is known, else "".
func OneOf[T ~string](s string, known ...T) T {
	if slices.Contains(known, T(s)) {
		return T(s)
	}
	return ""
}

// Query is the search a list was asked for.
func Query(q url.Values) string { return strings.TrimSpace(q.Get("q")) }
