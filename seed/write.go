package seed

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/db"
)

// accounts writes the tenants of a range and the accounts of their members. A
// transaction that is retried writes the same again.
func (w *world) accounts(t *tables, from, to int) error {
	for tenant := from; tenant < to; tenant++ {
		w.organization(t, tenant)
	}
	if err := t.flush(&t.tenants, &t.domains, &t.groups); err != nil {
		return err
	}
	for tenant := from; tenant < to; tenant++ {
		for n := w.first(tenant); n < w.first(tenant+1); n++ {
			w.account(t, tenant, n)
		}
	}
	return nil
}

// directories writes the users of a range of tenants.
func (w *world) directories(t *tables, from, to int) error {
	for tenant := from; tenant < to; tenant++ {
		if err := w.people(t, tenant); err != nil {
			return err
		}
		if w.far != nil {
			w.far(w.first(tenant+1) * (1 + w.size.GuestsPerUser))
		}
	}
	return nil
}

func (w *world) organization(t *tables, tenant int) {
	at, name := w.begun.UnixMicro(), tenantName(tenant)
	t.tenants.row(id(tenantID, tenant), name, directory.SortKey(name), "active", "", "privacy@"+domain(tenant), "", "en", at, at)
	t.domains.row(domain(tenant), id(tenantID, tenant), true, at)
	for g := range w.size.Groups {
		name := groupNames[g%len(groupNames)]
		if g >= len(groupNames) {
			name = fmt.Sprintf("%s %d", name, g/len(groupNames)+1)
		}
		t.groups.row(id(groupID, tenant*w.size.Groups+g), id(tenantID, tenant), name, directory.SortKey(name), "", at)
	}
}

// people writes the members of a tenant and its guests: the members of those
// before it.
func (w *world) people(t *tables, tenant int) error {
	first := w.first(tenant)
	for n := first; n < first+w.members(tenant); n++ {
		w.member(t, tenant, n)
	}
	for k := range w.size.GuestsPerUser {
		home := (tenant - 1 - k + w.size.Tenants) % w.size.Tenants
		for n := w.first(home); n < w.first(home)+w.members(home); n++ {
			w.guest(t, tenant, home, n, k)
		}
	}
	for n := tenant; n < w.size.Due; n += w.size.Tenants {
		w.due(t, tenant, n)
	}
	return t.sorted()
}

// joined is when a member came.
func (w *world) joined(n int) time.Time { return w.begun.Add(time.Duration(n%1000) * time.Minute) }

func (w *world) account(t *tables, tenant, n int) {
	account, address, at := id(accountID, n), signIn(n, tenant), w.joined(n)
	t.accounts.row(account, id(memberID, n), "active", personName(n), "", at.UnixMicro())
	t.identities.row(id(identityID, n), account, "upn", id(tenantID, tenant), address, domain(tenant), address, at.UnixMicro())
	t.methods.row(id(methodID, n), account, "password", w.password.Hash, w.password.Pepper, "active", 1, at.UnixMicro(), at.UnixMicro())
}

func (w *world) member(t *tables, tenant, n int) {
	account, user, at := id(accountID, n), id(memberID, n), w.joined(n)
	name, address := personName(n), signIn(n, tenant)
	t.user(userRow{
		id: user, tenant: id(tenantID, tenant), account: account, name: name, kind: "member", principal: address, mail: address, created: at,
		used: w.now.Add(-time.Duration(n%40) * 24 * time.Hour), deleted: w.deleted(n, tenant), purge: w.purge(n),
	}, id(departureID, n))
	if w.size.Groups > 0 {
		t.belong(id(tenantID, tenant), id(groupID, tenant*w.size.Groups+n%w.size.Groups), user, at)
	}
	if n == w.first(tenant) {
		t.roles.row(id(tenantID, tenant), user, string(directory.GlobalAdministrator), at.UnixMicro())
	}
}

