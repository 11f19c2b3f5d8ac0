package securityinfo

import (
	"cmp"
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"sojourn/internal/phone"
	"sojourn/ui"
)

// Dialled is a number as it is dialled, an extension in words.
func Dialled(s *ui.Shell, n phone.Number) string {
	if n.Extension == "" {
		return n.String()
	}
	extension := n.Extension
	n.Extension = ""
	return s.T("securityinfo.phones.dialled", "number", n.String(), "extension", extension)
}

// CountryOptions are the countries that codes go to, by name in the page's language.
func CountryOptions(s *ui.Shell, countries []string) []ui.Option {
	names := display.Regions(language.Make(s.Locale.Lang()))
	if names == nil {
		names = display.Regions(language.English)
	}
	var out []ui.Option
	for _, country := range countries {
		name := country
		if region, err := language.ParseRegion(country); err == nil {
			name = cmp.Or(names.Name(region), country)
		}
		out = append(out, ui.Option{Value: country, Text: name + " (+" + phone.CallingCode(country) + ")"})
	}
	slices.SortFunc(out, func(a, b ui.Option) int { return cmp.Compare(a.Text, b.Text) })
	return out
}
