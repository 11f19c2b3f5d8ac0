package i18n

import (
	"slices"
	"sync"
	"time"
)

// Zones are the names of the time zones that people choose from.
func Zones() []string { return slices.Clone(zones) }

// IsZone says whether people can choose a time zone of this name.
func IsZone(name string) bool { return slices.Contains(zones, name) }

var loaded sync.Map // name → *time.Location: reading one from the zone database costs more than a page

// Zone is a time zone by its name; nil where there is none of this name.
func Zone(name string) *time.Location {
	if name == "" {
		return nil
	}
	if known, ok := loaded.Load(name); ok {
		return known.(*time.Location)
	}
	if !IsZone(name) {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil // this machine's zone database is older than the choice
	}
	loaded.Store(name, zone)
	return zone
}
