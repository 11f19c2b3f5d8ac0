package requests_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sojourn/internal/actor"
	"sojourn/sojourntest"
)

func newAt(k, tenantID string) string {
	return "/requests/new?kind=" + k + "&organization=" + tenantID
}

// A refused guest asks, an administrator approves, the guest has a receipt.
func TestPortal_removal(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		northwind := p.Tenant("northwind.example")
		guest := p.SignIn(noor)
		form := guest.Get(newAt("removal", northwind.ID)).Is(http.StatusOK)
		form.Has("Ask Northwind Traders & Søn to remove you", "An administrator of Northwind Traders & Søn who may decide gets a mail.", "owes you an answer", "Message (optional)")
		form.Submit("Send request", url.Values{"text": {strings.Repeat("x", 1001)}}).Is(http.StatusUnprocessableEntity).Has("Use at most 1,000 characters.", "xxxxx")
		page := form.Submit("Send request", url.Values{"text": {"I have left the project.\n<script>alert(1)</script>"}}).Is(http.StatusOK)
		page.Has("Removal from the organization", "Open", "by you", "I have left the project.", "<script>alert(1)</script>", "Withdraw request")
		mine := page.Path
		guest.Get(newAt("removal", northwind.ID)).At(mine)
		guest.Get("/requests").Has("Northwind Traders & Søn", "Answer by").Follow("Follow request Removal from the organization, Northwind Traders & Søn").At(mine)

		admin := p.SignIn(juergen)
		page = admin.Get("/manage/"+northwind.ID+"/requests").Has("Noor Haddad", "Ed Byrne", "Declined", "days")
		page = page.Follow("Noor Haddad").Is(http.StatusOK).Has("Noor Haddad asks to be removed", "I have left the project.", "Approving deletes Noor Haddad here")
		page.Submit("Save note", url.Values{"note": {""}}).Is(http.StatusUnprocessableEntity).Has("Write a note.")
		page = page.Submit("Save note", url.Values{"note": {"Called the project lead."}}).Has("Note saved.", "Called the project lead.")
		guest.Get(mine).HasNot("Called the project lead.")
		page = page.Follow("Remove from organization").Has("Remove Noor Haddad from the organization?", "1 group goes along: Suppliers", "The person gets a receipt by mail.")
		page.Submit("Remove from organization", nil).Is(http.StatusOK).Has("The request is approved.", "Decided by", "Jürgen Weiß").HasNot("Save note")
		page.Submit("Remove from organization", nil).Is(http.StatusConflict).Has("already")

		guest.Get(mine).Has("Northwind Traders & Søn removed you", "Approved").Follow("See the receipt").Is(http.StatusOK).Has("Receipt for leaving", "Northwind Traders & Søn removed you, as you asked.", "You were removed").HasNot("You left")
	})
}

func TestPortal_decline_inDutch(t *testing.T) {
	p := sojourntest.Start(t)
	woodgrove := p.Tenant("woodgrove.example")
	guest := p.SignIn(noor)
	guest.Get("/?lng=nl")
	page := guest.Get(newAt("removal", woodgrove.ID)).Has("Woodgrove Bank vragen u te verwijderen", "Uiterlijk")
	page = page.Submit("Verzoek versturen", nil).Is(http.StatusOK).Has("Verwijdering uit de organisatie", "In behandeling", "Verzoek intrekken")
	mine := page.Path

	rik := p.SignIn("rik.achterberg@woodgrove.example")
	rik.Get("/?lng=nl")
	page = rik.Get("/manage/"+woodgrove.ID+"/requests").Has("Verzoeken", "1 verzoek is te laat").Follow("Noor Haddad")
	page = page.Follow("Afwijzen").Has("Dit verzoek afwijzen?")
	page.Submit("Verzoek afwijzen", nil).Is(http.StatusUnprocessableEntity).Has("Geef een reden")
	page.Submit("Verzoek afwijzen", url.Values{"answer": {"Het onderzoek loopt nog."}}).Has("Het verzoek is afgewezen.")
	guest.Get(mine).Has("Woodgrove Bank heeft uw verzoek afgewezen", "Het onderzoek loopt nog.")
	guest.Get(newAt("removal", woodgrove.ID)).Is(http.StatusTooManyRequests).Has("kort geleden afgewezen", "declined_lately")
}

