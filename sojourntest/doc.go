// Package sojourntest puts a whole portal inside a test: the real handler on a
// real database with the demo's world, real mails into a sink, and a browser
// that reads pages as a person does.
//
//	p := sojourntest.Start(t)
//	noor := p.SignIn("noor.haddad@contoso.example")
//	noor.Get("/organizations").Has("Other organizations you belong to")
//	noor.Follow("Leave organization Fabrikam, Inc.").Submit("Leave", nil).Has("Receipt for leaving")
package sojourntest
