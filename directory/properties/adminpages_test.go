package properties_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sojourn/sojourntest"
)

const (
	sam     = "sam.rivera@contoso.example" // Global Administrator
	contoso = "/manage/contoso.example/"
)

func TestProperties(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		page := b.Get(contoso+"properties").Has("contoso.example", p.Tenant("contoso.example").ID)
		wrong := page.Submit("Save", url.Values{"name": {""}, "statement": {"javascript:alert(1)"}, "privacy": {"me"}}).Is(http.StatusUnprocessableEntity).Has("There are 3 problems")
		if !strings.Contains(wrong.HTML, `value="javascript:alert(1)"`) {
			t.Error("the value is lost")
		}
		page.Submit("Save", url.Values{"name": {"Fabrikam, Inc."}}).Is(http.StatusConflict).Has("Another organization has or had this name")
		page.Submit("Save", url.Values{"name": {"Contoso Limited"}}).Has("Saved.", "Manage Contoso Limited")
	})
}