func TestPortal_extendAndWithdraw(t *testing.T) {
	p := sojourntest.Start(t)
	northwind := p.Tenant("northwind.example")
	guest, admin := p.SignIn(noor), p.SignIn(juergen)
	mine := guest.Get(newAt("removal", northwind.ID)).Submit("Send request", nil).Path
	page := admin.Get("/manage/" + northwind.ID + "/requests").Follow("Noor Haddad").Follow("Take more time")
	page.Submit("Move the due date", url.Values{"date": {"soon"}}).Is(http.StatusUnprocessableEntity).Has("Enter a date like", "Give a reason")
	page.Submit("Move the due date", url.Values{"date": {"2099-01-01"}, "answer": {"x"}}).Is(http.StatusUnprocessableEntity).Has("At most two months more")
	page.Submit("Move the due date", url.Values{"answer": {"We ask the project."}}).Is(http.StatusOK).Has("The due date has moved", "More time was taken once")
	guest.Get(mine).Has("More time taken", "We ask the project.").Submit("Withdraw request", nil).Has("You withdrew the request.", "Withdrawn")
	admin.Get("/manage/"+northwind.ID+"/requests?state=withdrawn").Has("Noor Haddad", "Withdrawn").HasNot("Ed Byrne")
}

func TestPortal_refused(t *testing.T) {
	p := sojourntest.Start(t)
	guest := p.SignIn(noor)
	id := func(domain string) string { return p.Tenant(domain).ID }
	guest.Get(newAt("removal", id("fabrikam.example"))).Is(http.StatusConflict).Has("You can leave Fabrikam, Inc. by yourself").Follow("Go on to leaving").At("/organizations/" + id("fabrikam.example") + "/leave")
	guest.Get(newAt("report", id("litware.example"))).Is(http.StatusConflict).Has("Nobody at Litware Research Collective", "Whoever runs this portal can help")
	guest.Get(newAt("removal", id("proseware.example"))).Is(http.StatusConflict).Has("is closed and answers no requests")
	guest.Get(newAt("report", id("contoso.example"))).Is(http.StatusConflict).Follow("Ask to be removed").Is(http.StatusOK)
	foreign := guest.Get(newAt("removal", id("sainte-genevieve.example"))).Is(http.StatusNotFound)
	unknown := guest.Get(newAt("removal", "00000000-0000-4000-8000-000000000000")).Is(http.StatusNotFound)
	if foreign.Text() != unknown.Text() {
		t.Error("a foreign organization and an unknown one read differently")
	}
	values := guest.Token()
	values.Set("kind", "removal")
	values.Set("organization", id("fabrikam.example"))
	guest.Post("/requests", values).Is(http.StatusConflict).Has("You can leave Fabrikam, Inc. by yourself")

	// Somebody else's request is one that does not exist.
	mine := p.SignIn(ed).Get("/requests").Follow("Follow request Organization not recognised, Woodgrove Bank").Has("You can turn to its privacy contact").Path
	guest.Get(mine).Is(http.StatusNotFound)
	guest.Post(mine+"/withdraw", guest.Token()).Is(http.StatusNotFound)
}

func TestPortal_dataAsksAProof(t *testing.T) {
	p := sojourntest.Start(t)
	alnoor := p.Tenant("alnoor.example")
	if err := p.App.Directory.Connect(t.Context(), actor.OperatorActor(), alnoor.ID, p.Self(sam).AccountID); err != nil {
		t.Fatal(err)
	}
	p.SignIn(sam).Get(newAt("data", alnoor.ID)).Submit("Send request", nil).Is(http.StatusOK).Has("Erasing data")
	admin := p.SignIn("noorulhuda@alnoor.example")
	page := admin.Get("/manage/" + alnoor.ID + "/requests").Follow("Sam Rivera")
	p.App.DB.SetShift(10 * time.Minute)
	page.Follow("End access and erase").At("/prove").Submit("Continue", url.Values{"password": {sojourntest.Password}}).
		Has("End the access of Sam Rivera").Submit("End access and erase", nil).Has("The request is approved.").HasNot("Sam Rivera asks")
}

func TestPortal_conflict(t *testing.T) {
	p := sojourntest.Start(t)
	tomas, woodgrove := "tomas@litware.example", p.Tenant("woodgrove.example")
	old := p.Left(tomas, "woodgrove.example")
	live := p.User(tomas, "woodgrove.example")
	op := actor.OperatorActor()
	if err := p.App.Directory.Delete(t.Context(), op, woodgrove.ID, live.ID); err != nil {
		t.Fatal(err)
	}
	mine := p.SignIn(tomas).Get(newAt("restore", woodgrove.ID)).Submit("Send request", nil).Is(http.StatusOK).Path
	if _, err := p.App.Directory.Restore(t.Context(), op, woodgrove.ID, old.ID, ""); err != nil {
		t.Fatal(err)
	}
	rik := p.SignIn("rik.achterberg@woodgrove.example")
	rik.Get("/?lng=en")
	page := rik.Get("/manage/" + woodgrove.ID + "/requests").Follow("Tomas Lindt").Has("has an account here again")
	page = page.Follow("Restore user").Submit("Restore user", nil).Is(http.StatusConflict).Has("has an account here again")
	page.Submit("Choose what happens", nil).Is(http.StatusConflict).Has("Tomas Lindt")
	_ = mine
}
