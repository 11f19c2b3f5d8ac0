package authenticator

import (
	"time"

	"sojourn/accounts"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	const uri = "otpauth://totp/Contoso%20Ltd:noor.haddad%40contoso.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Contoso%20Ltd"
	own := purpose{Path: "/security-info/authenticator"}
	full := own
	full.Full = true
	there := accounts.Method{ID: "b", Type: accounts.Authenticator, Name: "Noor’s phone", Tenant: "t", Organization: "Fabrikam, Inc."}
	bound := purpose{Path: securityinfo.BoundPath("t"), Bound: securityinfo.Binding{Tenant: "t", Organization: "Fabrikam, Inc."}}
	twice := bound
	twice.Bound.Method = there
	scan := scanForm{
		Purpose: own, Method: "m", Issuer: "Contoso Ltd", Account: "noor.haddad@contoso.example", Key: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP", URI: uri,
	}
	scan.QR, _ = qrOf(uri, s.T("securityinfo.authenticator.qr")) // as long as every other: it fits
	wrong := scan
	wrong.Name = "Noor’s phone"
	wrong.Problems = []ui.FieldError{{Field: "code", Text: s.T("securityinfo.authenticator.wrong")}}
	phone := accounts.Method{ID: "m", Type: accounts.Authenticator, Name: "Noor’s phone", Default: true, CreatedAt: time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)}
	tablet := accounts.Method{ID: "n", Type: accounts.Authenticator, Name: "Tablet at home"}
	nameless := phone
	nameless.Name = ""
	return []ui.Preview{
		{Name: "begin", Page: beginPage(s, own)},
		{Name: "begin, too many", Page: beginPage(s, full)},
		{Name: "scan", Page: scanPage(s, scan)},
		{Name: "scan, wrong code", Page: scanPage(s, wrong)},
		{Name: "over", Page: overPage(s, own)},
		{Name: "delete", Page: deletePage(s, deletion{Method: phone, Follows: true, Next: tablet})},
		{Name: "begin, for an organization", Page: beginPage(s, bound)},
		{Name: "begin, for an organization that has one", Page: beginPage(s, twice)},
		{Name: "delete, of an organization", Page: deleteBoundPage(s, boundDeletion{Binding: twice.Bound})},
		{Name: "delete, of an organization, wrong code", Page: deleteBoundPage(s, boundDeletion{Binding: twice.Bound, Problems: []ui.FieldError{{Field: "code", Text: s.T("securityinfo.second.wrong")}}})},
		{Name: "delete the last", Page: deletePage(s, deletion{Method: nameless, Last: true, Codes: 7})},
	}
}
