package ui

// MethodIcon is the icon of a sort of sign-in method, the same in every list: by the
// name that accounts gives it.
func MethodIcon(method string) string {
	switch method {
	case "password":
		return "lock"
	case "authenticator", "phone", "alternate", "office":
		return "phone"
	case "recovery":
		return "document"
	case "email":
		return "mail"
	case "questions":
		return "help"
	case "pass":
		return "timer"
	}
	return "key" // passkeys, security keys, hardware tokens
}
