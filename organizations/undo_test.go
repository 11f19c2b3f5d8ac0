package organizations_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

func TestUndo(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(noor)
		receipt := b.Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil)
		ask := receipt.Follow("Undo leaving").Is(200).Has("Undo leaving Fabrikam, Inc.?", "Harbour project")
		done := ask.Submit("Undo leaving", nil).Is(200).At(receipt.Path)
		done.Has("You are back in Fabrikam, Inc.", "Restored").HasNot("Undo leaving")
		u := p.User(noor, "fabrikam.example")
		groups, err := directory.GroupsOf(context.Background(), p.App.DB, u.ID)
		if err != nil || len(groups) != 3 {
			t.Errorf("%d groups came back, %v", len(groups), err)
		}
		if n := len(p.Mails(noor)); n != 2 {
			t.Errorf("%d mails, want the receipt and that she is back", n)
		}
		if _, err := p.App.Organizations.Undo(context.Background(), p.Self(noor), strings.TrimPrefix(receipt.Path, "/organizations/receipts/")); !fault.Is(err, "undo_nothing") {
			t.Errorf("undone again: %v", err)
		}
	})
}

// Groups come back by one's own hand, roles only by an administrator's.
func TestUndo_roles(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		ctx, self := context.Background(), p.Self(noor)
		tenant := p.Tenant("tailspin-toys-international-holding.example")
		r, err := p.App.Organizations.Leave(ctx, self, tenant.ID)
		if err != nil {
			t.Fatal(err)
		}
		unproved := self
		unproved.ProvedAt = time.Time{}
		if _, err := p.App.Organizations.Undo(ctx, unproved, r.ID); !fault.Is(err, "proof_needed") {
			t.Errorf("without a proof: %v", err)
		}
		if _, err := p.App.Organizations.Undo(ctx, p.Self(ann), r.ID); !fault.Is(err, "not_found") {
			t.Errorf("by somebody else: %v", err)
		}
		result, err := p.App.Organizations.Undo(ctx, self, r.ID)
		if err != nil || len(result.Roles) != 0 || len(result.RemovedRoles) != 1 {
			t.Errorf("undone: %+v, %v", result, err)
		}
		roles, err := directory.RolesOf(ctx, p.App.DB, p.User(noor, tenant.Domain).ID)
		if err != nil || len(roles) != 0 {
			t.Errorf("roles came back: %v, %v", roles, err)
		}
	})
}

// The organization decides in how many days, and a deletion that is not the
// person's own act is not theirs to undo.
func TestUndo_refused(t *testing.T) {
	p := sojourntest.Start(t)
	ctx, op := context.Background(), actor.OperatorActor()
	b, fabrikam := p.SignIn(noor), p.Tenant("fabrikam.example")
	receipt := b.Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil)
	admin := p.SignIn(ann).Get("/manage/fabrikam.example/external-collaboration").Is(200)
	admin.Submit("Save", map[string][]string{"undo": {"31"}}).Is(http.StatusUnprocessableEntity).Has("from 0 to 30")
	admin.Submit("Save", map[string][]string{"undo": {"0"}}).Is(200).Has("Settings saved")
	b.Get(receipt.Path).HasNot("Undo leaving").Has("does not let people undo leaving")
	b.Get(receipt.Path + "/undo").Is(http.StatusConflict)
	if err := p.App.Guests.SetUndo(ctx, op, fabrikam.ID, 3); err != nil {
		t.Fatal(err)
	}
	b.Get(receipt.Path).Has("Undo leaving", "3 days left")
	p.App.DB.SetShift(73 * time.Hour)
	p.SignIn(noor).Get(receipt.Path).HasNot("Undo leaving").Has("are over")
}

func TestLeaveSeveral(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(noor)
		query := ""
		for _, domain := range []string{"fabrikam.example", "litware.example", "northwind.example"} {
			query += "&organization=" + p.Tenant(domain).ID
		}
		ask := b.Get("/organizations/leave?" + query[1:]).Is(200)
		ask.Has("Leave 2 organizations?", "Fabrikam, Inc.", "Harbour project", "Archive", "You stay in", "does not let guests leave by themselves")
		if !p.User(noor, "fabrikam.example").Live() {
			t.Fatal("looking has left")
		}
		done := ask.Submit("Leave 2 organizations", nil).Is(200)
		done.Has("You left 2 of 2 organizations.", "Open receipt Fabrikam, Inc.", "Open receipt Litware Research Collective")
		if !strings.HasPrefix(done.Path, "/organizations/left") {
			t.Errorf("the result is at %s", done.Path)
		}
		if len(p.Mails(noor)) != 2 {
			t.Errorf("%d receipts by mail, want one each", len(p.Mails(noor)))
		}
		b.Get("/organizations/left?"+query[1:]).Is(200).Has("You left 2 of 3 organizations.", "Not left")
		b.Get("/organizations/leave").At("/organizations").Has("Select the organizations you want to leave first.")
		b.Get("/organizations/leave?organization=00000000-0000-4000-8000-000000000000").Is(http.StatusNotFound)
	})
}

