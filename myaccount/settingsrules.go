package myaccount

import (
	"slices"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/i18n"
)

// preferences checks what somebody chose against what there is. Region and zone
// may be left open: then the language and the portal say.
func preferences(p accounts.Preferences, languages []string) error {
	wrong := fault.New(fault.Invalid, "preferences_invalid", "myaccount.settings.invalid")
	if !slices.Contains(languages, p.Language) {
		wrong.Field("language", "myaccount.settings.language.invalid")
	}
	if p.Region != "" && !i18n.IsRegion(p.Region) {
		wrong.Field("region", "myaccount.settings.region.invalid")
	}
	if p.Zone != "" && !i18n.IsZone(p.Zone) {
		wrong.Field("zone", "myaccount.settings.zone.invalid")
	}
	return wrong.ErrOrNil()
}

// mayRename: what a home organization manages is not the person's to change.
func mayRename(home string) error {
	if home != "" {
		return fault.New(fault.Forbidden, "managed_by_home", "myaccount.name.managed")
	}
	return nil
}
