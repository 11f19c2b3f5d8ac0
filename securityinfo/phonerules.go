package securityinfo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/phone"
)

const (
	sentLife     = 10 * time.Minute
	sentCodes    = 1_000_000 // there are: six digits
	extensionMax = 7
)

// phoneUses says how the telephones of each type may be used.
var phoneUses = map[accounts.MethodType]map[accounts.Way]phone.Use{
	accounts.MobilePhone:    {accounts.ByText: phone.ForText, accounts.ByCall: phone.ForCall},
	accounts.AlternatePhone: {accounts.ByCall: phone.ForCall},
	accounts.OfficePhone:    {accounts.ByCall: phone.ForOffice},
}

// reach is what the portal sends, and where to.
type reach struct {
	Texts, Calls bool
	Tokens       bool // the organization hands hardware tokens out
	Countries    phone.Countries
}

func (r reach) carries(way accounts.Way) bool {
	return len(r.Countries) > 0 && (way == accounts.ByText && r.Texts || way == accounts.ByCall && r.Calls)
}

// waysFor are those in which codes can come to telephones of a type.
func (r reach) waysFor(kind accounts.MethodType) (out []accounts.Way) {
	for _, way := range []accounts.Way{accounts.ByText, accounts.ByCall} {
		if _, can := phoneUses[kind][way]; can && r.carries(way) {
			out = append(out, way)
		}
	}
	return out
}

// kinds are the types of telephone that can be added.
func (r reach) kinds() (out []accounts.MethodType) {
	for _, kind := range accounts.PhoneTypes {
		if len(r.waysFor(kind)) > 0 {
			out = append(out, kind)
		}
	}
	return out
}

// takes says whether a code can go to a number, and if not, why.
func (r reach) takes(kind accounts.MethodType, n phone.Number, way accounts.Way) error {
	if !slices.Contains(r.waysFor(kind), way) {
		return fault.New(fault.Conflict, "cannot_send", "securityinfo.sent.cannot").Field("way", "securityinfo.sent.cannot")
	}
	return n.For(phoneUses[kind][way], r.Countries)
}

// waysTo are those in which codes can come to a telephone now, the one its person
// chose in front. A telephone that cannot be reached any more stays what it is, a
// second factor: its code is asked for, though none comes.
func (r reach) waysTo(m accounts.Method) (out []accounts.Way) {
	n, err := phone.Of(m.Number)
	n.Extension = m.Extension
	for _, way := range r.waysFor(m.Type) {
		if err == nil && r.takes(m.Type, n, way) == nil {
			out = append(out, way)
		}
	}
	if len(out) == 0 {
		return []accounts.Way{m.Way}
	}
	slices.SortStableFunc(out, func(a, b accounts.Way) int { return cmp.Compare(behind(a, m.Way), behind(b, m.Way)) })
	return out
}

func behind(way, chosen accounts.Way) int {
	if way == chosen {
		return 0
	}
	return 1
}

// PhoneForm is what somebody types to add a telephone.
type PhoneForm struct {
	Type      accounts.MethodType
	Country   string // ISO code: of a number without its country's code
	Number    string
	Extension string
	Way       accounts.Way
}

// number reads it, and says whether a code can go there. Where there is no choice
// of ways, none needs to be made.
func (in PhoneForm) number(r reach) (phone.Number, accounts.Way, error) {
	ways := r.waysFor(in.Type)
	if len(ways) == 0 {
		return phone.Number{}, "", fault.Missing()
	}
	way := in.Way
	if len(ways) == 1 {
		way = ways[0]
	}
	if !slices.Contains(ways, way) {
		return phone.Number{}, "", fault.New(fault.Invalid, "way_missing", "securityinfo.phones.way.missing").Field("way", "securityinfo.phones.way.missing")
	}
	n, err := phone.Parse(in.Number, in.Country)
	if err != nil {
		return phone.Number{}, "", in.unread(err, way)
	}
	if in.Type == accounts.OfficePhone && plain(in.Extension) != "" {
		if n.Extension = plain(in.Extension); strings.Trim(n.Extension, "0123456789") != "" {
			return phone.Number{}, "", badExtension("securityinfo.phones.extension.digits")
		}
		if len(n.Extension) > extensionMax {
			return phone.Number{}, "", badExtension("securityinfo.phones.extension.long")
		}
	}
	return n, way, r.takes(in.Type, n, way)
}

func badExtension(key string) error {
	return fault.New(fault.Invalid, "extension_digits", key).Field("extension", key)
}

// unread says how a number is written that can be read: as one of the country that was
// chosen beside it.
func (in PhoneForm) unread(err error, way accounts.Way) error {
	example := phone.Example(in.Country, phoneUses[in.Type][way])
	if example == "" || !fault.Is(err, "phone_invalid") {
		return err
	}
	return noNumber("securityinfo.phones.number.invalid", "example", example)
}

func noNumber(key string, args ...any) error {
	return fault.New(fault.Invalid, "phone_invalid", key, args...).Field("phone", key, args...)
}

// anotherThan refuses a number that another of the telephones has: it would be
// lost together with that one.
func anotherThan(list []accounts.Method, kind accounts.MethodType, number phone.Number) error {
	for _, m := range list {
		if m.Type != kind && m.Number == number.E164 && m.Extension == number.Extension {
			return fault.New(fault.Invalid, "phone_same", "securityinfo.phones.same").Field("phone", "securityinfo.phones.same")
		}
	}
	return nil
}

// sentCode writes a number below sentCodes as it is sent.
func sentCode(n int64) string { return fmt.Sprintf("%0*d", codeDigits, n) }
