package requests

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Filter narrows the queue. Empty fields do not narrow.
type Filter struct {
	Kind  Kind
	State State
	Late  bool // only those whose answer is overdue
}

// Queue is a page of the requests made to an organization.
type Queue struct {
	Requests []Request
	Kinds    []Kind // the asker decides about
	Late     int    // overdue ones among them
	Next     string
}

// Queue lists requests made to an organization: open ones by due date, then closed
// ones, the latest first. Who decides about some kinds sees those.
func (f *Feature) Queue(ctx context.Context, who actor.Actor, tenantID string, n Filter, after directory.Cursor) (q Queue, err error) {
	if err := directory.MayRead(who, tenantID, directory.AnswerMemberships); err != nil {
		return Queue{}, err
	}
	now := f.DB.Now()
	q.Kinds = visible(directory.RolesHeld(who))
	var four [4]Kind
	copy(four[:], q.Kinds)
	var w db.Where
	w.And(`r.tenant_id = $?`, tenantID)
	w.And(`r.kind IN ($?, $?, $?, $?)`, four[0], four[1], four[2], four[3])
	if at, err := strconv.ParseInt(string(after.Key), 10, 64); err == nil {
		w.And(`(r.place, r.id) > ($?, $?)`, at, after.ID)
	}
	if n.Kind != "" {
		w.And(`r.kind = $?`, n.Kind)
	}
	if n.State != "" {
		w.And(`r.state = $?`, n.State)
	}
	if n.Late {
		w.And(`r.state = 'open' AND r.place <= $?`, db.Micros(now))
	}
	rows, err := listQueue(ctx, f.DB, w, directory.PageSize+1)
	if err != nil {
		return Queue{}, fmt.Errorf("queue of requests: %w", err)
	}
	q.Requests, q.Next = directory.Cut(rows, func(r Request) directory.Cursor {
		return directory.Cursor{Key: strconv.AppendInt(nil, place(r), 10), ID: r.ID}
	})
	for i := range q.Requests {
		q.Requests[i] = asRead(q.Requests[i], now)
	}
	q.Late, err = countLate(ctx, f.DB, tenantID, four, now)
	return q, err
}

// Case is a request as administrators see it.
type Case struct {
	Request
	Events   []Event
	Groups   []directory.Named // what the user has, and loses or gets back
	Roles    []directory.Role
	Refused  *fault.Fault   // why the asker may not decide
	NoMore   *fault.Fault   // why the due date cannot be moved
	Twin     directory.User // the live user that is in the way of restoring; zero without one
	Resolves bool           // the asker may resolve that
	Proof    bool           // approving asks for a fresh proof, and there is none
}

// Decidable says whether the asker may decide now.
func (c Case) Decidable() bool { return c.State == Open && c.Refused == nil }

// Case reads a request made to an organization.
func (f *Feature) Case(ctx context.Context, who actor.Actor, tenantID, requestID string) (c Case, err error) {
	if err := directory.MayRead(who, tenantID, directory.AnswerMemberships); err != nil {
		return Case{}, err
	}
	r, found, err := ofTenant(ctx, f.DB, tenantID, requestID)
	if err != nil || !found || !slices.Contains(visible(directory.RolesHeld(who)), r.Kind) {
		return Case{}, missing(err)
	}
	now := f.DB.Now()
	c.Request = asRead(r, now)
	c.Proof = needsProof(r) && !who.Proved(now)
	if c.Events, err = eventsOf(ctx, f.DB, r); err != nil {
		return Case{}, fmt.Errorf("request: %w", err)
	}
	_, theirs, err := ranks(ctx, f.DB, who, r)
	if err != nil {
		return Case{}, err
	}
	c.Refused, _ = fault.Of(decides(r, who.AccountID, directory.RolesHeld(who), theirs))
	c.NoMore, _ = fault.Of(extendable(r, now))
	return c, f.stakes(ctx, &c, who, theirs)
}

// stakes reads what approving would do to the user.
func (f *Feature) stakes(ctx context.Context, c *Case, who actor.Actor, theirs []directory.Role) (err error) {
	if c.UserID == "" || c.State != Open || c.Kind != Removal && c.Kind != Restore {
		return nil
	}
	c.Roles = theirs
	if c.Groups, err = directory.GroupsOf(ctx, f.DB, c.UserID); err != nil || c.Kind != Restore {
		return err
	}
	u, found, err := directory.AnyUser(ctx, f.DB, c.TenantID, c.UserID)
	if err != nil || !found {
		return err
	}
	c.Twin, _, err = directory.LiveTwin(ctx, f.DB, u)
	c.Resolves = directory.MayRead(who, c.TenantID, directory.ManageUsers) == nil
	return err
}
