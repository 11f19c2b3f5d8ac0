package demo

import (
	"testing"
	"time"
)

// Whatever the time of day, what is counted in whole days from a moment on comes
// out as the world says, with hours to go; and nobody acted at night.
func TestWorkingHour(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	for minute := range 24 * 60 {
		before := time.Date(2026, 11, 21, 0, minute, 30, 0, zone)
		for number := range 40 {
			got := workingHour(before, number)
			if ago := before.Sub(got); ago < 0 || ago > 18*time.Hour {
				t.Fatalf("%s, number %d: %s is %s before", before, number, got, ago)
			}
			if of := got.Hour()*60 + got.Minute(); of < opens || of > closes {
				t.Fatalf("%s, number %d: %s is no working hour", before, number, got)
			}
			if !got.Equal(workingHour(before, number)) {
				t.Fatalf("%s, number %d: another moment each time", before, number)
			}
		}
	}
}

func TestWorkingHour_apart(t *testing.T) {
	before := time.Date(2026, 11, 21, 23, 0, 0, 0, time.UTC)
	seen := map[string]bool{}
	for number := range 60 {
		seen[workingHour(before, number).Format("15:04")] = true
	}
	if len(seen) < 50 {
		t.Errorf("60 acts fall on %d minutes", len(seen))
	}
}
