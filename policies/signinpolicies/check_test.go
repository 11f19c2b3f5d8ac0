package signinpolicies_test

import (
	"net/url"
	"testing"

	"sojourn/sojourntest"
)

// What is asked about a method says which policy it is part of.
func TestCheck_method(t *testing.T) {
	p := sojourntest.Start(t)
	b := p.SignIn("sam.rivera@contoso.example")
	for _, one := range [][3]string{
		{"", "Continue", "Phone, in the authentication methods policy of Contoso Ltd"},
		{"?lng=nl", "Doorgaan", "Telefoon, in het beleid voor verificatiemethoden van Contoso Ltd"},
	} {
		b.Get("/manage/contoso.example/policies/methods/phone"+one[0]).Submit(one[1], url.Values{"who": {"none"}}).Is(200).Has(one[2])
	}
}
