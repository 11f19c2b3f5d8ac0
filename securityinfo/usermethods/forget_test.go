package usermethods_test

import (
	"context"
	"strings"
	"testing"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/fault"
	"sojourn/sojourntest"
)

// The operator helps who has nobody else to ask: the only administrator, and who
// has no home organization.
func TestForget(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		ctx, f, op := context.Background(), p.App.UserMethods, actor.OperatorActor()
		b := p.SignIn(sam)
		for _, address := range []string{sam, mirjam} {
			armed(t, p, address)
		}
		account := p.Self(sam).AccountID
		gone, err := f.Forget(ctx, op, account, accounts.Authenticator)
		if err != nil || len(gone) != 1 || gone[0].Name != "Old phone" {
			t.Fatalf("%v, %v", gone, err)
		}
		if page := b.Get("/"); !strings.HasPrefix(page.Path, "/sign-in") {
			t.Errorf("the session goes on: %s", page.Path)
		}
		if n := methods(t, p, sam); n != 1 {
			t.Errorf("%d methods are left, want the recovery codes", n)
		}
		if gone, err := f.Forget(ctx, op, account, accounts.Authenticator); err != nil || len(gone) != 0 {
			t.Errorf("again: %v, %v", gone, err)
		}
		if n := rows(t, p, "method.remove", "operator", "done", p.User(sam, "contoso.example").ID); n != 1 {
			t.Errorf("%d rows, want 1", n)
		}
		if n := letters(p, sam, "Set up your sign-in methods again"); n != 1 {
			t.Errorf("%d letters, want 1", n)
		}
		alone := p.Self(mirjam).AccountID
		if gone, err := f.Forget(ctx, op, alone, ""); err != nil || len(gone) != 2 {
			t.Errorf("without a home: %v, %v", gone, err)
		}
		if n := rows(t, p, "method.remove_all", "operator", "done", alone); n != 1 {
			t.Errorf("%d rows, want 1", n)
		}
		if _, err := f.Forget(ctx, p.Administrator(sam, "contoso.example"), alone, ""); !fault.Is(err, "not_found") {
			t.Errorf("by somebody else: %v", err)
		}
	})
}

// A letter about it is in the language of its reader.
func TestForget_dutch(t *testing.T) {
	p := sojourntest.Start(t)
	armed(t, p, mirjam)
	if _, err := p.App.UserMethods.Forget(context.Background(), actor.OperatorActor(), p.Self(mirjam).AccountID, ""); err != nil {
		t.Fatal(err)
	}
	if n := letters(p, mirjam, "Stel uw aanmeldingsmethoden opnieuw in"); n != 1 {
		for _, m := range p.Mails(mirjam) {
			t.Log(m.Subject)
		}
		t.Errorf("%d letters, want 1", n)
	}
}
