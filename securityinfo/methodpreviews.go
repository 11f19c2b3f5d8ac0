package securityinfo

import (
	"strings"
	"time"

	"sojourn/accounts"
	"sojourn/policies"
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
	mobile := accounts.Method{ID: "m", Type: accounts.MobilePhone, Name: "+31 6 ••• ••• 42", Number: "+31612345642", Way: accounts.ByText, Default: true, CreatedAt: now.AddDate(0, -3, 0), UsedAt: now.AddDate(0, 0, -1)}
	desk := accounts.Method{ID: "o", Type: accounts.OfficePhone, Name: "+31 2 ••• ••• 11", Number: "+31206241111", Extension: "123", Way: accounts.ByCall, CreatedAt: now.AddDate(0, -3, 0)}
	reached := func(i Info) Info {
		i.Phones = accounts.PhoneTypes
		i.Ways = map[string][]accounts.Way{"m": {accounts.ByText, accounts.ByCall}, "o": {accounts.ByCall}}
		return i
	}
	here := accounts.Method{ID: "p", Type: accounts.Passkey, Name: "Noor’s laptop", Default: true, CreatedAt: now.AddDate(0, -1, 0), UsedAt: now.AddDate(0, 0, -1)}
	cloud := accounts.Method{ID: "q", Type: accounts.Passkey, Name: "Password manager", BackedUp: true, CreatedAt: now.AddDate(0, -1, -3)}
	blue := accounts.Method{ID: "r", Type: accounts.Passkey, Name: "The blue key with the very long name that somebody typed", Portable: true, CreatedAt: now.AddDate(-1, 0, 0), UsedAt: now.AddDate(0, -2, 0)}
	keys := func(i Info) Info {
		i.HasKeys = true
		return i
	}
	email := accounts.Method{ID: "e", Type: accounts.Email, Name: "n•••@post.example", Address: "noor@post.example", CreatedAt: now.AddDate(0, -3, 0)}
	questions := accounts.Method{ID: "q", Type: accounts.Questions, CreatedAt: now.AddDate(0, -3, 0), UsedAt: now.AddDate(0, 0, -4)}
	helped := func(i Info) Info {
		i.Asked.Policy, i.Mails = policies.Default(), true
		return i
	}
	asked := func(i Info) Info {
		i.Demands = []policies.Demand{
			{Tenant: "c", Organization: "Contoso Ltd", Home: true, Trusts: true}, {Tenant: "n", Organization: "Northwind Traders & Søn", Trusts: true},
			{Tenant: "a", Organization: "Adatum Volunteers", Trusts: true, Administers: true}, {Tenant: "f", Organization: "Fabrikam, Inc.", Administers: true},
			{Tenant: "t", Organization: "Tailspin Toys International Holding Gesellschaft mit beschränkter Haftung", Administers: true},
		}
		i.Bound = []accounts.Method{{ID: "b", Type: accounts.Authenticator, Name: "Noor’s phone", CreatedAt: now.AddDate(0, -2, 0), UsedAt: now.AddDate(0, 0, -2), Tenant: "f", Organization: "Fabrikam, Inc."}}
		return i
	}
	home := func(i Info) Info {
		i.Asked.Organization = "Contoso Ltd"
		return i
	}
	revoked := func(i Info) Info {
		i.Bound = []accounts.Method{asked(i).Bound[0]}
		i.Bound[0].Reported = now.AddDate(0, 0, -1)
		return i
	}
	five := info(phone, tablet, tablet, tablet, tablet, codes)
	both := defaultForm{Info: info(phone, tablet)}
	gone := both
	gone.Problems = problems{{Field: "method", Text: s.T("securityinfo.default.gone")}}
	return []ui.Preview{
		{Name: "security info, password only", Page: methodsPage(s, info())},
		{Name: "security info, a pass only", Page: methodsPage(s, Info{Methods: []accounts.Method{{ID: "t", Type: accounts.AccessPass, CreatedAt: now, ExpiresAt: now.Add(40 * time.Minute)}}})},
		{Name: "security info, a pass for once, used", Page: methodsPage(s, Info{})},
		{Name: "security info, an app", Page: methodsPage(s, info(phone))},
		{Name: "security info, two apps and codes", Page: methodsPage(s, info(phone, tablet, codes))},
		{Name: "security info, few codes left", Page: methodsPage(s, info(phone, few))},
		{Name: "security info, no codes left", Page: methodsPage(s, info(phone, none))},
		{Name: "security info, codes alone", Page: methodsPage(s, info(codes))},
		{Name: "another name for an app", Page: renamePage(s, renameForm{Method: phone, Name: phone.Name})},
		{Name: "another name for an app, too long", Page: renamePage(s, renameForm{Method: tablet, Name: strings.Repeat("tablet ", 10), Problems: problems{{Field: "name", Text: s.T("securityinfo.method.name.long", "max", maxMethod)}}})},
		{Name: "add a method", Page: addPage(s, info())},
		{Name: "add a method, with an app", Page: addPage(s, info(phone))},
		{Name: "add a method, no room", Page: addPage(s, five)},
		{Name: "default method", Page: defaultPage(s, both)},
		{Name: "default method, gone", Page: defaultPage(s, gone)},
		{Name: "default method, none", Page: defaultPage(s, defaultForm{})},
		{Name: "security info, telephones", Page: methodsPage(s, reached(info(mobile, desk, tablet, codes)))},
		{Name: "add a method, telephones", Page: addPage(s, reached(info()))},
		{Name: "add a method, with a telephone", Page: addPage(s, reached(info(mobile)))},
		{Name: "default method, telephones", Page: defaultPage(s, defaultForm{Info: reached(info(mobile, desk, tablet))})},
		{Name: "security info, passkeys", Page: methodsPage(s, keys(info(here, cloud, blue, codes)))},
		{Name: "add a method, passkeys", Page: addPage(s, keys(info(here)))},
		{Name: "add a method, no room for passkeys", Page: addPage(s, keys(info(here, here, here, here, here, here, here, here, here, here)))},
		{Name: "default method, passkey", Page: defaultPage(s, defaultForm{Info: info(here, blue, tablet)})},
		{Name: "security info, to get back in", Page: methodsPage(s, helped(info(phone, codes, email, questions)))},
		{Name: "security info, to get back in, not any more", Page: methodsPage(s, info(email, questions))},
		{Name: "add a method, to get back in", Page: addPage(s, helped(info()))},
		{Name: "add a method, to get back in there", Page: addPage(s, helped(info(email, questions)))},
		{Name: "security info, what organizations ask", Page: methodsPage(s, asked(info(phone, codes)))},
		{Name: "security info, what organizations ask, nothing met", Page: methodsPage(s, Info{HasPassword: true, PasswordChanged: now, Demands: asked(Info{}).Demands})},
		{Name: "security info, what organizations ask, one revoked", Page: methodsPage(s, revoked(asked(info(phone, codes))))},
		{Name: "changed", Page: changedPage(s, next{Info: info(phone, codes)})},
		{Name: "changed, codes next", Page: changedPage(s, next{Info: info(phone)})},
		{Name: "changed, no way back in", Page: changedPage(s, next{Info: info(phone, codes), Stuck: true, Needs: 2})},
		{Name: "changed, no second step", Page: changedPage(s, next{Info: info(codes), Stuck: true, Needs: 1})},
		{Name: "changed, no second step, asked for", Page: changedPage(s, next{Info: home(Info{HasPassword: true, Demands: asked(Info{}).Demands}), Asks: "securityinfo.next.missing.campaign"})},
		{Name: "changed, back to the organization", Page: changedPage(s, next{Info: info(phone, codes), Enters: asked(Info{}).Demands[4]})},
		{Name: "changed, nothing left", Page: changedPage(s, next{Info: Info{}})},
	}
}
