package seed

import (
	"context"
	"fmt"

	"sojourn/internal/db"
)

// table gathers rows of one table and writes them many at a time.
type table struct {
	into  string // table and columns
	width int
	args  []any
	after *table // what its rows refer to
	err   error
	t     *tables
}

// rowsAtOnce keeps the number of arguments below what SQLite takes, 32,766.
const rowsAtOnce = 200

func (b *table) row(values ...any) {
	if b.width == 0 {
		b.width = len(values)
	}
	b.args = append(b.args, values...)
	if len(b.args) == rowsAtOnce*b.width && b.err == nil {
		b.err = b.t.flush(b)
	}
}

func (b *table) write(rows int) error {
	err := b.t.tx.InsertRows(b.t.ctx, b.into, rows, b.args)
	b.args = b.args[:0]
	if err != nil {
		return fmt.Errorf("%s: %w", b.into, err)
	}
	return nil
}

// tables are those a directory lives in.
type tables struct {
	ctx context.Context
	tx  *db.Tx

	tenants, domains, groups, accounts, identities, methods, users, words, memberships, roles, departures table

	pending []wordRow
	joining []memberRow
}

func newTables(ctx context.Context, tx *db.Tx) *tables {
	t := &tables{ctx: ctx, tx: tx}
	for b, into := range map[*table]string{
		&t.tenants:     "tenants (id, name, name_key, state, privacy_statement, privacy_contact, technical_contact, language, created_at, state_at)",
		&t.domains:     "domains (name, tenant_id, initial, verified_at)",
		&t.groups:      "groups (id, tenant_id, name, sort_key, description, created_at)",
		&t.accounts:    "accounts (id, home_user_id, state, name, language, created_at)",
		&t.identities:  "identities (id, account_id, type, issuer, subject, domain, address, verified_at)",
		&t.methods:     "methods (id, account_id, type, secret, pepper, state, version, created_at, changed_at)",
		&t.users:       "users (id, tenant_id, account_id, display_name, sort_key, user_type, creation_type, principal_name, principal_key, mail, account_enabled, external_state, external_state_at, invited_issuer, invited_subject, invited_by, created_at, last_used_at, hold_reason, deleted_at, deleted_kind, purge_at)",
		&t.words:       "user_words (tenant_id, word, user_id)",
		&t.memberships: "members (tenant_id, group_id, user_id, added_at)",
		&t.roles:       "roles (tenant_id, user_id, role, granted_at)",
		&t.departures:  "departures (id, tenant_id, user_id, at, kind, purge_at, had, result)",
	} {
		b.into, b.t = into, t
	}
	t.domains.after, t.groups.after = &t.tenants, &t.tenants
	t.identities.after, t.methods.after = &t.accounts, &t.accounts
	t.departures.after, t.roles.after, t.words.after, t.memberships.after = &t.users, &t.users, &t.users, &t.users
	return t
}

// flush writes what the tables have gathered, in the order of their references.
func (t *tables) flush(list ...*table) error {
	for _, b := range list {
		if b.after != nil && b.err == nil && len(b.args) > 0 {
			b.err = t.flush(b.after)
		}
		if b.err == nil && len(b.args) > 0 {
			b.err = b.write(len(b.args) / b.width)
		}
		if b.err != nil {
			return b.err
		}
	}
	return nil
}

// close writes what is left.
func (t *tables) close() error {
	return t.flush(&t.tenants, &t.domains, &t.groups, &t.accounts, &t.users, &t.identities, &t.methods, &t.departures, &t.roles, &t.words, &t.memberships)
}
