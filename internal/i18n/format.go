package i18n

import "golang.org/x/text/language"

// format is how a language writes dates and numbers. The few shipped
// languages are written out: the tables of x/text lag CLDR and format no dates.
type format struct {
	months [12]string
	group  string
}

var (
	english = format{
		months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		group:  ",",
	}
	dutch = format{
		months: [12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
		group:  ".",
	}
)

func formatOf(tag language.Tag) format {
	if base, _ := tag.Base(); base.String() == "nl" {
		return dutch
	}
	return english
}
