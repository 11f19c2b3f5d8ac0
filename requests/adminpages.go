package requests

import (
	"net/http"
	"net/url"
	"time"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

const overdue = "overdue" // in the filter, beside the states

// narrowing is how the queue is narrowed down, as its form says it.
type narrowing struct {
	Kind, State, After string
}

func narrowingOf(q url.Values) narrowing {
	n := narrowing{Kind: string(desk.OneOf(q.Get("kind"), Kinds...)), State: string(desk.OneOf(q.Get("state"), States...)), After: q.Get("after")}
	if q.Get("state") == overdue {
		n.State = overdue
	}
	return n
}

func (n narrowing) filter() Filter {
	f := Filter{Kind: Kind(n.Kind), State: State(n.State)}
	if n.State == overdue {
		f.State, f.Late = "", true
	}
	return f
}

func (n narrowing) narrows() bool { return n.Kind+n.State != "" }

func (n narrowing) page(d desk.Desk, after string) string {
	return desk.With(d.At("requests"), "kind", n.Kind, "state", n.State, "after", after)
}

type queueData struct {
	desk.Desk
	Queue
	Narrowing narrowing
}

func (f *Feature) showQueue(w http.ResponseWriter, r *http.Request) error {
	v, n := web.VisitOf(r), narrowingOf(r.URL.Query())
	q, err := f.Queue(r.Context(), v.Actor, v.Tenant.ID, n.filter(), directory.ParseCursor(n.After))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, queuePage(ui.ShellOf(r), queueData{Desk: desk.Of(v), Queue: q, Narrowing: n}))
}

// caseData is a request with what was typed into one of its forms.
type caseData struct {
	desk.Desk
	Case
	Typed    string // answer, reason or note
	Day      string // new due date
	Problems []ui.FieldError
	Conflict bool // restoring failed: the person has a live user again
}

// at is the path of the request, or of one of its acts.
func (d caseData) at(act string) string {
	if act == "" {
		return d.At("requests", d.ID)
	}
	return d.At("requests", d.ID, act)
}

func (f *Feature) showCase(w http.ResponseWriter, r *http.Request) error {
	return f.draw(w, r, http.StatusOK, caseView, nil)
}

// view is one of the pages of a request.
type view int

const (
	caseView view = iota
	approveView
	declineView
	extendView
)

// draw shows one of the pages of a request; typed fills in what was refused. Who may
// not decide, or too late, is shown the request itself, which says why.
func (f *Feature) draw(w http.ResponseWriter, r *http.Request, status int, which view, typed *caseData) error {
	v := web.VisitOf(r)
	c, err := f.Case(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("request"))
	if err != nil {
		return err
	}
	d := caseData{}
	if typed != nil {
		d = *typed
	}
	d.Desk, d.Case = desk.Of(v), c
	s := ui.ShellOf(r)
	if which != caseView && !c.Decidable() || which == extendView && c.NoMore != nil {
		return desk.Back(w, r, d.at(""))
	}
	switch which {
	case approveView:
		if c.Proof {
			return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
		}
		return web.Render(w, r, status, approvePage(s, d))
	case declineView:
		return web.Render(w, r, status, declinePage(s, d))
	case extendView:
		if d.Day == "" {
			d.Day = latest(c.Request).In(v.Zone).Format(time.DateOnly)
		}
		return web.Render(w, r, status, extendPage(s, d))
	}
	return web.Render(w, r, status, casePage(s, d))
}

// again shows a form anew with what is wrong; other errors stay errors.
func (f *Feature) again(w http.ResponseWriter, r *http.Request, err error, which view, typed caseData) error {
	wrong, ok := desk.FormFault(err)
	if !ok {
		return err
	}
	typed.Problems = desk.Problems(web.VisitOf(r).Locale, wrong)
	return f.draw(w, r, web.Status(err), which, &typed)
}

func (f *Feature) showApprove(w http.ResponseWriter, r *http.Request) error {
	return f.draw(w, r, http.StatusOK, approveView, nil)
}

func (f *Feature) submitApprove(w http.ResponseWriter, r *http.Request) error {
	v, answer := web.VisitOf(r), r.PostFormValue("answer")
	err := f.Approve(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("request"), answer)
	if fault.Is(err, "restore_conflict") {
		return f.draw(w, r, web.Status(err), caseView, &caseData{Conflict: true})
	}
	if err != nil {
		return f.again(w, r, err, approveView, caseData{Typed: answer})
	}
	return f.decided(w, r, "requests.case.approved")
}

func (f *Feature) showDecline(w http.ResponseWriter, r *http.Request) error {
	return f.draw(w, r, http.StatusOK, declineView, nil)
}

func (f *Feature) submitDecline(w http.ResponseWriter, r *http.Request) error {
	v, reason := web.VisitOf(r), r.PostFormValue("answer")
	if err := f.Decline(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("request"), reason); err != nil {
		return f.again(w, r, err, declineView, caseData{Typed: reason})
	}
	return f.decided(w, r, "requests.case.declined")
}

func (f *Feature) showExtend(w http.ResponseWriter, r *http.Request) error {
	return f.draw(w, r, http.StatusOK, extendView, nil)
}

func (f *Feature) submitExtend(w http.ResponseWriter, r *http.Request) error {
	v, reason, day := web.VisitOf(r), r.PostFormValue("answer"), r.PostFormValue("date")
	at, err := time.ParseInLocation(time.DateOnly, day, v.Zone)
	if err != nil {
		at = time.Time{} // told at its field
	}
	if err := f.Extend(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("request"), at, reason); err != nil {
		return f.again(w, r, err, extendView, caseData{Typed: reason, Day: day})
	}
	return f.decided(w, r, "requests.case.extended")
}

func (f *Feature) submitNote(w http.ResponseWriter, r *http.Request) error {
	v, note := web.VisitOf(r), r.PostFormValue("note")
	if err := f.Note(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("request"), note); err != nil {
		return f.again(w, r, err, caseView, caseData{Typed: note})
	}
	return f.decided(w, r, "requests.case.noted")
}

// decided leads back to the request.
func (f *Feature) decided(w http.ResponseWriter, r *http.Request, said string) error {
	return desk.Done(w, r, nil, desk.Of(web.VisitOf(r)).At("requests", r.PathValue("request")), said)
}
