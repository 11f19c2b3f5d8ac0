package admin_test

import (
	"net/http"
	"testing"

	"sojourn/sojourntest"
)

const (
	sam    = "sam.rivera@contoso.example" // Global Administrator
	ursula = "ursula@contoso.example"     // User Administrator
)

func TestAdministration_start(t *testing.T) {
	p := sojourntest.Start(t)
	p.SignIn(sam).Get("/manage/contoso.example").Has("Manage users", "See deleted users", "Manage groups", "Edit properties", "Change how guests leave")
	p.SignIn(ursula).Get("/manage/contoso.example").Has("Manage users").HasNot("Edit properties", "Change how guests leave")
	p.SignIn("noor.haddad@contoso.example").Get("/manage/contoso.example").Is(http.StatusForbidden)
}
