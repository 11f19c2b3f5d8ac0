package signinpolicies

import (
	"context"
	"fmt"
	"slices"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/policies"
)

// Feature is the room: its pages and what it reads.
type Feature struct {
	DB       *db.DB
	Policies *policies.Feature
}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /manage/{tenant}/policies", web.Manage, f.showList)
	t.Handle("GET /manage/{tenant}/policies/methods", web.Manage, f.showMethods)
	for _, one := range topics {
		path := "/manage/{tenant}/policies/" + one.path
		t.Handle("GET "+path, web.Manage, f.show(one))
		t.Handle("POST "+path, web.Manage, f.submit(one))
		t.Handle("GET "+path+"/check", web.Manage, f.showCheck(one))
	}
	t.Handle("POST /manage/{tenant}/policies/passwords/try", web.Manage, f.submitTry)
}

// view is the policies as they stand, and the groups to pick from.
type view struct {
	policies.View
	Choices    []directory.Group
	MoreGroups bool
}

func (f *Feature) view(ctx context.Context, who actor.Actor, tenantID string) (v view, err error) {
	if v.View, err = f.Policies.View(ctx, who, tenantID); err != nil {
		return view{}, err
	}
	if v.Choices, v.MoreGroups, err = directory.FirstGroups(ctx, f.DB, tenantID); err != nil {
		return view{}, fmt.Errorf("sign-in policies: %w", err)
	}
	return v, nil
}

// wants is a change that a form asks for.
type wants struct {
	view
	topic
	Form  form
	After policies.Policy
}

// wants reads a form of somebody who may change policies.
func (f *Feature) wants(ctx context.Context, who actor.Actor, tenantID string, one topic, in form) (w wants, err error) {
	if err := directory.MayRead(who, tenantID, directory.ManagePolicies); err != nil {
		return wants{}, err
	}
	w.topic, w.Form = one, in
	if w.view, err = f.view(ctx, who, tenantID); err != nil {
		return wants{}, err
	}
	if err := f.named(ctx, tenantID, &w); err != nil {
		return wants{}, err
	}
	w.After = w.Policy
	one.read(w.Form, &w.After)
	return w, nil
}

// unknown says whether no group is called what the form calls one.
func (w wants) unknown() bool { return w.Form.Get("named") != "" || w.Form.Get("excepted") != "" }

// same says whether that is how it stands.
func (w wants) same() bool { return !w.unknown() && w.After.Mark(w.part) == w.Policy.Mark(w.part) }

// problem says why a change cannot be asked for, nil if it can.
func (f *Feature) problem(ctx context.Context, tenantID string, w wants) error {
	if w.Form.Seen() != w.Policy.Mark(w.part) {
		return policies.Changed()
	}
	if w.unknown() {
		p := fault.New(fault.Invalid, "group_missing", "policies.refused.title")
		for _, field := range []string{"named", "excepted"} {
			if w.Form.Get(field) != "" {
				p.Field(field, "policies.scope.named.missing")
			}
		}
		return p
	}
	return policies.Acceptable(ctx, f.DB, tenantID, w.part, w.Policy, w.After)
}

// named puts groups that a form names by their names in place by their ids, and offers
// what was chosen.
func (f *Feature) named(ctx context.Context, tenantID string, w *wants) error {
	for name, field := range map[string]string{"named": "group", "excepted": "except"} {
		typed := w.Form.Get(name)
		if typed == "" {
			continue
		}
		g, found, err := directory.GroupNamed(ctx, f.DB, tenantID, typed)
		if err != nil {
			return err
		}
		if found {
			w.Form.Set(field, g.ID)
			w.Form.Del(name)
		}
	}
	for _, field := range []string{"group", "except"} {
		g, found, err := directory.GroupBy(ctx, f.DB, tenantID, w.Form.Get(field))
		if err != nil {
			return err
		}
		if found {
			w.offer(g)
		}
	}
	return nil
}

// offer puts a group among those to pick from: the one that was chosen may stand
// behind the first ones.
func (v *view) offer(g directory.Group) {
	v.View = v.View.WithGroup(g)
	if !slices.ContainsFunc(v.Choices, func(o directory.Group) bool { return o.ID == g.ID }) {
		v.Choices = append(v.Choices, g)
	}
}

// offerStanding offers the groups that a part speaks of and that are still there.
func (v *view) offerStanding(part policies.Part) {
	for _, id := range v.GroupsOf(part) {
		if name := v.GroupName(id); name != "" {
			v.offer(directory.Group{ID: id, Name: name})
		}
	}
}

// weigh counts whom a change would touch.
func (f *Feature) weigh(ctx context.Context, who actor.Actor, tenantID string, w wants) (weighed, error) {
	effects, err := policies.EffectOf(ctx, f.DB, tenantID, w.part, w.Policy, w.After)
	if err != nil {
		return weighed{}, err
	}
	empty, err := policies.Unpeopled(ctx, f.DB, tenantID, w.part, w.Policy, w.After)
	if err != nil {
		return weighed{}, err
	}
	stopped, err := f.stops(ctx, who, tenantID, w)
	return weighed{Effects: effects, Unpeopled: empty, Stopped: stopped}, err
}

// stops says whether who makes a change would have to set up a method before they can go
// on in the administration.
func (f *Feature) stops(ctx context.Context, who actor.Actor, tenantID string, w wants) (bool, error) {
	if w.part != policies.SecondPart {
		return false, nil
	}
	u, _, err := directory.UserOf(ctx, f.DB, tenantID, who.AccountID)
	if err != nil {
		return false, err
	}
	before, after, guest := w.Policy.SecondStep, w.After.SecondStep, u.Type == directory.Guest
	if !after.AsksAdministrator(guest) {
		return false, nil
	}
	if after.Distrusts(guest) {
		_, bound, err := accounts.BoundIn(ctx, f.DB, tenantID, who.AccountID)
		return !before.Distrusts(guest) && !bound, err
	}
	list, err := accounts.MethodsOf(ctx, f.DB, who.AccountID)
	return !before.AsksAdministrator(guest) && !accounts.HasSecondStep(list), err
}

// weighed is what a change would do.
type weighed struct {
	Effects   []policies.Effect
	Unpeopled []string // ids of groups it would be for, in which nobody is at home
	Stopped   bool     // who makes it needs a method first to go on
}
