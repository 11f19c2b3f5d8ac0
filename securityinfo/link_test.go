package securityinfo_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/securityinfo"
)

const freshWord = "harvest violin pebble cloud"

// link makes a link and gives its path.
func (p *portal) link(l securityinfo.LinkFor) string {
	p.t.Helper()
	var url string
	err := p.d.Tx(context.Background(), func(tx *db.Tx) (err error) {
		url, err = p.info.NewLink(context.Background(), tx, actor.OperatorActor(), l)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return strings.TrimPrefix(url, p.base.String())
}

// mailedLink mails a link to set a password, and gives its path.
func (p *portal) mailedLink(account, address string) string {
	p.t.Helper()
	var url string
	err := p.d.Tx(context.Background(), func(tx *db.Tx) (err error) {
		url, err = p.info.PasswordLink(context.Background(), tx, account, contoso, address, "nl")
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return strings.TrimPrefix(url, p.base.String())
}

func (p *portal) killLinks(account string) {
	p.t.Helper()
	err := p.d.Tx(context.Background(), func(tx *db.Tx) error { return p.info.KillPasswordLinks(context.Background(), tx, account) })
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *portal) passwordLink(account string) string {
	return p.link(securityinfo.LinkFor{Purpose: securityinfo.PasswordLink, Account: account, Tenant: contoso})
}

// invite makes a user that waits for a mailbox, and its link.
func (p *portal) invite(userID, address string) string {
	p.exec(`INSERT INTO users (id, tenant_id, display_name, sort_key, user_type, creation_type, principal_name, principal_key, mail,
			account_enabled, external_state, invited_issuer, invited_subject, created_at, hold_reason, deleted_kind)
		VALUES ($1, $2, 'Mia Visser', 'm', 'guest', 'Invitation', $1, $1, $3, TRUE, 'PendingAcceptance', 'mail', $4, 1, '', '')`,
		userID, fabrikam, address, accounts.Fold(address))
	return p.link(securityinfo.LinkFor{Purpose: securityinfo.InvitationLink, User: userID, Tenant: fabrikam, Address: address, Language: "en"})
}

func TestWelcome_firstPassword(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		eva := p.account(contoso, "u-eva", "eva@contoso.example", "Eva Bakker", false)
		path := p.passwordLink(eva)
		if !strings.HasPrefix(path, "/welcome/") || len(path) != len("/welcome/")+43 {
			t.Fatalf("the link is %s", path)
		}
		b := p.browser()
		for range 3 { // looking changes nothing
			b.get(path).want(200, "").has("Choose a password", "eva@<wbr>contoso.example", "<bdi>Contoso</bdi>")
		}
		b.submit(path, "new", "too short").want(422, "").has("Error: Choose a password", "too short. Use at least 15")
		b.submit(path, "new", "eva.bakker.contoso").want(422, "").has("consists of your name")
		b.submit(path, "new", freshWord).want(303, "/sign-in?name=eva%40contoso.example").follow().has("Password set. Sign in.", `value="eva@contoso.example"`)
		b.get(path).want(410, "").has("This link no longer works", "administrator for a new link")
		b.enter("eva@contoso.example", freshWord).want(303, "/")
		if n := p.count(`SELECT count(*) FROM audit WHERE act = 'password.set' AND tenant_id = $1 AND target = 'u-eva' AND actor_id = 'u-eva'`, contoso); n != 1 {
			t.Errorf("%d audit rows, want 1", n)
		}
		if n := p.count(`SELECT count(*) FROM outbox WHERE account_id = $1`, eva); n != 1 {
			t.Errorf("%d letters, want 1", n)
		}
	})
}

func TestWelcome_newPassword(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		older := p.passwordLink(noor)
		path := p.passwordLink(noor)
		in := p.signedIn("noor@contoso.example")
		p.browser().get(older).want(410, "") // newest only
		b := p.browser().get(path).want(200, "").has("Choose a new password")
		in.get("/").want(200, "") // until it is used nothing changes
		b.submit(path, "new", freshWord).want(303, "/sign-in?name=noor%40contoso.example")
		in.get("/").want(303, "/sign-in?returnUrl=%2F")
		p.browser().enter("noor@contoso.example", secretWord).want(422, "")
		p.browser().enter("noor@contoso.example", freshWord).want(303, "/")
	})
}

