package directory_test

import (
	"context"
	"strings"
	"testing"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/sojourntest"
)

// Verifying a domain claims its names: mailboxes of it stop opening accounts,
// their people are told, and nothing is attached to anybody.
func TestClaimedDomain(t *testing.T) {
	p := sojourntest.Start(t)
	ctx := context.Background()
	b := p.SignIn("mirjam@postbus.example")
	if _, err := p.App.Directory.CreateTenant(ctx, actor.OperatorActor(), directory.NewTenant{Name: "Postbus", Domain: "postbus.example", Language: "nl"}); err != nil {
		t.Fatal(err)
	}
	if _, found, err := accounts.ByName(ctx, p.App.DB, "mirjam@postbus.example"); err != nil || found {
		t.Fatalf("the mailbox still opens an account (%v)", err)
	}
	b.Get("/organizations").At("/sign-in")
	mails := p.Mails("mirjam@postbus.example")
	if len(mails) != 1 || !strings.Contains(mails[0].Text, "Postbus") || mails[0].Language != "nl" {
		t.Fatalf("%d mails: %+v", len(mails), mails)
	}
	if _, err := p.App.Directory.CreateTenant(ctx, actor.OperatorActor(), directory.NewTenant{Name: "Second", Domain: "Postbus.example", Language: "en"}); err == nil {
		t.Error("two organizations hold one domain")
	}
}
