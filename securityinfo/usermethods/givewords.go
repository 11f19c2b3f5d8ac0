package usermethods

import (
	"sojourn/securityinfo"
	"sojourn/ui"
)

// givenKey says that a method was added, or put in the place of the one that was seen.
func givenKey(what, seen string) string {
	if seen != "" {
		return "securityinfo.usermethods." + what + ".replaced"
	}
	return "securityinfo.usermethods." + what + ".done"
}

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

func countryOptions(s *ui.Shell, d giveData) []ui.Option {
	return securityinfo.CountryOptions(s, d.Reach.Countries)
}
