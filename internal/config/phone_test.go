package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCountries(t *testing.T) {
	for _, c := range []struct{ given, want string }{
		{"NL,GB,US", "NL GB US"}, {" nl , be,", "NL BE"}, {"", ""}, {"XX", "!want ISO codes"}, {"31", "!want ISO codes"}, {"*", "!want ISO codes"}, {"NLD", "!want ISO codes"},
	} {
		got, err := Config{PhoneCountries: strings.Split(c.given, ",")}.Countries()
		want(t, c.given, strings.Join(got, " "), err, c.want)
	}
}

func TestPhoneCaps(t *testing.T) {
	got, err := Config{PhonePerNumber: 1, PhonePerHour: 2, PhonePerDay: 3}.PhoneCaps()
	if err != nil || got.Number != 1 || got.Hour != 2 || got.Day != 3 {
		t.Errorf("%+v, %v", got, err)
	}
	for _, c := range []Config{{PhonePerHour: 2, PhonePerDay: 3}, {PhonePerNumber: 1, PhonePerHour: -2, PhonePerDay: 3}, {PhonePerNumber: 1, PhonePerHour: 2, PhonePerDay: 1e9}} {
		_, err := c.PhoneCaps()
		want(t, "caps", "", err, "!want a number from 1")
	}
}

func TestProviders(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("from a file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	u, secret, err := Config{WebhookURL: "https://texts.example.org/in", WebhookSecret: "x", WebhookSecretFile: file}.Webhook()
	if err != nil || u.Host != "texts.example.org" || secret != "from a file" {
		t.Errorf("%v %q %v", u, secret, err)
	}
	u, token, err := Config{TwilioURL: "https://api.twilio.com", TwilioTokenFile: file}.Twilio()
	if err != nil || u.Host != "api.twilio.com" || token != "from a file" {
		t.Errorf("%v %q %v", u, token, err)
	}
	for _, address := range []string{"", "https://ann:hunter2@texts.example.org:x/"} {
		_, _, err := Config{WebhookURL: address}.Webhook()
		want(t, address, "", err, "!want https://HOST/PATH")
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("it tells: %v", err)
		}
	}
	_, _, err = Config{TwilioURL: "https://api.twilio.com", TwilioTokenFile: file + ".none"}.Twilio()
	want(t, "no file", "", err, "!Twilio token file")
}