// Several at once ask for the password, though none of them does by itself; and
// one that refuses does not hold up the rest.
func TestLeaveSeveral_proofAndRefusals(t *testing.T) {
	p := sojourntest.Start(t)
	ctx, self := context.Background(), p.Self(noor)
	ids := []string{p.Tenant("northwind.example").ID, p.Tenant("fabrikam.example").ID, p.Tenant("sainte-genevieve.example").ID, p.Tenant("litware.example").ID}
	unproved := self
	unproved.ProvedAt = time.Time{}
	if err := p.App.Organizations.LeaveSeveral(ctx, unproved, ids); !fault.Is(err, "proof_needed") {
		t.Fatalf("without a proof: %v", err)
	}
	if !p.User(noor, "fabrikam.example").Live() {
		t.Fatal("left without a proof")
	}
	if err := p.App.Organizations.LeaveSeveral(ctx, self, ids); err != nil {
		t.Fatal(err)
	}
	for domain, live := range map[string]bool{"northwind.example": true, "fabrikam.example": false, "litware.example": false} {
		if _, found, err := directory.UserOf(ctx, p.App.DB, p.Tenant(domain).ID, self.AccountID); err != nil || found != live {
			t.Errorf("%s: live %t, %v", domain, found, err)
		}
	}
}

func TestHandOver(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b, adatum := p.SignIn(noor), p.Tenant("adatum.example")
		page := b.Get("/organizations").Follow("Leave organization Adatum Volunteers").Is(http.StatusForbidden).Follow("Name a successor").Is(200)
		page.Has("Ed Byrne", "Lucie Blanc", "Who takes over").HasNot("Noor Haddad@")
		page.Submit("Name successor and leave", nil).Is(http.StatusUnprocessableEntity).Has("Choose somebody from the list")
		foreign := p.User(ann, "fabrikam.example").ID
		page.Submit("Name successor and leave", map[string][]string{"successor": {foreign}}).Is(http.StatusUnprocessableEntity)
		if !p.User(noor, "adatum.example").Live() {
			t.Fatal("left without a successor")
		}
		ed := p.User("ed.byrne@post.example", "adatum.example")
		page.Submit("Name successor and leave", map[string][]string{"successor": {ed.ID}}).Is(200).Has("Receipt for leaving", "Your successor is Global Administrator now")
		admins, err := directory.Administrators(context.Background(), p.App.DB, adatum.ID, 5)
		if err != nil || len(admins) != 1 || admins[0].ID != ed.ID {
			t.Errorf("administrators now: %v, %v", admins, err)
		}
		mails := p.Mails("ed.byrne@post.example")
		if len(mails) != 1 || !strings.Contains(mails[0].Text, "Noor Haddad") || !strings.Contains(mails[0].Text, "/manage/"+adatum.ID) {
			t.Errorf("the successor is not told: %+v", mails)
		}
	})
}

// The only one in an organization may close it, and stop that.
func TestClose(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		const ed = "ed.byrne@post.example"
		b := p.SignIn(ed)
		page := b.Get("/organizations").Follow("Leave organization Byrne Rowing Club").Is(http.StatusForbidden).Follow("Close the organization").Is(200).HasNot("legal hold")
		ctx, op, club := context.Background(), actor.OperatorActor(), p.Tenant("byrne-rowing.example").ID
		if err := p.App.Directory.Hold(ctx, op, club, p.User(ed, "byrne-rowing.example").ID, "Case 1"); err != nil {
			t.Fatal(err)
		}
		b.Get("/organizations/" + club + "/close").Is(200).Has("1 user is on legal hold and is not deleted on that day")
		page.Submit("Close organization", map[string][]string{"name": {"Rowing"}}).Is(http.StatusUnprocessableEntity).Has("exactly as it is shown", "Rowing")
		page.Submit("Close organization", map[string][]string{"name": {"byrne rowing club"}}).Is(200).Has("The organization is closing")
		if club := p.Tenant("byrne-rowing.example"); club.State != directory.TenantFrozen || club.PurgeAt.IsZero() {
			t.Errorf("the club is %s, purged at %v", club.State, club.PurgeAt)
		}
		b.Get("/manage/byrne-rowing.example/properties").Has("Closing was announced").Submit("Stop closing", nil).Has("is not closing any more")
		if club := p.Tenant("byrne-rowing.example"); club.State != directory.TenantActive || !club.PurgeAt.IsZero() {
			t.Errorf("the club is %s, purged at %v", club.State, club.PurgeAt)
		}
		p.SignIn(noor).Get("/organizations/" + p.Tenant("adatum.example").ID + "/close").Is(http.StatusConflict)
	})
}

