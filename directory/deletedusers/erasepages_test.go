package deletedusers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sojourn/sojourntest"
)

func TestDeleted_erase(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		list := b.Get(contoso + "deleted-users")
		confirm := list.Submit("Delete permanently", picked(list, "Olu Adeyemi", "Lena Fischer", "Aiko Tanaka")).Is(http.StatusOK).
			Has("Delete 2 users permanently?", "Olu Adeyemi", "Lena Fischer", "This can’t be undone,", "The account of 1 member", "Will not be deleted 1", "On legal hold")
		if strings.Contains(confirm.Path, "csrf") {
			t.Error("the token of the form stands in an address")
		}
		olu, lena := p.Left("olu.adeyemi@contoso.example", "contoso.example"), p.Left("lena.fischer@fabrikam.example", "contoso.example")
		done := confirm.Submit("Delete permanently", nil).Has("2 users have been deleted permanently.", "2 users deleted permanently", olu.ID, lena.ID).HasNot("Olu Adeyemi", "Lena Fischer")
		table := b.Get(done.Link("Download as CSV")).Is(http.StatusOK)
		for _, line := range []string{"user_id,name,address,result,reason", olu.ID + ",,,deleted_permanently,,", lena.ID + ",,,deleted_permanently,,"} {
			if !strings.Contains(table.HTML, line) {
				t.Errorf("the table lacks %q:\n%s", line, table.HTML)
			}
		}
		b.Get(contoso+"deleted-users").Has("Aiko Tanaka").HasNot("Olu Adeyemi", "Lena Fischer")
		held := picked(list, "Aiko Tanaka")
		for name, list := range b.Token() {
			held[name] = list
		}
		b.Post(contoso+"deleted-users/delete", held).Is(http.StatusOK).Has("Not deleted permanently", "Aiko Tanaka", "On legal hold")
		b.Get(contoso + "deleted-users").Has("Aiko Tanaka")
	})
}

func TestDeleted_eraseAsksAFreshProof(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(sam)
	list := b.Get(contoso + "deleted-users")
	p.App.DB.SetShift(p.App.DB.Shift() + 20*time.Minute)
	chosen := picked(list, "Olu Adeyemi", "Lena Fischer")
	for i := range 60 { // a whole page of users still fits into the address to come back to
		chosen.Add("u", fmt.Sprintf("5b1f6f0e-93a2-4c57-9d7e-%012d", i))
	}
	page := list.Submit("Delete permanently", chosen).Is(http.StatusOK).At("/prove")
	page = page.Submit("Continue", url.Values{"password": {sojourntest.Password}}).Is(http.StatusOK).Has("Delete 2 users permanently?")
	p.App.DB.SetShift(p.App.DB.Shift() + 20*time.Minute)
	page.Submit("Delete permanently", nil).At("/prove").Submit("Continue", url.Values{"password": {sojourntest.Password}}).Has("Delete 2 users permanently?")
	p.App.DB.SetShift(p.App.DB.Shift() - 20*time.Minute)
	b.Get(contoso+"deleted-users").Has("Olu Adeyemi", "Lena Fischer")
}
