package inventory

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

type listData struct {
	desk.Desk
	Filter accounts.TokenFilter
	After  string
	Lines  []Line
	Next   string
}

func filterOf(q url.Values) accounts.TokenFilter {
	return accounts.TokenFilter{Serial: desk.Query(q), State: desk.OneOf(q.Get("state"), accounts.TokenAvailable, accounts.TokenAssigned, accounts.TokenActivated)}
}

func (d listData) page(after string) string {
	return desk.With(d.At("hardware-tokens"), "q", d.Filter.Serial, "state", string(d.Filter.State), "after", after)
}

func (d listData) narrows() bool { return d.Filter != accounts.TokenFilter{} }

func (f *Feature) showList(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	d := listData{Desk: desk.Of(v), Filter: filterOf(r.URL.Query()), After: r.URL.Query().Get("after")}
	var err error
	if d.Lines, d.Next, err = f.List(r.Context(), v.Actor, v.Tenant.ID, d.Filter, d.After); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, listPage(ui.ShellOf(r), d))
}

type uploadData struct {
	desk.Desk
	Wrong    []Wrong
	More     int // lines that are wrong besides
	Problems []ui.FieldError
}

func (f *Feature) showUpload(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	if err := directory.MayRead(v.Actor, v.Tenant.ID, right); err != nil {
		return err
	}
	if err := securityinfo.Fresh(v.Actor, v.Now); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, uploadPage(ui.ShellOf(r), uploadData{Desk: desk.Of(v)}))
}

func (f *Feature) submitUpload(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	data, err := sent(r)
	if err != nil {
		return err
	}
	n, err := f.Upload(r.Context(), v.Actor, v.Tenant.ID, data)
	d := uploadData{Desk: desk.Of(v)}
	if bad := (BadFile)(nil); errors.As(err, &bad) {
		d.Wrong, d.More = bad[:min(len(bad), maxWrong)], max(0, len(bad)-maxWrong)
		d.Problems = []ui.FieldError{{Field: "file", Text: s.N("securityinfo.inventory.file.lines", bad.lines())}}
		return web.Render(w, r, http.StatusUnprocessableEntity, uploadPage(s, d))
	}
	if wrong, ok := desk.FormFault(err); ok {
		d.Problems = desk.Problems(v.Locale, wrong)
		return web.Render(w, r, web.Status(err), uploadPage(s, d))
	}
	return desk.Done(w, r, err, d.At("hardware-tokens"), "securityinfo.inventory.upload.done", "tokens", strconv.Itoa(n))
}

// sent is the file of an upload; nothing where none was chosen.
func sent(r *http.Request) ([]byte, error) {
	file, _, err := r.FormFile("file")
	if err != nil {
		return nil, nil // an upload without a file is told like an empty one
	}
	defer file.Close()
	return io.ReadAll(file)
}

type tokenData struct {
	desk.Desk
	Line
	Name     string // as typed
	Problems []ui.FieldError
}

func (f *Feature) showAssign(w http.ResponseWriter, r *http.Request) error {
	return f.drawAssign(w, r, http.StatusOK, "", nil)
}

func (f *Feature) drawAssign(w http.ResponseWriter, r *http.Request, status int, name string, problems []ui.FieldError) error {
	v := web.VisitOf(r)
	l, err := f.ask(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("token"))
	if err != nil {
		return err
	}
	return web.Render(w, r, status, assignPage(ui.ShellOf(r), tokenData{Desk: desk.Of(v), Line: l, Name: name, Problems: problems}))
}

func (f *Feature) submitAssign(w http.ResponseWriter, r *http.Request) error {
	v, name := web.VisitOf(r), r.PostFormValue("name")
	err := f.Assign(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("token"), name)
	if wrong, ok := desk.FormFault(err); ok {
		return f.drawAssign(w, r, web.Status(err), name, desk.Problems(v.Locale, wrong))
	}
	return desk.Done(w, r, err, desk.Of(v).At("hardware-tokens"), "securityinfo.inventory.assign.done")
}

func (f *Feature) submitUnassign(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.Unassign(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("token"))
	return desk.Done(w, r, err, desk.Of(v).At("hardware-tokens"), "securityinfo.inventory.unassign.done")
}

func (f *Feature) showDelete(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	l, err := f.ask(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("token"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, deletePage(ui.ShellOf(r), tokenData{Desk: desk.Of(v), Line: l}))
}

func (f *Feature) submitDelete(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	err := f.Delete(r.Context(), v.Actor, v.Tenant.ID, r.PathValue("token"))
	return desk.Done(w, r, err, desk.Of(v).At("hardware-tokens"), "securityinfo.inventory.delete.done")
}
