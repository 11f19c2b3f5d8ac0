package requests

import (
	"context"
	"fmt"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/caps"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// Ask is what a person asks an organization for.
type Ask struct {
	Kind     Kind
	TenantID string
	Text     string
}

// matter is an organization, the person's user there, and everything that decides.
type matter struct {
	tenant    directory.Tenant
	user      directory.User // live, else deleted; zero for direct connect
	officials []official     // who may decide, the first few
	standing
}

// Open asks an organization for something and gives the id of the request. Where
// such a one is open already, it is that one.
func (f *Feature) Open(ctx context.Context, who actor.Actor, a Ask) (requestID string, err error) {
	if !id.Valid(a.TenantID) || who.Kind != actor.Person {
		return "", fault.Missing()
	}
	entry := audit.Entry{Act: "request.open"}
	text, wrong := written(a.Text, a.Kind == Report, "requests.new.text.missing")
	acting := who
	err = f.DB.Tx(ctx, func(tx *db.Tx) error {
		requestID = ""
		m, err := f.matter(ctx, tx, who, a.Kind, a.TenantID)
		if err != nil {
			return err
		}
		if m.user.ID != "" {
			acting = who.In(m.tenant.ID, m.user.ID)
			entry.Tenant, entry.Target = m.tenant.ID, m.user.ID
		}
		if requestID, err = f.openAlready(ctx, tx, m, who); err != nil || requestID != "" {
			return err
		}
		if err := ask(m.standing, tx.Now()); err != nil {
			return err
		}
		if fault, ok := fault.Of(wrong); ok {
			return fault.Field("text", fault.Key, fault.Args...)
		}
		if err := within(ctx, tx, who, m); err != nil {
			return err
		}
		requestID, err = f.open(ctx, tx, who, m, text)
		return err
	})
	if err != nil {
		return "", audit.Refused(ctx, f.DB, acting, entry, fmt.Errorf("open request: %w", err))
	}
	return requestID, nil
}

// openAlready is the open request of the kind, "" if there is none. One that has
// found its end by another way makes room.
func (f *Feature) openAlready(ctx context.Context, tx *db.Tx, m matter, who actor.Actor) (string, error) {
	old, found, err := openOne(ctx, tx, m.tenant.ID, who.AccountID, m.kind)
	if err != nil || !found {
		return "", err
	}
	ended, err := f.settle(ctx, tx, old)
	if err != nil || ended {
		return "", err
	}
	return old.ID, nil
}

// within counts the request on every limit.
func within(ctx context.Context, tx *db.Tx, who actor.Actor, m matter) error {
	_, ok, err := caps.Count(ctx, tx, limits(who.AccountID, m.tenant.ID, who.Address)...)
	if err == nil && !ok {
		err = fault.New(fault.TooMany, "too_many_requests", "requests.refused.many.title")
	}
	return err
}

func (f *Feature) open(ctx context.Context, tx *db.Tx, who actor.Actor, m matter, text string) (string, error) {
	r := Request{
		ID: f.IDs.Random(), TenantID: m.tenant.ID, AccountID: who.AccountID, UserID: m.user.ID, Kind: m.kind, State: Open, Text: text,
		OpenedAt: tx.Now(), DueAt: dueAt(m.kind, tx.Now(), m.user.PurgeAt), Organization: m.tenant.Name,
	}
	r.Reminded = remindedAtOpening(r.OpenedAt, r.DueAt)
	address, err := accounts.MailAddress(ctx, tx, who.AccountID)
	if err != nil {
		return "", err
	}
	salt := id.Hash(f.IDs.Secret())[:16]
	fresh, err := insertRequest(ctx, tx, r, salt, addressHash(salt, accounts.Fold(address)))
	if err != nil {
		return "", err
	}
	if !fresh { // another one was quicker: its row is seen when this is tried again
		return "", fault.New(fault.Unavailable, "busy", "ui.error.busy.title")
	}
	person := seen(who, r)
	if err := insertEvent(ctx, tx, f.IDs.New(), r.ID, Opened, person, tx.Now(), ""); err != nil {
		return "", err
	}
	if err := f.tellOpened(ctx, tx, m, r); err != nil {
		return "", err
	}
	return r.ID, audit.Record(ctx, tx, person, audit.Entry{Tenant: r.TenantID, Act: "request.open", Target: about(r), Other: r.ID})
}

// seen is the person as the organization knows them: by their user there, and
// without one by the request. It never learns an account's id.
func seen(who actor.Actor, r Request) actor.Actor { return who.In(r.TenantID, about(r)) }

// about is what the audit log says was acted on.
func about(r Request) string {
	if r.UserID != "" {
		return r.UserID
	}
	return r.ID
}

// matter reads everything that decides whether a person may ask.
func (f *Feature) matter(ctx context.Context, c db.Conn, who actor.Actor, kind Kind, tenantID string) (m matter, err error) {
	var found bool
	if m.tenant, found, err = directory.TenantBy(ctx, c, tenantID); err != nil || !found {
		return matter{}, missing(err)
	}
	user, there, err := userThere(ctx, c, m.tenant.ID, who.AccountID)
	if err != nil {
		return matter{}, err
	}
	if m.standing, err = circumstances(ctx, c, m.tenant.ID, who.AccountID, user.ID); err != nil {
		return matter{}, err
	}
	var theirs []directory.Role
	if there {
		if m.user = user; !user.Live() {
			m.deleted, m.purgeAt = true, user.PurgeAt
		}
		m.live, m.enabled = user.Live(), user.Enabled
		if theirs, err = directory.RolesOf(ctx, c, user.ID); err != nil {
			return matter{}, err
		}
	}
	m.kind, m.organization, m.state = kind, m.tenant.Name, m.tenant.State
	if m.live {
		first, err := directory.Administrators(ctx, c, m.tenant.ID, 2)
		if err != nil {
			return matter{}, err
		}
		m.lastAdmin = len(first) == 1 && first[0].ID == user.ID
	}
	if m.declinedAt, err = lastDeclined(ctx, c, m.tenant.ID, who.AccountID, kind); err != nil {
		return matter{}, err
	}
	all, err := officials(ctx, c, m.tenant.ID)
	m.officials = entitled(all, kind, who.AccountID, theirs)
	m.answered = len(m.officials) > 0 || m.tenant.Contact() != ""
	return m, err
}

// missing is err, or what is answered when nothing was found.
func missing(err error) error {
	if err != nil {
		return err
	}
	return fault.Missing()
}
