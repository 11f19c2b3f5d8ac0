package guests

import (
	"strings"
	"testing"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/caps"
	"sojourn/internal/fault"
)

func TestMessage(t *testing.T) {
	for _, text := range []string{
		"", "Welcome to the team!", "Wait... for it", "Ask me, e.g. on Monday at 9.30 p.m.", "z.s.m. graag, d.w.z. vandaag", "It is 3.5m long",
		"مرحبا بك", "👨‍👩‍👧 welcome", strings.Repeat("é", maxMessage), "colon: slash/and",
	} {
		if got, err := Message(text); err != nil || got != text {
			t.Errorf("%q gave %q, %v", text, got, err)
		}
	}
	if got, err := Message(" two \r\n\tlines "); err != nil || got != "two lines" {
		t.Errorf("got %q, %v", got, err)
	}
	for text, code := range map[string]string{
		"see https://x":                          "message_link",
		"see HTTPS://X":                          "message_link",
		"www.example":                            "message_link",
		"go to evil.example now":                 "message_link",
		"EVIL.COM":                               "message_link",
		"(evil.co.uk/path)":                      "message_link",
		"evil。com":                               "message_link",
		"evil．com":                               "message_link",
		"ev\u200bil.c\u200bom":                   "message_link",
		"💩.la":                                   "message_link",
		"пример.рф":                              "message_link",
		"उदाहरण.भारत":                            "message_link",
		"mail sam@contoso.example":               "message_link",
		"mailto:sam":                             "message_link",
		"a\u202eb":                               "message_characters",
		"a\x07b":                                 "message_characters",
		strings.Repeat("a", maxMessage+1):        "message_long",
		strings.Repeat("é\n", maxMessage):        "message_long",
		"x\n" + strings.Repeat("y", 30) + ".com": "message_link",
	} {
		if _, err := Message(text); !fault.Is(err, code) {
			t.Errorf("%q gave %v, want %s", text, err, code)
		}
	}
}

func TestLimits(t *testing.T) {
	admin := actor.Actor{Kind: actor.Administrator, AccountID: "a", TenantID: "t", UserID: "u"}
	list := limits(admin, "t", "Ann@X.example")
	if len(list) != 3 || list[0] != (caps.Cap{Counter: "mail-user:u", Most: 50}) || list[1] != (caps.Cap{Counter: "mail-tenant:t", Most: 500}) || list[2].Most != 5 {
		t.Errorf("an administrator has %v", list)
	}
	if strings.Contains(list[2].Counter, "x.example") {
		t.Error("an address stands in a counter")
	}
	again := limits(actor.OperatorActor(), "other", " ann@x.EXAMPLE")
	if len(again) != 2 || again[1] != list[2] {
		t.Errorf("the operator has %v", again)
	}
}

func TestAccept_rule(t *testing.T) {
	open := standing{organization: "Contoso", state: directory.TenantActive, enabled: true, organizations: directory.MostPlaces - 1}
	for name, c := range map[string]struct {
		change func(*standing)
		kind   fault.Kind
		code   string
	}{
		"open":        {func(*standing) {}, 0, ""},
		"closed":      {func(s *standing) { s.state = directory.TenantClosed }, fault.Conflict, "tenant_closed"},
		"frozen":      {func(s *standing) { s.state = directory.TenantFrozen }, fault.Conflict, "tenant_frozen"},
		"disabled":    {func(s *standing) { s.enabled = false }, fault.Forbidden, "account_disabled"},
		"here":        {func(s *standing) { s.here = true }, fault.Conflict, "already_in"},
		"full":        {func(s *standing) { s.organizations = directory.MostPlaces }, fault.Conflict, "too_many_organizations"},
		"closed, too": {func(s *standing) { s.state, s.enabled, s.here = directory.TenantClosed, false, true }, fault.Conflict, "tenant_closed"},
	} {
		s := open
		c.change(&s)
		err := accept(s)
		if c.code == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if f, ok := fault.Of(err); !ok || f.Code != c.code || f.Kind != c.kind {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

func TestDecline_rule(t *testing.T) {
	if err := decline(false, "Contoso"); err != nil {
		t.Error(err)
	}
	if err := decline(true, "Contoso"); !fault.Is(err, "already_accepted") {
		t.Error(err)
	}
}
