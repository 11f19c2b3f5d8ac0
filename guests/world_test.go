package guests

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
	"sojourn/internal/i18n"
	"sojourn/internal/id"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
	"sojourn/internal/secret"
	"sojourn/locales"
)

// world is two organizations with their people, and one person of no
// organization: Contoso invites.
type world struct {
	t   *testing.T
	ctx context.Context
	d   *db.DB
	box *secret.Box
	f   *Feature

	contoso, fabrikam string      // tenants
	sam, uma, gil     actor.Actor // Contoso's Global Administrator, User Administrator, Guest Inviter
	rea               actor.Actor // its Reports Reader
	ann, pat          actor.Actor // Ann of Fabrikam, Pat of nobody
}

const (
	annAddress = "ann@fabrikam.example"
	patAddress = "pat@post.example"
)

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	words, err := i18n.Load(locales.Files, false)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, ctx: context.Background(), d: d, box: dbtest.Box(t)}
	box := &outbox.Outbox{DB: d, Box: w.box, IDs: id.System}
	quiet := slog.New(slog.DiscardHandler)
	dir := &directory.Feature{
		DB: d, IDs: id.System, Words: words, Log: quiet, BaseURL: "https://portal.example", Zone: time.UTC,
		Outbox: box, Sessions: nobody{}, Receipts: nobody{}, Links: nobody{},
	}
	w.f = &Feature{
		DB: d, IDs: id.System, Words: words, Log: quiet, BaseURL: "https://portal.example", Zone: time.UTC,
		Directory: dir, Outbox: box, Links: links{id.System},
	}
	w.contoso, w.fabrikam = w.tenant("Contoso", "contoso.example"), w.tenant("Fabrikam", "fabrikam.example")
	w.sam = w.member(w.contoso, "Sam Rivera", "sam", directory.GlobalAdministrator)
	w.uma = w.member(w.contoso, "Uma Berg", "uma", directory.UserAdministrator)
	w.gil = w.member(w.contoso, "Gil Moreau", "gil", directory.GuestInviter)
	w.rea = w.member(w.contoso, "Rea Stone", "rea", directory.ReportsReader)
	w.ann = person(w.member(w.fabrikam, "Ann Smith", "ann"))
	w.pat = actor.Actor{Kind: actor.Person, AccountID: w.personal("Pat", patAddress), Name: "Pat"}
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tenant(name, domain string) string {
	w.t.Helper()
	t, err := w.f.Directory.CreateTenant(w.ctx, actor.OperatorActor(), directory.NewTenant{Name: name, Domain: domain, Language: "en"})
	w.must(err)
	return t.ID
}

// member makes a member and gives them as an administrator of their tenant.
func (w *world) member(tenantID, name, signIn string, roles ...directory.Role) actor.Actor {
	w.t.Helper()
	u, _, err := w.f.Directory.CreateMember(w.ctx, actor.OperatorActor(), tenantID, directory.NewMember{Name: name, SignInName: signIn, Roles: roles})
	w.must(err)
	a := actor.Actor{Kind: actor.Administrator, AccountID: u.AccountID, TenantID: tenantID, UserID: u.ID, Name: name}
	for _, r := range roles {
		a.Roles = append(a.Roles, string(r))
	}
	return a
}

func person(a actor.Actor) actor.Actor {
	return actor.Actor{Kind: actor.Person, AccountID: a.AccountID, Name: a.Name}
}

// personal makes the account of a mailbox.
func (w *world) personal(name, address string) (accountID string) {
	w.t.Helper()
	w.must(w.d.Tx(w.ctx, func(tx *db.Tx) error {
		a, err := accounts.Create(w.ctx, tx, id.System, accounts.New{Name: name, Address: address, Type: accounts.Mailbox, Issuer: accounts.MailIssuer})
		accountID = a.ID
		return err
	}))
	return accountID
}

