package undelivered

import (
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/fault"
	"sojourn/internal/outbox"
	"sojourn/internal/phone"
)

func TestReason(t *testing.T) {
	for class, want := range map[string]string{
		"smtp 550": "refused", "smtp 452": "busy", "timeout": "timeout", "dns": "dns", "tls": "tls", "connection": "connection", "address": "address", "expired": "expired",
		"twilio 21211": "number", "twilio 21614": "number", "twilio 21610": "unsubscribed", "twilio 20003": "provider", "http 404": "provider", "http 500": "provider",
		"died trying": "other", "other key": "other", "payload": "other", "sender": "other", "panic": "other", "": "other",
	} {
		if got := reason(class); got != want {
			t.Errorf("%q: %s, want %s", class, got, want)
		}
	}
}

func TestAnswer(t *testing.T) {
	for class, want := range map[string][2]string{
		"smtp 550": {"server", "550"}, "twilio 21614": {"provider", "21614"}, "http 404": {"provider", "404"}, "timeout": {}, "died trying": {}, "": {},
	} {
		if side, code := answer(class); [2]string{side, code} != want {
			t.Errorf("%q: %s %s, want %v", class, side, code, want)
		}
	}
}

func TestAgain(t *testing.T) {
	allowed := phone.Countries{"NL"}
	text := outbox.Undelivered{Channel: outbox.ByText, To: "+31612345642", Again: true}
	for _, c := range []struct {
		change   func(d *outbox.Undelivered)
		delivers bool
		code     string
	}{
		{func(*outbox.Undelivered) {}, true, ""},
		{func(*outbox.Undelivered) {}, false, "channel_closed"},
		{func(d *outbox.Undelivered) { d.Again = false }, true, "message_gone"},
		{func(d *outbox.Undelivered) { d.To = "+447400123456" }, true, "number_refused"},
		{func(d *outbox.Undelivered) { d.To = "+319001234567" }, true, "number_refused"},
		{func(d *outbox.Undelivered) { d.To = "+31206241111" }, true, "number_refused"},
		{func(d *outbox.Undelivered) { d.To, d.Channel = "+31206241111", outbox.ByVoice }, true, ""},
		{func(d *outbox.Undelivered) { d.To, d.Channel = "noor@contoso.example", outbox.ByMail }, true, ""},
	} {
		d := text
		c.change(&d)
		err := again(d, c.delivers, allowed)
		f, _ := fault.Of(err)
		if got := ""; err != nil && f.Code != c.code || err == nil && c.code != got {
			t.Errorf("%+v: %v, want %q", d, err, c.code)
		}
	}
}

func TestMask(t *testing.T) {
	for _, c := range []struct {
		channel  outbox.Channel
		to, want string
	}{
		{outbox.ByMail, "noor.haddad@contoso.example", "n•••@contoso.example"}, {outbox.ByMail, "éva@contoso.example", "é•••@contoso.example"}, {outbox.ByMail, "nobody", "•••"},
		{outbox.ByMail, "@contoso.example", "•••"}, {outbox.ByMail, "", ""},
		{outbox.ByText, "+31612345642", "+31 6 ••• ••• 42"}, {outbox.ByVoice, "nonsense", "•••"}, {outbox.ByText, "", ""},
	} {
		if got := mask(c.channel, c.to); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.channel, c.to, got, c.want)
		}
	}
}

func TestCursor(t *testing.T) {
	at := time.UnixMicro(1780000000123456)
	if p := behind(directory.ParseCursor(cursor(at, "x").String())); p != (point{1780000000123456, "x"}) {
		t.Errorf("%+v", p)
	}
	for _, s := range []string{"", "x", "!.!", "."} {
		if p := behind(directory.ParseCursor(s)); p != newest {
			t.Errorf("%q: %+v", s, p)
		}
	}
}
