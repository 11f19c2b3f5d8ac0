package guests

import (
	"testing"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
)

func TestSetLeave(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		read := func() LeaveSetting {
			t.Helper()
			s, err := w.f.LeaveSetting(w.ctx, w.sam, w.contoso)
			w.must(err)
			return s
		}
		if s := read(); s != (LeaveSetting{Allowed: true, UndoDays: directory.UndoDays}) {
			t.Errorf("at first it is %+v", s)
		}
		w.must(w.f.SetLeave(w.ctx, w.sam, w.contoso, false))
		s := read()
		if s.Allowed || s.SetBy != "Sam Rivera" || s.SetAt.IsZero() || s.ByOperator {
			t.Errorf("then it is %+v", s)
		}
		w.must(w.f.SetLeave(w.ctx, actor.OperatorActor(), "contoso.example", false)) // changes nothing
		if again := read(); again != s {
			t.Errorf("repeated, it is %+v", again)
		}
		w.must(w.f.SetLeave(w.ctx, actor.OperatorActor(), "contoso.example", true))
		if s := read(); !s.Allowed || s.SetBy != "" || !s.ByOperator {
			t.Errorf("at last it is %+v", s)
		}
		if n := w.count(`SELECT count(*) FROM audit WHERE act = 'setting.external_user_leave' AND target = $1 AND tenant_id = $1 AND result = 'done'`, w.contoso); n != 2 {
			t.Errorf("%d audit rows, want 2", n)
		}
		if n := w.count(`SELECT count(*) FROM settings WHERE tenant_id = $1 AND name = 'external_user_leave' AND value = 'yes'`, w.contoso); n != 1 {
			t.Error("the row is not as others read it")
		}
	})
}

func TestSetLeave_rights(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		forged := w.uma
		forged.Roles = []string{string(directory.GlobalAdministrator)}
		for _, who := range []actor.Actor{w.uma, w.gil, w.rea, forged, person(w.sam)} {
			w.refused(w.f.SetLeave(w.ctx, who, w.contoso, false), fault.Forbidden, "role_missing")
		}
		w.refused(w.f.SetLeave(w.ctx, w.sam, w.fabrikam, false), fault.NotFound, "not_found")
		_, err := w.f.LeaveSetting(w.ctx, w.uma, w.contoso)
		w.refused(err, fault.Forbidden, "role_missing")
		_, err = w.f.LeaveSetting(w.ctx, w.sam, w.fabrikam)
		w.refused(err, fault.NotFound, "not_found")
		if n := w.count(`SELECT count(*) FROM settings`); n != 0 {
			t.Errorf("%d settings", n)
		}
	})
}
