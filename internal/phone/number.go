package phone

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
)

// Number is a telephone number that exists as far as its country's plan tells.
type Number struct {
	E164      string // +31612345678: how it is kept
	Extension string // digits to dial once somebody answers, at a desk
	Country   string // ISO code, "" for networks of no country
	Calling   string // the country's calling code, 31
	Kind      Kind

	national, international string
}

const (
	typedMax     = 64 // nobody types more
	extensionMax = 7
)

// Parse reads what somebody typed. A number that does not begin with + or the
// country's own prefix for abroad is one of country, an ISO code.
func Parse(typed, country string) (Number, error) {
	typed = strings.TrimSpace(typed)
	if len(typed) > typedMax || !utf8.ValidString(typed) || spelled(typed) {
		return Number{}, refused("invalid")
	}
	country = strings.ToUpper(strings.TrimSpace(country))
	if !Known(country) {
		country = "ZZ" // then only numbers with + are any
	}
	parsed, err := phonenumbers.Parse(typed, country)
	if err != nil || !phonenumbers.IsValidNumber(parsed) || len(parsed.GetExtension()) > extensionMax {
		return Number{}, refused("invalid")
	}
	return number(parsed), nil
}

// Of reads a number that was kept as E.164.
func Of(e164 string) (Number, error) {
	if !strings.HasPrefix(e164, "+") {
		return Number{}, refused("invalid")
	}
	n, err := Parse(e164, "")
	if err == nil && n.E164 != e164 {
		return Number{}, refused("invalid")
	}
	return n, err
}

// spelled says whether a number is written in letters: 0800 FLOWERS is none that
// anybody has at hand, and its digits are not what its owner sees. What stands
// before an extension is no part of the number.
func spelled(typed string) bool {
	head, _ := phonenumbers.MaybeSeparateExtensionFromPhone(typed)
	return strings.ContainsFunc(head, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsControl(r) })
}

func number(p *phonenumbers.PhoneNumber) Number {
	n := Number{
		E164: phonenumbers.Format(p, phonenumbers.E164), Extension: p.GetExtension(), Calling: strconv.Itoa(int(p.GetCountryCode())),
		Country: phonenumbers.GetRegionCodeForNumber(p), national: phonenumbers.GetNationalSignificantNumber(p),
		Kind: Unknown,
	}
	if k, ok := kinds[phonenumbers.GetNumberType(p)]; ok {
		n.Kind = k
	}
	if n.Country == worldwide {
		n.Country, n.Kind = "", Satellite
	}
	p.Extension = nil
	n.international = phonenumbers.Format(p, phonenumbers.INTERNATIONAL)
	return n
}

// worldwide is the region of calling codes that belong to no country: satellites,
// networks at sea, shared cost and premium numbers of all the world.
const worldwide = "001"

var kinds = map[phonenumbers.PhoneNumberType]Kind{
	phonenumbers.MOBILE: Mobile, phonenumbers.FIXED_LINE: Fixed, phonenumbers.FIXED_LINE_OR_MOBILE: Either, phonenumbers.VOIP: Internet,
	phonenumbers.TOLL_FREE: TollFree, phonenumbers.PREMIUM_RATE: Premium, phonenumbers.SHARED_COST: Shared, phonenumbers.PERSONAL_NUMBER: Personal,
	phonenumbers.PAGER: Pager, phonenumbers.UAN: Company, phonenumbers.VOICEMAIL: Voicemail,
}

// Known says whether an ISO code is one of a country that has telephone numbers.
func Known(country string) bool {
	return len(country) == 2 && phonenumbers.GetCountryCodeForRegion(country) != 0
}

// CallingCode is a country's code, 31 for NL; "" where there is none.
func CallingCode(country string) string {
	if !Known(country) {
		return ""
	}
	return strconv.Itoa(phonenumbers.GetCountryCodeForRegion(country))
}

// Example is a number that could be used so in a country, as it is dialled there; ""
// where none is known. It is nobody's.
func Example(country string, use Use) string {
	if country = strings.ToUpper(strings.TrimSpace(country)); !Known(country) {
		return ""
	}
	kind := phonenumbers.MOBILE
	if use == ForOffice {
		kind = phonenumbers.FIXED_LINE
	}
	p := phonenumbers.GetExampleNumberForType(country, kind)
	if p == nil {
		return ""
	}
	return phonenumbers.Format(p, phonenumbers.NATIONAL)
}

// Masked is a kept number as it may be shown; what is none shows nothing of itself.
func Masked(e164 string) string {
	n, err := Of(e164)
	if err != nil {
		return "•••"
	}
	return n.Mask()
}
