package requests

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"sojourn/directory"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

func (f *Feature) showMine(w http.ResponseWriter, r *http.Request) error {
	list, err := f.Mine(r.Context(), web.VisitOf(r).Actor, directory.ParseCursor(r.URL.Query().Get("after")))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, minePage(ui.ShellOf(r), list))
}

func (f *Feature) showOne(w http.ResponseWriter, r *http.Request) error {
	v, err := f.One(r.Context(), web.VisitOf(r).Actor, r.PathValue("request"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, onePage(ui.ShellOf(r), v))
}

// form is the form of a new request as it was filled in.
type form struct {
	Draft
	Text     string
	Problems []ui.FieldError
}

func (f *Feature) showNew(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	return f.drawNew(w, r, http.StatusOK, Ask{Kind: Kind(q.Get("kind")), TenantID: q.Get("organization")}, nil)
}

// drawNew shows the form, or why there is none; where such a request is open, that
// one.
func (f *Feature) drawNew(w http.ResponseWriter, r *http.Request, status int, a Ask, wrong []ui.FieldError) error {
	d, err := f.Draft(r.Context(), web.VisitOf(r).Actor, a.Kind, a.TenantID)
	switch {
	case err != nil:
		return err
	case d.Already != "":
		return web.See(w, r, "/requests/"+d.Already)
	case d.Refused != nil:
		return web.Render(w, r, web.Status(d.Refused), refusedPage(ui.ShellOf(r), d))
	}
	return web.Render(w, r, status, newPage(ui.ShellOf(r), form{Draft: d, Text: a.Text, Problems: wrong}))
}

func (f *Feature) submitNew(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	a := Ask{Kind: Kind(r.PostFormValue("kind")), TenantID: r.PostFormValue("organization"), Text: r.PostFormValue("text")}
	requestID, err := f.Open(r.Context(), v.Actor, a)
	if wrong, ok := fault.Of(err); ok {
		switch {
		case len(wrong.Fields) > 0:
			return f.drawNew(w, r, web.Status(err), a, []ui.FieldError{{Field: "text", Text: v.Locale.T(wrong.Key, wrong.Args...)}})
		case wrong.Code == "too_many_requests":
			return err
		case strings.HasPrefix(wrong.Key, "requests.refused."):
			return f.drawNew(w, r, web.Status(err), a, nil) // the page that says why
		}
	}
	if err != nil {
		return err
	}
	return web.See(w, r, "/requests/"+requestID)
}

func (f *Feature) submitWithdraw(w http.ResponseWriter, r *http.Request) error {
	requestID := r.PathValue("request")
	if err := f.Withdraw(r.Context(), web.VisitOf(r).Actor, requestID); err != nil {
		return err
	}
	web.Say(w, "ok", "requests.one.withdrawn")
	return web.See(w, r, "/requests/"+requestID)
}

// newHref is the form for one kind of request.
func newHref(k Kind, tenantID string) string {
	return "/requests/new?kind=" + string(k) + "&organization=" + tenantID
}

// moreHref is the page behind this one, "" on the last.
func moreHref(s *ui.Shell, l List) templ.SafeURL {
	if l.Next == "" {
		return ""
	}
	return s.Href("/requests?after=" + l.Next)
}

func firstHref(s *ui.Shell, l List) templ.SafeURL {
	if l.First {
		return ""
	}
	return s.Href("/requests")
}
