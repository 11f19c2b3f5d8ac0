package experience

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/web"
)

// Feature is the room: its pages and what it reads.
type Feature struct {
	DB        *db.DB
	Directory *directory.Feature
}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /manage/{tenant}/experience", web.Manage, f.showExperience)
	t.Handle("POST /manage/{tenant}/experience", web.Manage, f.submitExperience)
}

// view is the setting as it stands, and the groups to pick from.
type view struct {
	directory.ExperienceSetting
	Groups     []directory.Group
	MoreGroups bool
}

func (f *Feature) view(ctx context.Context, who actor.Actor, tenantID string) (v view, err error) {
	if err := directory.MayRead(who, tenantID, directory.ManageProperties); err != nil {
		return view{}, err
	}
	if v.ExperienceSetting, err = directory.ExperienceOf(ctx, f.DB, tenantID); err != nil {
		return view{}, fmt.Errorf("experience: %w", err)
	}
	if v.Groups, v.MoreGroups, err = directory.FirstGroups(ctx, f.DB, tenantID); err != nil {
		return view{}, fmt.Errorf("experience: %w", err)
	}
	return v, nil
}

// offer puts a group among those to pick from: the one that was chosen may stand
// behind the first ones.
func (v *view) offer(g directory.Group) {
	if g.ID != "" && !slices.ContainsFunc(v.Groups, func(o directory.Group) bool { return o.ID == g.ID }) {
		v.Groups = append(v.Groups, g)
	}
}

// chosen finds the group that a form names, by its name or else by its id; the
// zero group where there is none.
func (f *Feature) chosen(ctx context.Context, tenantID, id, name string) (directory.Group, error) {
	if name != "" {
		g, _, err := directory.GroupNamed(ctx, f.DB, tenantID, name)
		return g, err
	}
	g, _, err := directory.GroupBy(ctx, f.DB, tenantID, id)
	return g, err
}

// touched counts whom a change would give the experience to, and take it from.
func (f *Feature) touched(ctx context.Context, tenantID string, before, after directory.Experience) (gain, lose int, err error) {
	h, err := directory.HomesOf(ctx, f.DB, tenantID, before.Group(), after.Group())
	gain, lose = h.Touched(before, after)
	return gain, lose, err
}

// experience makes an Experience of what a form says, and names what is missing.
func experience(choice string, g directory.Group) (directory.Experience, error) {
	switch choice {
	case chooseAll:
		return directory.ExperienceAll, nil
	case chooseNone:
		return directory.ExperienceNone, nil
	case chooseGroup:
		if g.ID == "" {
			return "", fault.New(fault.Invalid, "group_missing", "directory.experience.group.missing").Field("group", "directory.experience.group.missing")
		}
		return directory.Experience(g.ID), nil
	}
	return "", fault.New(fault.Invalid, "experience_missing", "directory.experience.missing").Field("experience", "directory.experience.missing")
}

const (
	chooseAll   = string(directory.ExperienceAll)
	chooseNone  = string(directory.ExperienceNone)
	chooseGroup = "group"
)

// choice is how a form says an Experience.
func choice(e directory.Experience) string {
	if e.Group() != "" {
		return chooseGroup
	}
	return cmp.Or(string(e), chooseAll)
}
