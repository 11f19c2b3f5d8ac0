package activity

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Recent is a page of a person's sign-ins, the newest first.
type Recent struct {
	First    bool      // this is the first page
	Sessions []Session // on the first page: what is open, the last used first
	SignIns  []SignIn
	Next     string // cursor of the next page
}

const recentPageSize = 25

// Recent reads what happened with the asker's own account.
func (f *Feature) Recent(ctx context.Context, who actor.Actor, after string) (Recent, error) {
	r, err := f.recent(ctx, who, directory.ParseCursor(after))
	if err != nil {
		return Recent{}, fmt.Errorf("recent activity: %w", err)
	}
	return r, nil
}

func (f *Feature) recent(ctx context.Context, who actor.Actor, after directory.Cursor) (r Recent, err error) {
	target, err := targetOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return Recent{}, err
	}
	from, ok := behind(after)
	if r.First = !ok; r.First {
		if r.Sessions, err = f.Sessions.OpenSessions(ctx, who.AccountID); err != nil {
			return Recent{}, err
		}
	}
	if r.SignIns, err = signIns(ctx, f.DB, target, who.AccountID, from, recentPageSize+1); err != nil {
		return Recent{}, err
	}
	if len(r.SignIns) > recentPageSize {
		r.SignIns = r.SignIns[:recentPageSize]
		last := r.SignIns[recentPageSize-1]
		r.Next = cursor(last.At, last.ID).String()
	}
	return r, nameTenants(ctx, f.DB, r.SignIns)
}

// targetOf is what rows about a person's sign-ins call them: the user of the
// home organization, else the account.
func targetOf(ctx context.Context, c db.Conn, accountID string) (string, error) {
	a, found, err := accounts.Get(ctx, c, accountID)
	if err == nil && !found {
		err = fault.Missing()
	}
	return cmp.Or(a.HomeUserID, a.ID), err
}

// nameTenants fills in the names of the organizations selected. All of them are
// the person's own: nothing else is noted.
func nameTenants(ctx context.Context, c db.Conn, list []SignIn) error {
	var ids []string
	for _, s := range list {
		ids = append(ids, s.tenant)
	}
	names, err := tenantNames(ctx, c, ids)
	for i := range list {
		list[i].Organization = names[list[i].tenant]
	}
	return err
}

// SignIn reads one of the asker's own sign-ins.
func (f *Feature) SignIn(ctx context.Context, who actor.Actor, id string) (SignIn, error) {
	s, err := f.signIn(ctx, who, id)
	if err != nil {
		return SignIn{}, fmt.Errorf("sign-in: %w", err)
	}
	return s, nil
}

func (f *Feature) signIn(ctx context.Context, who actor.Actor, id string) (SignIn, error) {
	target, err := targetOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return SignIn{}, err
	}
	s, found, err := signInOf(ctx, f.DB, target, who.AccountID, id)
	if err != nil {
		return SignIn{}, err
	}
	if !found {
		return SignIn{}, fault.Missing()
	}
	one := []SignIn{s}
	err = nameTenants(ctx, f.DB, one)
	return one[0], err
}

// NotMe is the asker's word that a sign-in was not theirs. Of a refused one there is
// nothing to end, and nothing ends.
func (f *Feature) NotMe(ctx context.Context, who actor.Actor, id string) (ended bool, err error) {
	s, err := f.SignIn(ctx, who, id)
	if err != nil || !s.Done {
		return false, err
	}
	return true, f.Sessions.Disown(ctx, who, s.Session)
}

// Week counts the sign-ins of an account in the last seven days, and the refused
// tries.
func (f *Feature) Week(ctx context.Context, accountID string) (done, refused int, err error) {
	target, err := targetOf(ctx, f.DB, accountID)
	if err == nil {
		done, refused, err = countSignIns(ctx, f.DB, target, f.DB.Now().Add(-7*24*time.Hour))
	}
	if err != nil {
		return 0, 0, fmt.Errorf("recent activity: %w", err)
	}
	return done, refused, nil
}
