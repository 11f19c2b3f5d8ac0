package guests

import (
	"net/http"
	"strings"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

func (f *Feature) submitAccept(w http.ResponseWriter, r *http.Request) error {
	t, err := f.Accept(r.Context(), web.VisitOf(r).Actor, r.PathValue("user"))
	if err != nil {
		return refused(w, r, err)
	}
	web.Say(w, "ok", "guests.accept.done", "org", t.Name)
	return web.See(w, r, "/organizations")
}

func (f *Feature) submitDecline(w http.ResponseWriter, r *http.Request) error {
	t, err := f.Decline(r.Context(), web.VisitOf(r).Actor, r.PathValue("user"))
	if err != nil {
		return refused(w, r, err)
	}
	web.Say(w, "ok", "guests.decline.done", "org", t.Name)
	return web.See(w, r, "/organizations")
}

func (f *Feature) submitBlock(w http.ResponseWriter, r *http.Request) error {
	t, err := f.Block(r.Context(), web.VisitOf(r).Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	web.Say(w, "ok", "guests.block.done", "org", t.Name)
	return web.See(w, r, "/organizations/blocked")
}

func (f *Feature) submitUnblock(w http.ResponseWriter, r *http.Request) error {
	t, err := f.Unblock(r.Context(), web.VisitOf(r).Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	web.Say(w, "ok", "guests.unblock.done", "org", t.Name)
	return web.See(w, r, "/organizations/blocked")
}

// refusedData is the page that says why an answer to an invitation is not taken.
type refusedData struct {
	Title, Text, Code string
}

// refused shows a refusal of this room on its own page; any other error stays
// one.
func refused(w http.ResponseWriter, r *http.Request, err error) error {
	s := ui.ShellOf(r)
	why, ok := fault.Of(err)
	if !ok || !strings.HasPrefix(why.Key, "guests.refused.") {
		return err
	}
	return web.Render(w, r, web.Status(err), refusedPage(s, refusedOf(s, why)))
}

func refusedOf(s *ui.Shell, why *fault.Fault) refusedData {
	return refusedData{
		Title: s.T(why.Key, why.Args...),
		Text:  s.T(strings.TrimSuffix(why.Key, "title")+"text", why.Args...),
		Code:  why.Code,
	}
}
