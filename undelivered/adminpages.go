package undelivered

import (
	"net/http"

	"sojourn/directory/desk"
	"sojourn/internal/web"
	"sojourn/ui"
)

type listData struct {
	desk.Desk
	Messages []Message
	After    string // the cursor this page is of
	Next     string
}

func (d listData) page(after string) string { return desk.With(d.At("undelivered"), "after", after) }

func (f *Feature) showList(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	d := listData{Desk: desk.Of(v), After: r.URL.Query().Get("after")}
	var err error
	if d.Messages, d.Next, err = f.List(r.Context(), v.Actor, v.Tenant.ID, d.After); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, listPage(ui.ShellOf(r), d))
}

func (f *Feature) submitRetry(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.Retry(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("message"))
	return desk.Done(w, r, err, desk.Of(v).At("undelivered"), "undelivered.retry.done")
}

func (f *Feature) submitDiscard(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.Discard(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("message"))
	return desk.Done(w, r, err, desk.Of(v).At("undelivered"), "undelivered.discard.done")
}
