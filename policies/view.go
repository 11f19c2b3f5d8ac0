package policies

import (
	"context"
	"fmt"
	"slices"

	"sojourn/directory"
	"sojourn/internal/actor"
)

// View is the policy of an organization for those who look after it.
type View struct {
	Policy
	names map[string]string // of groups, by id
	set   map[Part]directory.Setting
}

// Set is when a part was last changed, and by whom; its time is zero while nobody
// has.
func (v View) Set(part Part) directory.Setting { return v.set[part] }

// GroupName is the name of a group that the policy speaks of, "" for one that was
// deleted.
func (v View) GroupName(id string) string { return v.names[id] }

// WithGroup is the same view that knows another group's name too.
func (v View) WithGroup(g directory.Group) View {
	names := map[string]string{g.ID: g.Name}
	for id, name := range v.names {
		names[id] = name
	}
	v.names = names
	return v
}

// Gone says whether a part speaks of a group that was deleted: it means nobody
// then, and excepts nobody.
func (v View) Gone(part Part) bool {
	return slices.ContainsFunc(v.GroupsOf(part), func(id string) bool { return v.names[id] == "" })
}

// View reads the policy of an organization for its pages.
func (f *Feature) View(ctx context.Context, who actor.Actor, tenantID string) (View, error) {
	if err := directory.MayRead(who, tenantID, directory.ReadPolicies); err != nil {
		return View{}, err
	}
	v := View{Policy: Default(), set: map[Part]directory.Setting{}}
	kept, err := directory.SettingsUnder(ctx, f.DB, tenantID, settingPrefix)
	if err != nil {
		return View{}, fmt.Errorf("policies: %w", err)
	}
	for _, s := range kept {
		if err := v.take(s.Name, s.Value); err != nil {
			return View{}, err
		}
		v.set[Part(s.Name[len(settingPrefix):])] = s
	}
	var ids []string
	for _, part := range Parts {
		ids = append(ids, v.GroupsOf(part)...)
	}
	if v.names, err = groupNames(ctx, f.DB, tenantID, ids); err != nil {
		return View{}, fmt.Errorf("policies: %w", err)
	}
	return v, nil
}

// MadeUp is a view of what has been made up, for previews.
func MadeUp(p Policy, names map[string]string, set map[Part]directory.Setting) View {
	return View{Policy: p, names: names, set: set}
}
