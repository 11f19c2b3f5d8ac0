package emails

import "sojourn/ui"

type problem = ui.FieldError

func of(problems []problem, field string) string {
	for _, e := range problems {
		if e.Field == field {
			return e.Text
		}
	}
	return ""
}
