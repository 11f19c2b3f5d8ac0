package phone

import (
	"strings"

	"sojourn/internal/fault"
)

// Kind is what sort of line a number belongs to.
type Kind string

const (
	Mobile    Kind = "mobile"
	Fixed     Kind = "fixed"
	Either    Kind = "either" // where numbers do not tell, as in North America
	Internet  Kind = "internet"
	TollFree  Kind = "toll_free"
	Premium   Kind = "premium"
	Shared    Kind = "shared_cost"
	Personal  Kind = "personal" // follows a person, at a price
	Pager     Kind = "pager"
	Company   Kind = "company"   // one number for all of a company
	Voicemail Kind = "voicemail" // of the network
	Satellite Kind = "satellite" // and other networks of no country
	Unknown   Kind = "unknown"
)

// Use is what a number is for.
type Use string

const (
	ForText   Use = "text"   // a text message: mobiles
	ForCall   Use = "call"   // a spoken call: mobiles and fixed lines
	ForOffice Use = "office" // a call to a desk: also over the internet, and with an extension
)

// takes says which kinds of number are fit for which use.
var takes = map[Use][]Kind{
	ForText:   {Mobile, Either},
	ForCall:   {Mobile, Either, Fixed},
	ForOffice: {Mobile, Either, Fixed, Internet},
}

// Countries are those that texts and calls may go to, as ISO codes in capitals.
// None is nowhere.
type Countries []string

// Has says whether a country is among them.
func (c Countries) Has(country string) bool {
	for _, one := range c {
		if one == country && country != "" {
			return true
		}
	}
	return false
}

// For says whether a number may be used so: who cannot is told why. It is asked
// anew before each message, since what is allowed may have changed.
func (n Number) For(use Use, allowed Countries) error {
	switch {
	case n.E164 == "":
		return refused("invalid")
	case n.Kind == Satellite:
		return refused("satellite")
	case n.Kind == Premium, n.Kind == Shared, n.Kind == Personal:
		return refused("costly")
	case n.Kind == Pager, n.Kind == Company, n.Kind == Voicemail, n.Kind == TollFree:
		return refused("range")
	case !allowed.Has(n.Country):
		return refused("country")
	case n.Extension != "" && use != ForOffice:
		return refused("extension")
	}
	for _, k := range takes[use] {
		if n.Kind == k {
			return nil
		}
	}
	if use == ForText && n.Kind == Fixed {
		return refused("fixed")
	}
	return refused("range")
}

// refused is a fault at the field "phone"; its code is phone_ and the reason.
func refused(reason string) error {
	key := "phone.refused." + reason
	return fault.New(fault.Invalid, "phone_"+reason, key).Field("phone", key)
}

// Mask is a number as it may be shown to tell it from others: the country, the
// first digit and the last two, +31 6 ••• ••• 42.
func (n Number) Mask() string {
	digits := n.national
	if len(digits) < 5 {
		return "+" + n.Calling + " •••"
	}
	hidden := len(digits) - 3
	groups := []string{"+" + n.Calling, digits[:1]}
	for hidden > 0 {
		size := min(3, hidden)
		if hidden == 4 {
			size = 2
		}
		groups = append(groups, strings.Repeat("•", size))
		hidden -= size
	}
	return strings.Join(append(groups, digits[len(digits)-2:]), " ")
}

// String is the number as its country writes it, with the country's code in front
// and a space behind that: +31 6 12345678.
func (n Number) String() string {
	if n.Extension != "" {
		return n.international + " x" + n.Extension
	}
	return n.international
}