func TestWelcome_dead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		dead := func(path string) {
			t.Helper()
			b := p.browser().get(path).want(410, "").has("This link no longer works")
			b.get("/sign-in").submit(path, "new", freshWord, "name", "X").want(410, "")
		}
		dead("/welcome/" + strings.Repeat("A", 43))
		dead("/welcome/x")
		setup := p.link(securityinfo.LinkFor{Purpose: securityinfo.SetupLink})
		dead(strings.Replace(setup, "/setup/", "/welcome/", 1))

		path := p.passwordLink(noor)
		d.SetShift(time.Hour - time.Minute)
		p.browser().get(path).want(200, "")
		d.SetShift(time.Hour + time.Minute)
		dead(path)
		d.SetShift(0)
		eva := p.account(contoso, "u-eva", "eva@contoso.example", "Eva Bakker", false)
		path = p.passwordLink(eva) // her first password: that may wait
		d.SetShift(7*24*time.Hour - time.Minute)
		p.browser().get(path).want(200, "")
		d.SetShift(7*24*time.Hour + time.Minute)
		dead(path)
		d.SetShift(0)
		for what, end := range map[string]func(){
			"readdressed":      func() { p.exec(`UPDATE users SET mail = 'eva.b@private.example' WHERE id = 'u-eva'`) },
			"without a mail":   func() { p.exec(`UPDATE users SET mail = '' WHERE id = 'u-eva'`) },
			"links taken back": func() { p.killLinks(eva) },
		} {
			p.exec(`UPDATE users SET mail = 'Eva@Private.example' WHERE id = 'u-eva'`)
			path := p.mailedLink(eva, "Eva@Private.example")
			p.browser().get(path).want(200, "")
			waits := p.count(`SELECT count(*) FROM outbox WHERE discarded_at IS NULL`)
			end()
			t.Log(what)
			dead(path)
			if n := p.count(`SELECT count(*) FROM outbox WHERE discarded_at IS NULL`); what == "links taken back" && n != waits-1 {
				t.Errorf("%d letters wait, of %d", n, waits)
			}
		}
		path = p.passwordLink(noor)
		p.signedIn("noor@contoso.example").get("/password").submit("/password", "current", secretWord, "new", freshWord).want(303, "/password")
		dead(path) // the password was changed
		path = p.passwordLink(noor)
		p.exec(`UPDATE accounts SET state = 'tombstone' WHERE id = $1`, noor)
		dead(path)

		for what, sql := range map[string]string{
			"revoked":  `UPDATE users SET deleted_at = 5 WHERE id = $1`,
			"accepted": `UPDATE users SET external_state = 'Accepted' WHERE id = $1`,
			"changed":  `UPDATE users SET invited_subject = 'other@mail.example' WHERE id = $1`,
			"closed":   `UPDATE tenants SET state = 'closed' WHERE id = (SELECT tenant_id FROM users WHERE id = $1)`,
		} {
			path := p.invite("u-"+what, what+"@mail.example")
			p.browser().get(path).want(200, "")
			p.exec(sql, "u-"+what)
			dead(path)
			p.exec(`UPDATE tenants SET state = 'active'`)
		}
		if p.count(`SELECT count(*) FROM accounts`) != 2 {
			t.Error("a dead link made an account")
		}
	})
}

// TestWelcome_together: of fifty who use a link at once, one sets the password.
func TestWelcome_together(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		for _, path := range []string{p.passwordLink(noor), p.invite("u-mia", "mia@mail.example")} {
			b := p.browser().get(path).want(200, "")
			var set, gone atomic.Int32
			var all sync.WaitGroup
			for range 50 {
				c := b.clone()
				all.Go(func() {
					c.submit(path, "new", freshWord, "name", "Mia Visser")
					switch at := c.header.Get("Location"); {
					case c.status == 303 && strings.HasPrefix(at, "/sign-in"):
						set.Add(1)
					case c.status == 410, at == path: // the address has an account by now: look again
						gone.Add(1)
					default:
						t.Errorf("got %d: %.300s", c.status, c.page)
					}
				})
			}
			all.Wait()
			if set.Load() != 1 || gone.Load() != 49 {
				t.Errorf("%d set the password and %d were refused, want 1 and 49", set.Load(), gone.Load())
			}
		}
		if n := p.count(`SELECT version FROM methods WHERE account_id = $1`, noor); n != 2 {
			t.Errorf("the password is at version %d, want 2", n)
		}
		if n := p.count(`SELECT count(*) FROM identities WHERE subject = 'mia@mail.example'`); n != 1 {
			t.Errorf("%d accounts for one mailbox", n)
		}
	})
}

