package guests

import (
	"context"
	"fmt"
	"strconv"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
)

// LeaveSetting reads External user leave settings for its page. Yes is the
// default and needs no contact; so are the days in which leaving can be undone.
func (f *Feature) LeaveSetting(ctx context.Context, who actor.Actor, tenantID string) (LeaveSetting, error) {
	if err := directory.MayRead(who, tenantID, directory.ManageProperties); err != nil {
		return LeaveSetting{}, err
	}
	undo, found, err := settingOf(ctx, f.DB, tenantID, "undo_days")
	if err != nil {
		return LeaveSetting{}, fmt.Errorf("leave setting: %w", err)
	}
	days := directory.UndoDays
	if found {
		if days, err = strconv.Atoi(undo.value); err != nil {
			return LeaveSetting{}, fmt.Errorf("leave setting: %w", err)
		}
	}
	s, found, err := settingOf(ctx, f.DB, tenantID, "external_user_leave")
	if err != nil {
		return LeaveSetting{}, fmt.Errorf("leave setting: %w", err)
	}
	if !found {
		return LeaveSetting{Allowed: true, UndoDays: days}, nil
	}
	return LeaveSetting{Allowed: s.value == yes, UndoDays: days, SetAt: s.at, SetBy: s.name, ByOperator: s.by == string(actor.Operator)}, nil
}

const (
	yes = "yes"
	no  = "no"
)

// SetLeave decides whether guests may leave the organization by themselves.
func (f *Feature) SetLeave(ctx context.Context, who actor.Actor, tenantID string, allowed bool) error {
	return f.set(ctx, who, tenantID, leaveChoice(allowed))
}

// SetUndo decides in how many days guests may undo leaving; 0 is never.
func (f *Feature) SetUndo(ctx context.Context, who actor.Actor, tenantID string, days int) error {
	return f.set(ctx, who, tenantID, undoChoice(days))
}

// choice is a setting with the value it is to have. External user leave is Yes
// and undoing directory.UndoDays while nobody has said anything.
type choice struct{ name, value string }

func leaveChoice(allowed bool) choice {
	if allowed {
		return choice{"external_user_leave", yes}
	}
	return choice{"external_user_leave", no}
}

func undoChoice(days int) choice { return choice{"undo_days", strconv.Itoa(days)} }

// set stores choices. Saying what stands already changes nothing, nor who said
// it.
func (f *Feature) set(ctx context.Context, who actor.Actor, tenantID string, choices ...choice) error {
	entry := audit.Entry{Tenant: tenantID, Act: "setting." + choices[0].name, Other: choices[0].value}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		t, err := directory.Admit(ctx, tx, who, tenantID, directory.ManageProperties)
		if err != nil {
			return err
		}
		entry.Tenant, entry.Target = t.ID, t.ID
		for _, c := range choices {
			if err := f.setOne(ctx, tx, who, t.ID, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return audit.Refused(ctx, f.DB, who, entry, fmt.Errorf("set external collaboration: %w", err))
	}
	return nil
}

func (f *Feature) setOne(ctx context.Context, tx *db.Tx, who actor.Actor, tenantID string, c choice) error {
	now, found, err := settingOf(ctx, tx, tenantID, c.name)
	if err != nil || found && now.value == c.value {
		return err
	}
	if !found && (c == undoChoice(directory.UndoDays) || c == leaveChoice(true)) {
		return nil // it says what holds anyway
	}
	by := who.UserID
	if by == "" {
		by = string(who.Kind)
	}
	if err := saveSetting(ctx, tx, tenantID, c.name, c.value, by); err != nil {
		return err
	}
	return audit.Record(ctx, tx, who, audit.Entry{Tenant: tenantID, Act: "setting." + c.name, Target: tenantID, Other: c.value})
}
