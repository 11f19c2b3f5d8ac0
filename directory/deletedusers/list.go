package deletedusers

import (
	"context"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
)

// soon is how near a purge is that a tab of its own warns of.
const soon = 3 * 24 * time.Hour

// counted is up to where the tabs count.
const counted = 1000

// counts are the numbers on the tabs, as far as counted.
type counts struct{ All, Soon, Held int }

// view is one page of the deleted users of a tenant.
type view struct {
	counts
	Lines []directory.DeletedUser
	Next  string // cursor of the next page
}

// narrow is the filter of the list as its page asks for it.
type narrow struct {
	directory.DeletedFilter
	Soonest bool // only those that the tab warns of
}

// list reads one page of Deleted users.
func (f *Feature) list(ctx context.Context, who actor.Actor, tenantID string, n narrow, after string) (v view, err error) {
	if err := directory.MayRead(who, tenantID, directory.ReadDeleted); err != nil {
		return view{}, err
	}
	near := f.DB.Now().Add(soon)
	if n.Soonest {
		n.Soon = near
	}
	lines, err := directory.Deleted(ctx, f.DB, tenantID, n.DeletedFilter, directory.ParseCursor(after), directory.PageSize+1)
	if err != nil {
		return view{}, err
	}
	v.Lines, v.Next = directory.Cut(lines, func(d directory.DeletedUser) directory.Cursor { return directory.DeletedCursor(d.User) })
	v.counts, err = countDeleted(ctx, f.DB, tenantID, near, counted)
	return v, err
}
