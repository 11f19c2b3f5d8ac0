package app_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"sojourn/app"
	"sojourn/internal/dbtest"
	"sojourn/internal/mail"
	"sojourn/sojourntest"
)

// Without a mail server the portal does not say that it has sent anything.
func TestWithoutMail(t *testing.T) {
	for _, sends := range []bool{true, false} {
		parts := app.Parts{
			DB: dbtest.Open(t), Box: dbtest.Box(t), Base: &url.URL{Scheme: "http", Host: "localhost"}, Zone: time.UTC, Hashing: sojourntest.Hashing,
		}
		if sends {
			parts.Mail = mail.SMTP{}
		}
		a, err := app.New(parts)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"directory.create.done", "directory.link.done", "guests.add.done", "organizations.receipt.left"} {
			if text := a.Words.Default().T(key); strings.Contains(text, "mail server") == sends {
				t.Errorf("with mails %t, %s says %q", sends, key, text)
			}
		}
	}
}
