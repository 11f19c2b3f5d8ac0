package recoverycodes

import (
	"sojourn/accounts"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	old := accounts.Method{ID: "m", Type: accounts.RecoveryCodes, Left: 2}
	codes := shown{Address: "noor.haddad@contoso.example", Codes: []string{
		"K7QX-2M9D-RW4T-P8HN", "3ZVB-JY6C-9FDK-X2QP", "TM8R-4WGS-C6PY-N7VJ", "H2QX-9BKT-QD5M-R3ZW", "8GJV-C4FY-W7NS-K6XP",
		"5RTB-0H1D-7MCE-ZK2Q", "P4NW-V8SA-63XJ-GD9T", "YF0C-2K7R-B5HM-1QZE", "XW6T-9NJP-4ASV-D83G", "M1ZQ-E7BK-0RYH-C5FW",
	}}
	return []ui.Preview{
		{Name: "make", Page: makePage(s, making{Second: true})},
		{Name: "make new", Page: makePage(s, making{Second: true, Old: old})},
		{Name: "make, without a second step", Page: makePage(s, making{})},
		{Name: "shown", Page: codesPage(s, codes)},
		{Name: "shown, others before", Page: codesPage(s, shown{Address: codes.Address, Codes: codes.Codes, Replaced: true})},
		{Name: "one used", Page: usedPage(s, used{Left: 7})},
		{Name: "one used, few left", Page: usedPage(s, used{Left: 1, Low: true})},
		{Name: "one used, none left", Page: usedPage(s, used{Low: true})},
		{Name: "made already", Page: madePage(s)},
		{Name: "delete", Page: deletePage(s, old)},
	}
}
