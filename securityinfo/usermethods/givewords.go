package usermethods

import (
	"cmp"
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"sojourn/internal/phone"
	"sojourn/ui"
)

func kindOptions(s *ui.Shell, d giveData) (out []ui.Option) {
	for _, t := range d.Kinds {
		out = append(out, ui.Option{Value: string(t), Text: s.T(methodKey(t))})
	}
	return out
}

func wayOptions(s *ui.Shell, d giveData) (out []ui.Option) {
	for _, way := range d.Reach.Ways {
		out = append(out, ui.Option{Value: string(way), Text: s.T("securityinfo.usermethods.way." + string(way))})
	}
	return out
}

// countryOptions are those that codes go to, by name in the page's language.
func countryOptions(s *ui.Shell, d giveData) (out []ui.Option) {
	names := display.Regions(language.Make(s.Locale.Lang()))
	if names == nil {
		names = display.Regions(language.English)
	}
	for _, country := range d.Reach.Countries {
		name := country
		if region, err := language.ParseRegion(country); err == nil {
			name = cmp.Or(names.Name(region), country)
		}
		out = append(out, ui.Option{Value: country, Text: name + " (+" + phone.CallingCode(country) + ")"})
	}
	slices.SortFunc(out, func(a, b ui.Option) int { return cmp.Compare(a.Text, b.Text) })
	return out
}
