package signin

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/id"
	"sojourn/internal/outbox"
	"sojourn/internal/sources"
	"sojourn/internal/web"
)

// Feature is the room: its verbs, its pages, and the gate of the portal.
type Feature struct {
	DB            *db.DB
	IDs           id.Source
	Words         *i18n.Bundle
	Log           *slog.Logger // nil is the default one
	Base          *url.URL     // where people reach the portal: cookies follow it
	Zone          *time.Location
	Passwords     Passwords
	Seconds       Seconds
	Passkeys      Passkeys // nil: there are none
	Registrations Registrations
	Passes        Passes
	Bounds        Bounds
	Taking        Taking
	Told          func(result string) // how each sign-in ended; nil: nobody is
	Uses          Uses
	Languages     Languages
	Outbox        Outbox
	Resets        Resets
	Begun         *sources.Limiter // sign-ins begun, by source: each is a row
	Asked         *sources.Limiter // passkeys asked, by source: each is a row
	Tries         *sources.Limiter // passwords compared, by source
}

// Passwords compares what was typed. The version it gives must still stand when
// a session is made of the answer. account "" is nobody: then name counts, at the
// same cost. browser is "" unless the account has been signed in there before.
type Passwords interface {
	Verify(ctx context.Context, account, name, browser, password string) (version int, err error)
}

// Registrations knows what somebody has still to set up: before anything else, or
// when it suits them.
type Registrations interface {
	Due(ctx context.Context, c db.Conn, accountID string) (must, ask bool, err error)
}

// Outbox takes a letter along in the transaction of the act.
type Outbox interface {
	Put(ctx context.Context, tx *db.Tx, m outbox.Mail) error
}

// Resets mails somebody a link with which they set a new password.
type Resets interface {
	PasswordLink(ctx context.Context, tx *db.Tx, accountID, tenantID, address, language string) (url string, err error)
}

// Uses is told when a person uses their user in a tenant.
type Uses interface {
	Used(ctx context.Context, c db.Conn, tenantID, userID string) error
}

// Languages keeps a choice of language in the browser.
type Languages interface {
	KeepLanguage(w http.ResponseWriter, l *i18n.Locale)
}

// Routes mounts the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /sign-in", web.Open, f.showName)
	t.Handle("POST /sign-in", web.Open, f.submitName)
	t.Handle("GET /sign-in/password", web.Open, f.showPassword)
	t.Handle("POST /sign-in/password", web.Open, f.submitPassword)
	t.Handle("POST /sign-in/passkey", web.Open, f.submitPasskey)
	t.Handle("POST /sign-in/passkey/ask", web.Open, f.submitAsk)
	t.Handle("GET /sign-in/pass", web.Open, f.showPass)
	t.Handle("POST /sign-in/pass", web.Open, f.submitPass)
	t.Handle("GET /prove/pass", web.SignedIn, f.showProofPass)
	t.Handle("POST /prove/pass", web.SignedIn, f.submitProofPass)
	t.Handle("GET /sign-in/second", web.Open, f.showSecond)
	t.Handle("POST /sign-in/second", web.Open, f.submitSecond)
	t.Handle("POST /sign-in/second/send", web.Open, f.submitSend)
	t.Handle("POST /sign-in/second/ask", web.Open, f.submitSecondAsk)
	t.Handle("GET /sign-in/second/methods", web.Open, f.showMethods)
	t.Handle("GET /accounts", web.Open, f.showAccounts)
	t.Handle("POST /accounts/{session}/switch", web.Open, f.submitSwitch)
	t.Handle("POST /accounts/{session}/sign-out", web.Open, f.submitSignOutOf)
	t.Handle("POST /accounts/sign-out", web.Open, f.submitSignOutHere)
	t.Handle("POST /sign-in/registered", web.SignedIn, f.submitRegistered)
	t.Handle("GET /prove", web.SignedIn, f.showProof)
	t.Handle("POST /prove", web.SignedIn, f.submitProof)
	t.Handle("GET /prove/second", web.SignedIn, f.showProofSecond)
	t.Handle("POST /prove/second", web.SignedIn, f.submitProofSecond)
	t.Handle("POST /prove/second/send", web.SignedIn, f.submitProofSend)
	t.Handle("POST /prove/second/ask", web.SignedIn, f.submitProofSecondAsk)
	t.Handle("POST /prove/passkey", web.SignedIn, f.submitProofPasskey)
	t.Handle("POST /prove/passkey/ask", web.SignedIn, f.submitProofAsk)
	t.Handle("GET /prove/second/methods", web.SignedIn, f.showProofMethods)
	t.Handle("GET /enter/{tenant}", web.SignedIn, f.showEnter)
	t.Handle("POST /enter/{tenant}", web.SignedIn, f.submitEnter)
	t.Handle("GET /enter/{tenant}/second", web.SignedIn, f.showEnterSecond)
	t.Handle("POST /enter/{tenant}/second", web.SignedIn, f.submitEnterSecond)
	t.Handle("GET /stay", web.SignedIn, f.showStay)
	t.Handle("GET /manage/{tenant}/stay", web.Manage, f.showStay)
	t.Handle("POST /sign-out", web.SignedIn, f.submitSignOut)
	t.Handle("POST /sign-out-everywhere", web.SignedIn, f.submitSignOutEverywhere)
	t.Handle("GET /not-me/{token}", web.Open, f.showNotice)
	t.Handle("POST /not-me/{token}", web.Open, f.submitNotice)
	t.Handle("GET /not-me/{token}/method", web.Open, f.showRemoval)
	t.Handle("POST /not-me/{token}/method", web.Open, f.submitRemoval)
	t.Handle("POST /language", web.Open, f.submitLanguage)
}

func (f *Feature) log() *slog.Logger {
	if f.Log == nil {
		return slog.Default()
	}
	return f.Log
}