// invite has Sam invite an address to Contoso.
func (w *world) invite(address string) directory.User {
	w.t.Helper()
	u, err := w.f.Add(w.ctx, w.sam, w.contoso, NewGuest{Address: address})
	w.must(err)
	return u
}

func (w *world) user(userID string) directory.User {
	w.t.Helper()
	u, found, err := directory.AnyUser(w.ctx, w.d, w.contoso, userID)
	w.must(err)
	if !found {
		w.t.Fatalf("there is no user %s", userID)
	}
	return u
}

func (w *world) count(text string, args ...any) int {
	w.t.Helper()
	n, err := db.Count(w.ctx, w.d, text, args...)
	w.must(err)
	return n
}

func (w *world) exec(text string, args ...any) {
	w.t.Helper()
	_, err := w.d.Exec(w.ctx, text, args...)
	w.must(err)
}

// audited counts the rows of an act on a target.
func (w *world) audited(act, target, result string) int {
	w.t.Helper()
	return w.count(`SELECT count(*) FROM audit WHERE act = $1 AND target = $2 AND result = $3`, act, target, result)
}

// letters are the mails that were put, the oldest first, as they will be sent: one
// whose place was taken is empty.
func (w *world) letters() []mail.Letter {
	w.t.Helper()
	rows, err := db.All(w.ctx, w.d, func(r db.Row) (l mail.Letter, err error) {
		var row, tenant, account string
		var payload []byte
		if err = r.Scan(&row, db.Opt(&tenant), db.Opt(&account), &payload); err != nil {
			return
		}
		if account != "" {
			return l, fmt.Errorf("an invitation's letter names the account %s", account)
		}
		if payload == nil {
			return l, nil
		}
		plain, err := w.box.Open("outbox", tenant, row, payload)
		if err == nil {
			err = json.Unmarshal(plain, &l)
		}
		return
	}, `SELECT id, tenant_id, account_id, payload FROM outbox WHERE dedupe_key LIKE 'invitation:%' ORDER BY id`)
	w.must(err)
	return rows
}

// refused fails unless err is a fault of this kind and code.
func (w *world) refused(err error, kind fault.Kind, code string) {
	w.t.Helper()
	if f, ok := fault.Of(err); !ok || f.Kind != kind || f.Code != code {
		w.t.Errorf("got %v; want a refusal %s", err, code)
	}
}

// nobody stands for the rooms that are told and do nothing here.
type nobody struct{}

func (nobody) EndInTenant(context.Context, *db.Tx, string, string) error    { return nil }
func (nobody) EndAll(context.Context, *db.Tx, string, string, string) error { return nil }
func (nobody) Restored(context.Context, *db.Tx, string) error               { return nil }
func (nobody) Erased(context.Context, *db.Tx, []string) error               { return nil }
func (nobody) PasswordLink(context.Context, *db.Tx, string, string, string, string) (string, error) {
	return "", nil
}
func (nobody) KillPasswordLinks(context.Context, *db.Tx, string) error { return nil }

// links makes rows as the room of passwords does.
type links struct{ ids id.Source }

func (l links) InvitationLink(ctx context.Context, tx *db.Tx, userID, tenantID, address, language string) (string, error) {
	now := db.Micros(tx.Now())
	if _, err := tx.Exec(ctx, `UPDATE links SET used_at = $2 WHERE user_id = $1 AND used_at IS NULL`, userID, now); err != nil {
		return "", err
	}
	secret := l.ids.Secret()
	_, err := tx.Exec(ctx, `
		INSERT INTO links (id, hash, purpose, tenant_id, user_id, address, language, created_at, expires_at)
		VALUES ($1, $2, 'invitation', $3, $4, $5, $6, $7, $8)`,
		l.ids.New(), id.Hash(secret), tenantID, userID, accounts.Fold(address), language, now, db.Micros(tx.Now().Add(linkLife)))
	return "https://portal.example/welcome/" + secret, err
}