func TestWelcome_invited(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		path := p.invite("u-mia", "Mia@Mail.Example")
		b := p.browser().get(path).want(200, "").has(`value="Mia Visser"`, "<bdi>Fabrikam</bdi> invited you", "mia@<wbr>mail.example")
		b.submit(path, "new", freshWord, "name", " ").want(422, "").has(`href="#name"`)
		b.submit(path, "new", freshWord, "name", "Mia de Visser").want(303, "/sign-in?name=mia%40mail.example&returnUrl=%2Forganizations")
		b.follow().submit("/sign-in", "name", "mia@mail.example").follow()
		b.submit("/sign-in/password", "password", freshWord).want(303, "/organizations")
		b.get("/").has("here is Mia de Visser of  in  as mia@mail.example")
		if n := p.count(`SELECT count(*) FROM users WHERE id = 'u-mia' AND account_id IS NULL AND external_state = 'PendingAcceptance'`); n != 1 {
			t.Error("the link accepted the invitation")
		}
		if n := p.count(`SELECT count(*) FROM identities WHERE subject = 'mia@mail.example' AND issuer = 'mail' AND verified_at IS NOT NULL`); n != 1 {
			t.Error("no verified mailbox")
		}
	})
}

// Who has been disabled before they answered gets no account by their link, also
// where the page was open already; enabled again, they do.
func TestWelcome_invitedDisabled(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		path := p.invite("u-mia", "mia@mail.example")
		b := p.browser().get(path).want(200, "").has("Choose a password")
		p.exec(`UPDATE users SET account_enabled = FALSE WHERE id = 'u-mia'`)
		b.submit(path, "new", freshWord, "name", "Mia").want(410, "")
		p.browser().get(path).want(410, "")
		if n := p.count(`SELECT count(*) FROM identities WHERE subject = 'mia@mail.example'`); n != 0 {
			t.Error("an account was made for somebody disabled")
		}
		p.exec(`UPDATE users SET account_enabled = TRUE WHERE id = 'u-mia'`)
		p.browser().get(path).want(200, "").submit(path, "new", freshWord, "name", "Mia").want(303, "/sign-in?name=mia%40mail.example&returnUrl=%2Forganizations")
	})
}

func TestWelcome_invitedWithAWayIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, _ := settled(t, d)
		p.account("", "", "tom@mail.example", "Tom", true)
		for _, address := range []string{"tom@mail.example", "new.person@contoso.example"} {
			path := p.invite("u-"+address, address)
			b := p.browser().get(path).want(200, "").has("Sign in to see your invitation", "waits under Organizations", `href="/sign-in?returnUrl=/organizations"`)
			b.get("/sign-in").submit(path, "new", freshWord, "name", "X").want(303, path)
		}
		late := p.invite("u-late", "late@mail.example") // gets an account between page and post
		b := p.browser().get(late).want(200, "").has("Choose a password")
		p.account("", "", "late@mail.example", "Late", true)
		b.submit(late, "new", freshWord, "name", "X").want(303, late).follow().has("Sign in to see your invitation")
		p.browser().enter("late@mail.example", freshWord).want(422, "")
		if n := p.count(`SELECT count(*) FROM accounts WHERE name = 'X'`); n != 0 {
			t.Error("an account was made")
		}
	})
}

func TestNewLink_refuses(t *testing.T) {
	p, _ := settled(t, dbtest.Open(t))
	for _, l := range []securityinfo.LinkFor{
		{Purpose: securityinfo.PasswordLink}, {Purpose: securityinfo.InvitationLink, User: "u"}, {Purpose: securityinfo.InvitationLink, Address: "a@b.example"},
	} {
		err := p.d.Tx(context.Background(), func(tx *db.Tx) error {
			_, err := p.info.NewLink(context.Background(), tx, actor.OperatorActor(), l)
			return err
		})
		if err == nil {
			t.Errorf("%+v made a link", l)
		}
	}
	err := p.d.Tx(context.Background(), func(tx *db.Tx) error {
		_, err := p.info.NewLink(context.Background(), tx, actor.Actor{}, securityinfo.LinkFor{Purpose: securityinfo.SetupLink})
		return err
	})
	if err == nil {
		t.Error("nobody made a link")
	}
}

func TestPasswordLink_mails(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, noor := settled(t, d)
		p.exec(`UPDATE users SET mail = 'noor@private.example' WHERE account_id = $1`, noor)
		for _, address := range []string{"", "noor@private.example"} {
			p.browser().get(p.mailedLink(noor, address)).want(200, "")
		}
		if n := p.count(`SELECT count(*) FROM outbox`); n != 1 {
			t.Errorf("%d letters, want 1: only where there is an address", n)
		}
	})
}
