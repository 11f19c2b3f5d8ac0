package ui

// ErrorAt is what is wrong with one field of a form, "" for nothing.
func ErrorAt(problems []FieldError, field string) string {
	for _, e := range problems {
		if e.Field == field {
			return e.Text
		}
	}
	return ""
}