// A person may keep an organization's invitations away; it does not notice.
func TestUnrecognized(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		ctx, op := context.Background(), actor.OperatorActor()
		b := p.SignIn(noor)
		page := b.Get("/organizations").Follow("I don’t recognise this organization Relecloud").Is(200)
		page.Has("Chidi Okonkwo", "Invited on", "Decline the invitation", "Block its invitations")
		page.Submit("Block Relecloud", nil).Is(200).Has("You won’t get invitations from Relecloud any more", "Blocked since")
		b.Get("/organizations").HasNot("Relecloud")
		b.Get("/").HasNot("1 invitation")
		relecloud, mails := p.Tenant("relecloud.example"), len(p.Mails(noor))
		waiting, err := directory.Users(ctx, p.App.DB, relecloud.ID, directory.Filter{Pending: true}, directory.Cursor{}, 2)
		if err != nil || len(waiting) != 1 {
			t.Fatalf("%d invitations wait, %v", len(waiting), err)
		}
		if _, err := p.App.Guests.Resend(ctx, op, relecloud.ID, waiting[0].ID); err != nil {
			t.Errorf("the organization notices: %v", err)
		}
		if n := len(p.Mails(noor)); n != mails {
			t.Error("a blocked invitation was mailed")
		}
		b.Get("/organizations/blocked").Submit("Unblock Relecloud", nil).Has("reach you again")
		b.Get("/organizations").Has("Relecloud")
		fabrikam := b.Get("/organizations").Follow("I don’t recognise this organization Fabrikam, Inc.").Is(200)
		fabrikam.Has("Ann Lee", "Report it", "Leave it")
		b.Get("/organizations/" + p.Tenant("sainte-genevieve.example").ID + "/unrecognized").Is(http.StatusNotFound)
		b.Post("/organizations/"+p.Tenant("sainte-genevieve.example").ID+"/block", b.Token()).Is(http.StatusNotFound)
	})
}

// Who is in as many organizations as one can be is told so before, and gets back
// once they have left another.
func TestUndo_mostOrganizations(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		ctx, self, b := context.Background(), p.Self(noor), p.SignIn(noor)
		receipt := b.Get("/organizations").Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil)
		receiptID := strings.TrimPrefix(receipt.Path, "/organizations/receipts/")
		fill := func(tx *db.Tx) error {
			n, err := directory.CountPlaces(ctx, tx, self.AccountID)
			for i := n; err == nil && i < directory.MostPlaces; i++ {
				name := fmt.Sprint("many", i)
				if _, err = tx.Exec(ctx, `
					INSERT INTO tenants (id, name, name_key, state, privacy_statement, privacy_contact, technical_contact, language, created_at, state_at)
					VALUES ($1, $1, $2, 'active', '', '', '', 'en', 1, 1)`, name, []byte(name)); err == nil {
					_, err = tx.Exec(ctx, `
						INSERT INTO users (id, tenant_id, account_id, display_name, sort_key, user_type, creation_type, principal_name, principal_key, mail,
							account_enabled, external_state, created_at, hold_reason, deleted_kind)
						VALUES ($1, $1, $2, 'Noor', $3, 'guest', 'Invitation', 'p', 'p', '', TRUE, 'Accepted', 1, '', '')`, name, self.AccountID, []byte("p"))
				}
			}
			return err
		}
		if err := p.App.DB.Tx(ctx, fill); err != nil {
			t.Fatal(err)
		}
		b.Get(receipt.Path).HasNot("Undo leaving").Has("You are in 500 organizations, and more is not possible", "undo leaving Fabrikam, Inc.")
		b.Get(receipt.Path+"/undo").Is(http.StatusConflict).Has("You are in 500 organizations", "Fabrikam, Inc.")
		if _, err := p.App.Organizations.Undo(ctx, self, receiptID); !fault.Is(err, "too_many_organizations") {
			t.Errorf("undone as the 501st: %v", err)
		}
		if n, err := db.Count(ctx, p.App.DB, `SELECT count(*) FROM audit WHERE act = 'organization.undo' AND result = 'refused' AND reason = 'too_many_organizations'`); err != nil || n != 1 {
			t.Errorf("%d rows of the refused try, %v", n, err)
		}
		b.Get("/organizations/"+p.Tenant("litware.example").ID+"/leave").Submit("Leave", nil).Is(http.StatusOK)
		if _, err := p.App.Organizations.Undo(ctx, self, receiptID); err != nil {
			t.Errorf("with a place free: %v", err)
		}
	})
}

// Where nobody could restore them, nobody is there to be asked either; undoing stays.
func TestReceipt_nobodyThere(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn(noor)
	confirm := b.Get("/organizations/" + p.Tenant("litware.example").ID + "/leave").Has("has no administrator who could")
	confirm.Submit("Leave", nil).Has("Undo leaving", "has no administrator who could restore you").HasNot("Ask to be restored", "Restore by")
}
