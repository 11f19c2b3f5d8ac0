package i18n

import (
	"slices"
	"strconv"
	"time"

	"golang.org/x/text/language"
)

// format is how dates and numbers are written: the names of months are the
// language's, the rest a region's. The few shipped ones are written out: the
// tables of x/text lag CLDR and format no dates.
type format struct {
	months [12]string
	custom
}

// custom is the way of a region.
type custom struct {
	order order
	half  bool   // the day has twice twelve hours
	group string // between thousands
}

type order byte

const (
	dayFirst   order = iota // 12 May 2026
	monthFirst              // May 12, 2026
	digits                  // 2026-05-12
)

var (
	englishMonths = [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	dutchMonths   = [12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}
)

// Regions whose customs are known, by ISO 3166 code; ISO is no region but the
// standard of dates, ISO 8601.
const (
	Netherlands = "NL"
	Britain     = "GB"
	ISO         = "ISO"
)

var customs = map[string]custom{
	"AU":        {dayFirst, true, ","},
	"BE":        {dayFirst, false, "."},
	"CA":        {monthFirst, true, ","},
	Britain:     {dayFirst, false, ","},
	"IE":        {dayFirst, false, ","},
	Netherlands: {dayFirst, false, "."},
	"US":        {monthFirst, true, ","},
	ISO:         {digits, false, "\u202f"}, // a narrow space that does not break
}

// Regions are the codes of all of them, the standard last.
func Regions() []string { return slices.Clone(regions) }

var regions = []string{"AU", "BE", "CA", Britain, "IE", Netherlands, "US", ISO}

// IsRegion says whether the customs of a region are known.
func IsRegion(region string) bool { _, known := customs[region]; return known }

func formatOf(tag language.Tag) format {
	if base, _ := tag.Base(); base.String() == "nl" {
		return format{dutchMonths, customs[Netherlands]}
	}
	return format{englishMonths, customs[Britain]}
}

// In is the same language with the dates and numbers of a region; a region that
// is not known changes nothing.
func (l *Locale) In(region string) *Locale {
	if l == nil || l.regional[region] == nil {
		return l
	}
	return l.regional[region]
}

// For is the language as one person reads it, away from any page: with the dates
// and numbers of their region, and moments on their own clock. What they have not
// chosen stays as it is.
func (l *Locale) For(region, zone string) *Locale {
	own := l.In(region)
	if clock := Zone(zone); clock != nil {
		there := *own
		there.zone = clock
		own = &there
	}
	return own
}

// settle makes the language's forms for all regions.
func (l *Locale) settle() {
	l.regional = make(map[string]*Locale, len(customs))
	for region, c := range customs {
		there := *l
		there.format.custom = c
		l.regional[region] = &there
	}
	for _, there := range l.regional {
		there.regional = l.regional
	}
}

func (f format) date(b []byte, t time.Time) []byte {
	switch f.order {
	case digits:
		return t.AppendFormat(b, time.DateOnly)
	case monthFirst:
		b = append(b, f.months[t.Month()-1]...)
		b = append(b, ' ')
		b = strconv.AppendInt(b, int64(t.Day()), 10)
		b = append(b, ", "...)
		return strconv.AppendInt(b, int64(t.Year()), 10)
	}
	b = strconv.AppendInt(b, int64(t.Day()), 10)
	b = append(b, ' ')
	b = append(b, f.months[t.Month()-1]...)
	b = append(b, ' ')
	return strconv.AppendInt(b, int64(t.Year()), 10)
}

func (f format) clock(t time.Time) string {
	if f.half {
		return t.Format("3:04\u00a0PM")
	}
	return t.Format("15:04")
}
