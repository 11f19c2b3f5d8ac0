package authenticator

import (
	"time"

	"sojourn/accounts"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	const uri = "otpauth://totp/Contoso%20Ltd:noor.haddad%40contoso.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Contoso%20Ltd"
	scan := scanForm{
		Method: "m", Issuer: "Contoso Ltd", Account: "noor.haddad@contoso.example", Key: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP", URI: uri,
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
		{Name: "begin", Page: beginPage(s, false)},
		{Name: "begin, too many", Page: beginPage(s, true)},
		{Name: "scan", Page: scanPage(s, scan)},
		{Name: "scan, wrong code", Page: scanPage(s, wrong)},
		{Name: "over", Page: overPage(s)},
		{Name: "delete", Page: deletePage(s, deletion{Method: phone, Follows: true, Next: tablet})},
		{Name: "delete the last", Page: deletePage(s, deletion{Method: nameless, Last: true, Codes: 7})},
	}
}
