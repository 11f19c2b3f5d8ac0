package signin

import (
	"net/http"

	"github.com/a-h/templ"

	"sojourn/internal/agent"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

func (f *Feature) showNotice(w http.ResponseWriter, r *http.Request) error {
	n, err := f.Notice(r.Context(), r.PathValue("token"))
	if err != nil {
		return noticeGone(w, r, err)
	}
	page := noticePage
	if !n.UsedAt.IsZero() {
		page = disownedPage
	}
	return web.Render(w, r, http.StatusOK, page(ui.ShellOf(r), n))
}

func (f *Feature) submitNotice(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	account, err := f.DisownByLink(r.Context(), v.Actor, r.PathValue("token"))
	if err != nil {
		return noticeGone(w, r, err)
	}
	if v.Person.AccountID == account {
		web.Say(w, "warn", "signin.notice.change")
		return web.See(w, r, "/password")
	}
	return web.See(w, r, r.URL.Path)
}

// noticeGone is the page behind a link that leads nowhere; any other error stays
// one.
func noticeGone(w http.ResponseWriter, r *http.Request, err error) error {
	if !fault.Is(err, "link_dead") {
		return err
	}
	return web.Render(w, r, web.Status(err), noticeGonePage(ui.ShellOf(r)))
}

// browserWords says what a browser calls itself: "Firefox 150 on Windows".
func browserWords(s *ui.Shell, header string) templ.Component {
	a := agent.Of(header)
	switch {
	case a.Browser == "" && a.System == "":
		return s.Msg("signin.mail.unknown")
	case a.Browser == "":
		return ui.Text(a.System)
	case a.System == "":
		return ui.Text(a.Browser)
	}
	return s.Msg("signin.notice.on", "browser", a.Browser, "system", a.System)
}
