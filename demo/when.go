package demo

import "time"

const day = 24 * time.Hour

// at moves the clock to so many days ago, at an hour of the working day.
func (s *seeder) at(daysAgo int) {
	s.moments++
	when := s.now.Add(-time.Duration(daysAgo) * day)
	if daysAgo > 0 {
		when = workingHour(when.In(s.app.Zone), s.moments)
	}
	s.d.SetShift(s.app.DB.Shift() + when.Sub(s.d.Now()))
}

// Working hours, in minutes of the day.
const opens, closes = 8*60 + 40, 17*60 + 20

// workingHour is a moment of working hours in the last 18 hours before an
// instant: so that what is counted in whole days from then on comes out the
// same, with some hours to go. Numbers near each other give moments far apart.
func workingHour(before time.Time, number int) time.Time {
	clock := before.Hour()*60 + before.Minute()
	end := before
	if clock <= opens {
		end = before.AddDate(0, 0, -1)
	}
	last := closes
	if opens < clock && clock < closes {
		last = clock
	}
	earliest := opens
	if clock <= opens {
		earliest = max(opens, clock+6*60+1) // of the day before
	}
	minute := earliest
	if span := last - earliest; span > 0 {
		minute += number * 193 % span
	}
	return time.Date(end.Year(), end.Month(), end.Day(), 0, minute, number*37%60, 0, end.Location())
}
