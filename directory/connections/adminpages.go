package connections

import (
	"net/http"

	"sojourn/directory/desk"
	"sojourn/internal/web"
	"sojourn/ui"
)

type connectionsData struct {
	desk.Desk
	view
	After string
}

func (d connectionsData) page(s side, after string) string {
	which := ""
	if s == out {
		which = string(out)
	}
	return desk.With(d.At("connections"), "side", which, "after", after)
}

func (d connectionsData) key(thing string) string {
	return "directory.connections." + string(d.Side) + "." + thing
}

func (f *Feature) showConnections(w http.ResponseWriter, r *http.Request) error {
	v, q := web.VisitOf(r), r.URL.Query()
	data := connectionsData{Desk: desk.Of(v), After: q.Get("after")}
	s := in
	if q.Get("side") == string(out) {
		s = out
	}
	var err error
	if data.view, err = f.view(r.Context(), v.Actor, v.Tenant.ID, s, data.After); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, connectionsPage(ui.ShellOf(r), data))
}
