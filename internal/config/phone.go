package config

import (
	"net/url"
	"strings"

	"sojourn/internal/caps"
	"sojourn/internal/phone"
)

// Countries are those that texts and calls may go to.
func (c Config) Countries() (phone.Countries, error) {
	var out phone.Countries
	for _, text := range c.PhoneCountries {
		country := strings.ToUpper(strings.TrimSpace(text))
		if country == "" {
			continue
		}
		if !phone.Known(country) {
			return nil, wrong("phone country %q: want ISO codes of countries, e.g. NL,BE,DE", text)
		}
		out = append(out, country)
	}
	return out, nil
}

// PhoneCaps are how many texts and calls may go out.
func (c Config) PhoneCaps() (caps.Phone, error) {
	for _, one := range []struct {
		name string
		most int
	}{{"per number", c.PhonePerNumber}, {"per hour", c.PhonePerHour}, {"per day", c.PhonePerDay}} {
		if one.most < 1 || one.most > 1_000_000 {
			return caps.Phone{}, wrong("texts and calls %s %d: want a number from 1 to 1000000", one.name, one.most)
		}
	}
	return caps.Phone{Number: c.PhonePerNumber, Hour: c.PhonePerHour, Day: c.PhonePerDay}, nil
}

// Webhook is where texts and calls are posted, and the secret they are signed with.
func (c Config) Webhook() (*url.URL, string, error) {
	u, err := url.Parse(c.WebhookURL)
	if err != nil || c.WebhookURL == "" {
		return nil, "", wrong("webhook URL %q: want https://HOST/PATH", withoutUser(c.WebhookURL))
	}
	secret, err := fileOr("webhook secret file", c.WebhookSecretFile, c.WebhookSecret)
	return u, secret, err
}

// Twilio is where Twilio is reached, and the token there.
func (c Config) Twilio() (*url.URL, string, error) {
	u, err := url.Parse(c.TwilioURL)
	if err != nil {
		return nil, "", wrong("Twilio URL %q: want https://api.twilio.com", withoutUser(c.TwilioURL))
	}
	token, err := fileOr("Twilio token file", c.TwilioTokenFile, c.TwilioToken)
	return u, token, err
}

// Misconfigured is a setting that its user finds fault with.
func Misconfigured(what string, err error) error { return wrong("%s: %v", what, err) }
