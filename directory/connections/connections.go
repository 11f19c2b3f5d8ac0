package connections

import (
	"context"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/web"
)

// Feature is the room: its page and what it reads.
type Feature struct {
	DB *db.DB
}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /manage/{tenant}/connections", web.Manage, f.showConnections)
}

// side is which way a connection goes, seen from the organization.
type side string

const (
	in  side = "in"  // people from elsewhere, here
	out side = "out" // people from here, elsewhere
)

// view is one page of the connections of a tenant.
type view struct {
	Side        side
	Connections []directory.Connection
	Next        string
}

func (f *Feature) view(ctx context.Context, who actor.Actor, tenantID string, s side, after string) (v view, err error) {
	if err := directory.MayRead(who, tenantID, directory.ReadDirectory); err != nil {
		return view{}, err
	}
	read := directory.ConnectionsIn
	if s == out {
		read = directory.ConnectionsOut
	}
	list, err := read(ctx, f.DB, tenantID, directory.ParseCursor(after), directory.PageSize+1)
	v.Side = s
	v.Connections, v.Next = directory.Cut(list, directory.ConnectionCursor)
	return v, err
}
