package signin

import (
	"net/http"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

// noticeForm is the page of a notice about a method.
type noticeForm struct {
	Notice
	Path    string // of the link
	Problem string // with the password
}

func (f *Feature) showNotice(w http.ResponseWriter, r *http.Request) error {
	n, err := f.Notice(r.Context(), r.PathValue("token"))
	if err != nil {
		return noticeGone(w, r, err)
	}
	s := ui.ShellOf(r)
	switch {
	case n.Added:
		return web.Render(w, r, http.StatusOK, addedPage(s, noticeForm{Notice: n, Path: r.URL.Path}))
	case !n.UsedAt.IsZero():
		return web.Render(w, r, http.StatusOK, disownedPage(s, n))
	}
	return web.Render(w, r, http.StatusOK, noticePage(s, n))
}

func (f *Feature) submitNotice(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	done, err := f.DisownByLink(r.Context(), v.Actor, r.PathValue("token"))
	if err != nil {
		return noticeGone(w, r, err)
	}
	if v.Person.AccountID == done.Account && !done.Added { // whose own session goes on
		web.Say(w, "warn", "signin.notice.change")
		return web.See(w, r, "/password")
	}
	return web.See(w, r, r.URL.Path)
}

// showRemoval is where a page that asked again leads whoever opens it by its address.
func (f *Feature) showRemoval(w http.ResponseWriter, r *http.Request) error {
	if _, err := f.Notice(r.Context(), r.PathValue("token")); err != nil {
		return noticeGone(w, r, err)
	}
	return web.See(w, r, noticePath(r))
}

func (f *Feature) submitRemoval(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	err := f.RemoveByLink(r.Context(), web.VisitOf(r).Actor, token, r.PostFormValue("password"))
	if err == nil {
		return web.See(w, r, noticePath(r))
	}
	s := ui.ShellOf(r)
	problem := removalProblem(s, err)
	if problem == "" {
		return noticeGone(w, r, err)
	}
	n, readErr := f.Notice(r.Context(), token)
	if readErr != nil {
		return noticeGone(w, r, readErr)
	}
	return web.Render(w, r, web.Status(err), addedPage(s, noticeForm{Notice: n, Path: noticePath(r), Problem: problem}))
}

func noticePath(r *http.Request) string { return "/not-me/" + r.PathValue("token") }

// noticeGone is the page behind a link that leads nowhere; any other error stays
// one.
func noticeGone(w http.ResponseWriter, r *http.Request, err error) error {
	if !fault.Is(err, "link_dead") {
		return err
	}
	return web.Render(w, r, web.Status(err), noticeGonePage(ui.ShellOf(r)))
}