func (w *world) guest(t *tables, tenant, home, n, k int) {
	if w.deleted(n, home) { // hosts hear of it, and their guests are many enough
		return
	}
	user, address, at := id(guestID, n*w.size.GuestsPerUser+k), signIn(n, home), w.begun.Add(time.Duration(n%1000)*time.Hour/10)
	t.user(userRow{
		id: user, tenant: id(tenantID, tenant), account: id(accountID, n), name: personName(n), kind: "guest", creation: "Invitation",
		external: "Accepted", issuer: id(tenantID, home), subject: address, inviter: id(memberID, w.first(tenant)),
		principal: directory.GuestPrincipal(address, domain(tenant)), mail: address, created: at, used: w.now.Add(-time.Duration(n%90) * 24 * time.Hour),
	}, "")
	if w.size.Groups > 0 {
		t.belong(id(tenantID, tenant), id(groupID, tenant*w.size.Groups+(n+k)%w.size.Groups), user, at)
	}
}

// due is somebody without an account whose thirty days are over.
func (w *world) due(t *tables, tenant, n int) {
	address := fmt.Sprintf("gone%d@post.example", n+1)
	t.user(userRow{
		id: id(dueID, n), tenant: id(tenantID, tenant), name: personName(n), kind: "guest", creation: "Invitation", external: "PendingAcceptance",
		issuer: accounts.MailIssuer, subject: address, principal: directory.GuestPrincipal(address, domain(tenant)), mail: address,
		created: w.begun, deleted: true, purge: w.now.Add(-time.Duration(n%3600) * time.Second),
	}, id(departureID, w.size.Users+n))
}

// userRow is a line of users.
type userRow struct {
	id, tenant, account, name, kind, creation, external string
	issuer, subject, inviter, principal, mail           string
	created, used, purge                                time.Time
	deleted                                             bool
}

func (t *tables) user(u userRow, departure string) {
	var deletedAt, purgeAt, used any
	kind := ""
	if u.deleted {
		at := u.purge.Add(-directory.Retention)
		kind, deletedAt, purgeAt = string(directory.Left), at.UnixMicro(), u.purge.UnixMicro()
		t.departures.row(departure, u.tenant, u.id, at.UnixMicro(), kind, purgeAt, `{"groups":null,"roles":null}`, "")
	}
	if !u.used.IsZero() {
		used = u.used.UnixMicro()
	}
	t.users.row(u.id, u.tenant, db.Null(u.account), u.name, directory.SortKey(u.name), u.kind, u.creation, u.principal, accounts.Fold(u.principal), u.mail,
		true, u.external, externalAt(u), db.Null(u.issuer), db.Null(u.subject), db.Null(u.inviter), u.created.UnixMicro(), used, "", deletedAt, kind, purgeAt)
	for _, word := range directory.Words(u.name, u.principal, u.mail) {
		t.pending = append(t.pending, wordRow{u.tenant, []byte(word), u.id})
	}
}

func externalAt(u userRow) any {
	if u.external == "" {
		return nil
	}
	return u.created.UnixMicro()
}

// belong puts somebody into a group.
func (t *tables) belong(tenant, group, user string, at time.Time) {
	t.joining = append(t.joining, memberRow{tenant, group, user, at.UnixMicro()})
}

type wordRow struct {
	tenant string
	word   []byte
	user   string
}

type memberRow struct {
	tenant, group, user string
	at                  int64
}

// sorted writes words and memberships of a tenant in the order of their keys:
// appending to a tree costs a fraction of scattering over it.
func (t *tables) sorted() error {
	slices.SortFunc(t.pending, func(a, b wordRow) int {
		if c := bytes.Compare(a.word, b.word); c != 0 {
			return c
		}
		return strings.Compare(a.user, b.user)
	})
	slices.SortFunc(t.joining, func(a, b memberRow) int {
		if c := strings.Compare(a.group, b.group); c != 0 {
			return c
		}
		return strings.Compare(a.user, b.user)
	})
	if err := t.flush(&t.users, &t.departures, &t.roles); err != nil {
		return err
	}
	for _, p := range t.pending {
		t.words.row(p.tenant, p.word, p.user)
	}
	for _, m := range t.joining {
		t.memberships.row(m.tenant, m.group, m.user, m.at)
	}
	t.pending, t.joining = t.pending[:0], t.joining[:0]
	return t.flush(&t.words, &t.memberships)
}
