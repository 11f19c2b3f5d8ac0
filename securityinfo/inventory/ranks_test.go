package inventory_test

import (
	"net/http"
	"net/url"
	"testing"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

// Whoever put a token into the inventory knows what it shows, so nobody takes the token
// of somebody below them without somebody of their rank having a say.
func TestTokens_ranks(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		tenant := p.Tenant("contoso.example").ID
		grant := func(address string, role directory.Role) {
			t.Helper()
			if err := p.App.Directory.Grant(t.Context(), actor.OperatorActor(), tenant, p.User(address, "contoso.example").ID, role); err != nil {
				t.Fatal(err)
			}
		}
		grant(noor, directory.AuthenticationAdministrator)
		if err := p.App.Directory.Revoke(t.Context(), actor.OperatorActor(), tenant, p.User(ursula, "contoso.example").ID, directory.UserAdministrator); err != nil { // and is given one meanwhile
			t.Fatal(err)
		}
		lower, boss := p.SignIn(noor), p.SignIn(sam)
		at := func(serial string) string {
			t.Helper()
			id, err := db.One(t.Context(), p.App.DB, db.Text, `SELECT id FROM tokens WHERE serial_number = $1`, serial)
			if err != nil {
				t.Fatal(err)
			}
			return "/manage/" + tenant + "/hardware-tokens/" + id
		}
		state := func(serial string) int {
			return count(t, p, `SELECT count(*) FROM tokens WHERE serial_number = $1 AND user_id IS NULL`, serial)
		}
		upload(t, p, lower, head+",N-1,"+key()+",30,,\r\n,N-2,"+key()+",30,,\r\n,N-3,"+key()+",30,,\r\n").Has("Tokens added: 3")

		// The Global Administrator does not take one that is just there …
		mine := boss.Get("/security-info/token")
		free := mine.Submit("Next", url.Values{"serial": {"N-1"}}).Is(http.StatusUnprocessableEntity).Has("only take a token that is assigned to you")
		none := mine.Submit("Next", url.Values{"serial": {"N-9"}}).Is(http.StatusUnprocessableEntity)
		if len(free.Text()) != len(none.Text()) {
			t.Error("a free token answers otherwise than one that there is not")
		}
		// … nor can one below have it wait for them, in whatever way.
		lower.Get(at("N-1")+"/assign").Submit("Assign", url.Values{"name": {sam}}).Is(http.StatusForbidden)
		upload(t, p, lower, head+sam+",N-4,"+key()+",30,,\r\n").Is(http.StatusUnprocessableEntity)
		lower.Get(at("N-1")+"/assign").Submit("Assign", url.Values{"name": {noor}}).Is(http.StatusForbidden) // oneself is somebody with a role
		lower.Get("/security-info/token").Submit("Next", url.Values{"serial": {"N-1"}}).Is(http.StatusUnprocessableEntity)

		// Of their own rank somebody can; and nobody below takes it away again.
		boss.Get(at("N-1")+"/assign").Has("knows its secret key").Submit("Assign", url.Values{"name": {sam}}).Has("The token is assigned.")
		lower.Post(at("N-1")+"/unassign", lower.Token()).Is(http.StatusForbidden)
		lower.Post(at("N-1")+"/delete", lower.Token()).Is(http.StatusForbidden)
		form := lower.Token()
		form.Set("name", ursula)
		lower.Post(at("N-1")+"/assign", form).Is(http.StatusForbidden)
		if state("N-1") != 0 {
			t.Error("it no longer waits")
		}
		step := mine.Submit("Next", url.Values{"serial": {"N-1"}}).At("/security-info/token/name").Submit("Next", nil)
		step.Submit("Confirm", url.Values{"code": {code(t, p)}}).At("/security-info/changed")

		// Without a role one takes what is there, but not when a role came in between.
		hers := p.SignIn(ursula)
		step = hers.Get("/security-info/token").Submit("Next", url.Values{"serial": {"N-2"}}).At("/security-info/token/name").Submit("Next", nil)
		grant(ursula, directory.ReportsReader)
		step.Submit("Confirm", url.Values{"code": {code(t, p)}}).Is(http.StatusGone)
		if n := count(t, p, `SELECT count(*) FROM methods WHERE type = 'token' AND state = 'active' AND account_id = $1`, p.Self(ursula).AccountID); n != 0 {
			t.Error("she has taken it")
		}
		if err := p.App.Inventory.Assign(t.Context(), p.Administrator(noor, "contoso.example"), tenant, at("N-2")[len("/manage/"+tenant+"/hardware-tokens/"):], ursula); !fault.Is(err, "rank_too_low") {
			t.Errorf("assigned by one who may not act on her: %v", err)
		}
		boss.Get("/manage/" + tenant + "/hardware-tokens")
		boss.Post(at("N-3")+"/delete", boss.Token()).Has("The token is deleted.")
	})
}
