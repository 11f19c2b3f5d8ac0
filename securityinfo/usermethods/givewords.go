package usermethods

import (
	"sojourn/securityinfo"
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

func countryOptions(s *ui.Shell, d giveData) []ui.Option {
	return securityinfo.CountryOptions(s, d.Reach.Countries)
}
