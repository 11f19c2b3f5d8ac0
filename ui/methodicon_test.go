package ui

import "testing"

// Every sort of method has an icon, and one that there is.
func TestMethodIcon(t *testing.T) {
	for method, want := range map[string]string{
		"password": "lock", "authenticator": "phone", "phone": "phone", "alternate": "phone", "office": "phone", "recovery": "document",
		"email": "mail", "questions": "help", "pass": "timer", "passkey": "key", "token": "key",
	} {
		if got := MethodIcon(method); got != want || icons[got] == "" {
			t.Errorf("%s has %q, want %q", method, got, want)
		}
	}
}
