package emails

import "sojourn/ui"

type problem = ui.FieldError
