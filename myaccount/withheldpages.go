package myaccount

import (
	"net/http"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

// ShowWithheld stands in for a page that a person's home organization has not
// turned on; acts of such a page are refused.
func ShowWithheld(w http.ResponseWriter, r *http.Request) error {
	if r.Method == http.MethodPost {
		return fault.New(fault.Forbidden, "experience_off", "myaccount.withheld.refused")
	}
	return web.Render(w, r, http.StatusOK, withheldPage(ui.ShellOf(r)))
}
