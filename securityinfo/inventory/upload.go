package inventory

import (
	"context"
	"slices"
	"strconv"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// Upload puts the tokens of a file into the inventory: all of them, or none where
// something is wrong with a line. It gives how many they are.
func (f *Feature) Upload(ctx context.Context, who actor.Actor, tenantID string, data []byte) (n int, err error) {
	entry := audit.Entry{Tenant: tenantID, Act: "token.upload", Target: tenantID}
	err = f.do(ctx, who, entry, func(tx *db.Tx, t directory.Tenant) ([]audit.Entry, error) {
		lines, wrong, err := read(data)
		if err != nil {
			return nil, err
		}
		refused, err := f.place(ctx, tx, who, t, lines)
		if err != nil {
			return nil, err
		}
		if wrong = append(wrong, refused...); len(wrong) > 0 {
			slices.SortStableFunc(wrong, func(a, b Wrong) int { return a.Line - b.Line })
			return nil, wrong
		}
		rows := []audit.Entry{{Tenant: t.ID, Act: entry.Act, Target: t.ID, Details: audit.Details{"tokens": strconv.Itoa(len(lines))}}}
		var fresh []accounts.NewToken
		for _, l := range lines {
			fresh = append(fresh, accounts.NewToken{Token: l.Token, Sealed: f.Seals.SealToken(t.ID, l.ID, l.Seed)})
			if l.Assigned != "" {
				rows = append(rows, audit.Entry{Tenant: t.ID, Act: "token.assign", Target: l.ID, Other: l.Assigned})
			}
		}
		n = len(fresh)
		return rows, accounts.AddTokens(ctx, tx, fresh)
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}

// place gives the tokens of a file their ids and the members they wait for, and says which
// lines the organization has already, or name nobody whom it knows.
func (f *Feature) place(ctx context.Context, tx *db.Tx, who actor.Actor, t directory.Tenant, lines []line) (wrong BadFile, err error) {
	var serials []string
	for _, l := range lines {
		serials = append(serials, l.Serial)
	}
	there, err := accounts.SerialsAmong(ctx, tx, t.ID, serials)
	if err != nil {
		return nil, err
	}
	for i := range lines {
		l := &lines[i]
		l.ID, l.Tenant = f.IDs.Random(), t.ID
		if there[string(accounts.SerialKey(l.Serial))] {
			wrong = append(wrong, Wrong{l.Number, "securityinfo.inventory.line.there"})
		}
		if l.UPN == "" {
			continue
		}
		key := ""
		if l.Assigned, key, err = f.waitsFor(ctx, tx, who, t.ID, l.UPN); err != nil {
			return nil, err
		}
		if key != "" {
			wrong = append(wrong, Wrong{l.Number, key})
		}
	}
	return wrong, nil
}

// waitsFor is the member whom a line names.
func (f *Feature) waitsFor(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID, upn string) (userID, wrong string, err error) {
	u, found, err := member(ctx, tx, tenantID, upn)
	if err != nil || !found {
		return "", "securityinfo.inventory.line.member", err
	}
	if who.Kind == actor.Administrator {
		roles, err := directory.RolesOf(ctx, tx, u.ID)
		if err != nil {
			return "", "", err
		}
		if directory.MayActOn(directory.RolesHeld(who), roles) != nil {
			return "", "securityinfo.inventory.line.rank", nil
		}
	}
	return u.ID, "", nil
}
