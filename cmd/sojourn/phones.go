package main

import (
	"sojourn/app"
	"sojourn/internal/config"
	"sojourn/internal/outbox"
	"sojourn/internal/twilio"
	"sojourn/internal/webhook"
)

// phones sets the ways that texts and calls go out, where there are any.
func phones(c config.Config, p *app.Parts) (err error) {
	if p.Countries, err = c.Countries(); err != nil {
		return err
	}
	if p.PhoneCaps, err = c.PhoneCaps(); err != nil {
		return err
	}
	if p.Texts, err = provider(c, c.Texts, false); err != nil {
		return err
	}
	p.Calls, err = provider(c, c.Calls, true)
	return err
}

// provider is what texts or calls are handed to, nil for none.
func provider(c config.Config, name string, calls bool) (outbox.Sender, error) {
	switch name {
	case "webhook":
		address, secret, err := c.Webhook()
		if err != nil {
			return nil, err
		}
		w := webhook.Webhook{URL: address, Secret: secret}
		if err := w.Check(); err != nil {
			return nil, config.Misconfigured("webhook", err)
		}
		return w, nil
	case "twilio":
		base, token, err := c.Twilio()
		if err != nil {
			return nil, err
		}
		t := twilio.Twilio{Base: base, Account: c.TwilioAccount, Token: token, From: c.TwilioFrom}
		if err := t.Check(calls); err != nil {
			return nil, config.Misconfigured("Twilio", err)
		}
		return t, nil
	}
	return nil, nil
}
