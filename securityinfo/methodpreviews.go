package securityinfo

import (
	"time"

	"sojourn/accounts"
	"sojourn/ui"
)

// methodPreviews are the states of the pages about methods.
func methodPreviews(s *ui.Shell) []ui.Preview {
	now := time.Date(2026, 5, 21, 9, 30, 0, 0, time.UTC)
	if !s.Now.IsZero() {
		now = s.Now
	}
	changed := now.AddDate(0, -8, 0)
	phone := accounts.Method{ID: "a", Type: accounts.Authenticator, Name: "Noor’s phone", Default: true, CreatedAt: now.AddDate(-2, -2, 0), UsedAt: now.AddDate(0, 0, -2)}
	tablet := accounts.Method{ID: "b", Type: accounts.Authenticator, CreatedAt: now.AddDate(0, -1, 0)}
	codes := accounts.Method{ID: "c", Type: accounts.RecoveryCodes, CreatedAt: now.AddDate(-2, -2, 0), Left: 7}
	few, none := codes, codes
	few.Left, none.Left = 1, 0
	info := func(list ...accounts.Method) Info {
		return Info{Methods: list, HasPassword: true, PasswordChanged: changed}
	}
	five := info(phone, tablet, tablet, tablet, tablet, codes)
	both := defaultForm{Choices: []accounts.Method{phone, tablet}}
	gone := both
	gone.Problems = problems{{Field: "method", Text: s.T("securityinfo.default.gone")}}
	return []ui.Preview{
		{Name: "security info, password only", Page: methodsPage(s, info())},
		{Name: "security info, an app", Page: methodsPage(s, info(phone))},
		{Name: "security info, two apps and codes", Page: methodsPage(s, info(phone, tablet, codes))},
		{Name: "security info, few codes left", Page: methodsPage(s, info(phone, few))},
		{Name: "security info, no codes left", Page: methodsPage(s, info(phone, none))},
		{Name: "security info, codes alone", Page: methodsPage(s, info(codes))},
		{Name: "add a method", Page: addPage(s, info())},
		{Name: "add a method, with an app", Page: addPage(s, info(phone))},
		{Name: "add a method, no room", Page: addPage(s, five)},
		{Name: "default method", Page: defaultPage(s, both)},
		{Name: "default method, gone", Page: defaultPage(s, gone)},
		{Name: "default method, none", Page: defaultPage(s, defaultForm{})},
		{Name: "changed", Page: changedPage(s, info(phone, codes))},
		{Name: "changed, codes next", Page: changedPage(s, info(phone))},
	}
}
