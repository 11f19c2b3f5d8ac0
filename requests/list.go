package requests

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// List is a page of a person's requests.
type List struct {
	Requests []Request
	First    bool
	Next     string // cursor of the next page
}

// Mine lists the person's own requests, the newest first.
func (f *Feature) Mine(ctx context.Context, who actor.Actor, after directory.Cursor) (List, error) {
	list := List{First: after.ID == ""}
	var before time.Time
	if at, err := strconv.ParseInt(string(after.Key), 10, 64); err == nil {
		before = time.UnixMicro(at)
	} else {
		after.ID = ""
	}
	rows, err := listMine(ctx, f.DB, who.AccountID, before, after.ID, directory.PageSize+1)
	if err != nil {
		return List{}, fmt.Errorf("list requests: %w", err)
	}
	list.Requests, list.Next = directory.Cut(rows, func(r Request) directory.Cursor {
		return directory.Cursor{Key: strconv.AppendInt(nil, r.OpenedAt.UnixMicro(), 10), ID: r.ID}
	})
	for i := range list.Requests {
		list.Requests[i] = asRead(list.Requests[i], f.DB.Now())
	}
	return list, nil
}

// View is a request with its steps.
type View struct {
	Request
	Events  []Event
	Contact string // of the organization
}

// One reads one of the person's own requests. What administrators noted for each
// other is not theirs to read.
func (f *Feature) One(ctx context.Context, who actor.Actor, requestID string) (View, error) {
	r, found, err := ofPerson(ctx, f.DB, who.AccountID, requestID)
	if err != nil || !found {
		return View{}, missing(err)
	}
	v := View{Request: asRead(r, f.DB.Now())}
	all, err := eventsOf(ctx, f.DB, r)
	if err != nil {
		return View{}, fmt.Errorf("request: %w", err)
	}
	for _, e := range all {
		if e.What != Noted {
			v.Events = append(v.Events, e)
		}
	}
	t, _, err := directory.TenantBy(ctx, f.DB, r.TenantID)
	v.Contact = t.Contact()
	return v, err
}

// Draft is what the form of a new request says before anything is sent.
type Draft struct {
	Kind         Kind
	TenantID     string
	Organization string
	Contact      string
	Deciders     int       // how many administrators may decide, up to a few
	DueAt        time.Time // if it were sent now
	Already      string    // id of the open request of this kind, "" without one
	Refused      *fault.Fault
	Rest         time.Time // from when on it can be asked again, where it rests
}

// Draft says whether a person may ask, and what would happen.
func (f *Feature) Draft(ctx context.Context, who actor.Actor, kind Kind, tenantID string) (Draft, error) {
	if !id.Valid(tenantID) {
		return Draft{}, fault.Missing()
	}
	m, err := f.matter(ctx, f.DB, who, kind, tenantID)
	if err != nil {
		return Draft{}, fmt.Errorf("draft of a request: %w", err)
	}
	now := f.DB.Now()
	d := Draft{
		Kind: kind, TenantID: m.tenant.ID, Organization: m.tenant.Name, Contact: m.tenant.Contact(), Deciders: len(m.officials),
		DueAt: dueAt(kind, now, m.user.PurgeAt),
	}
	old, found, err := openOne(ctx, f.DB, m.tenant.ID, who.AccountID, kind)
	if err != nil {
		return Draft{}, err
	}
	if found && asRead(old, now).State == Open {
		d.Already = old.ID
		return d, nil
	}
	err = ask(m.standing, now)
	refused, isFault := fault.Of(err)
	if !isFault || refused.Kind == fault.NotFound {
		return d, err
	}
	if d.Refused = refused; refused.Code == "declined_lately" {
		d.Rest = restUntil(m.declinedAt)
	}
	return d, nil
}
