package register

import (
	"time"

	"sojourn/accounts"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// Previews are the states of the pages of the room.
func Previews(s *ui.Shell) []ui.Preview {
	phone := accounts.Method{ID: "m", Type: accounts.MobilePhone, Name: "+31 6 ••• ••• 42", CreatedAt: time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC)}
	app := accounts.Method{ID: "a", Type: accounts.Authenticator, Name: "Noor’s phone", Default: true}
	person := func(m securityinfo.Missing, list ...accounts.Method) data {
		m.Organization = "Relecloud"
		return data{Missing: m, Name: "Noor de Vries", Address: "noor@relecloud.example", Info: securityinfo.Info{Methods: list, HasPassword: true}}
	}
	two := []accounts.MethodType{accounts.Authenticator, accounts.MobilePhone}
	return []ui.Preview{
		{Name: "keep your account secure, required", Page: promptPage(s, person(securityinfo.Missing{Second: true, Offers: two, Left: -1}))},
		{Name: "keep your account secure, one method", Page: promptPage(s, person(securityinfo.Missing{Second: true, Offers: two[:1], Left: -1}))},
		{Name: "keep your account secure, nothing to offer", Page: promptPage(s, person(securityinfo.Missing{Second: true, Left: -1}))},
		{Name: "keep your account secure, campaign", Page: promptPage(s, person(securityinfo.Missing{Campaign: true, Offers: two[:1], Left: 2}, phone))},
		{Name: "keep your account secure, campaign over", Page: promptPage(s, person(securityinfo.Missing{Campaign: true, Forced: true, Offers: two[:1]}, phone))},
		{Name: "keep your account secure, reset", Page: promptPage(s, person(securityinfo.Missing{Reset: 1, Offers: accounts.ResetTypes[3:], Left: -1}))},
		{Name: "keep your account secure, reset, one more then", Page: promptPage(s, person(securityinfo.Missing{Reset: 1, Offers: two, Dear: two, Left: -1}))},
		{Name: "keep your account secure, another method", Page: methodsPage(s, person(securityinfo.Missing{Second: true, Offers: two}))},
		{Name: "keep your account secure, success", Page: donePage(s, person(securityinfo.Missing{}, app, phone))},
		{Name: "still right?", Page: lookPage(s, person(securityinfo.Missing{Reconfirm: true, Left: -1}, app, phone))},
	}
}
