package myaccount

import "testing"

func TestWithheld(t *testing.T) {
	for pattern, want := range map[string]bool{
		"GET /{$}": true, "GET /activity": true, "POST /activity/end-others": true, "GET /settings": true, "POST /settings": true, "GET /organizationsx": true,
		"GET /organizations": false, "POST /organizations/{id}/leave": false, "GET /requests/{id}": false, "GET /password": false, "POST /password": false,
		"GET /security-info": false, "POST /security-info/recovery-codes": false, "GET /security-information": true,
		"POST /prove": false, "POST /sign-out": false, "GET /stay": false, "POST /sign-out-everywhere": false, "GET /help": false, "GET /help/password": false,
	} {
		if got := Withheld(pattern); got != want {
			t.Errorf("%s: %t", pattern, got)
		}
	}
}
