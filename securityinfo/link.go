package securityinfo

import (
	"context"
	"fmt"
	"time"

	"sojourn/accounts"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
)

// link is a one-time link as it is stored.
type link struct {
	ID      string
	Purpose Purpose
	Account string
	Tenant  string
	User    string
	Address string // folded
	Expires time.Time
}

// gone is the answer for every link that leads nowhere: unknown, used, replaced,
// expired, or its occasion is past.
func gone() error { return fault.New(fault.Gone, "link_dead", "securityinfo.gone.title") }

// Welcome is what the page behind a link says: who is to set a password, or
// that the way in is to sign in.
type Welcome struct {
	Purpose      Purpose
	Name         string
	Address      string
	Organization string // home organization, or the one that invites; may be ""
	First        bool   // there is no password yet
	SignIn       bool   // the invited address has an account, or an organization speaks for it
	Min          int    // characters of a new password
}

// Look reads what a link is for and changes nothing: programs that follow links
// in mails look too.
func (f *Feature) Look(ctx context.Context, token string) (Welcome, error) {
	w, _, err := f.look(ctx, f.DB, token)
	return w, err
}

func (f *Feature) look(ctx context.Context, c db.Conn, token string) (Welcome, link, error) {
	l, found, err := liveLink(ctx, c, id.Hash(token), c.Now())
	if err != nil {
		return Welcome{}, l, fmt.Errorf("look at link: %w", err)
	}
	if !found || l.Purpose == SetupLink {
		return Welcome{}, l, gone()
	}
	w, err := welcome(ctx, c, l)
	if err != nil {
		return Welcome{}, l, fmt.Errorf("look at link: %w", err)
	}
	return w, l, nil
}

func welcome(ctx context.Context, c db.Conn, l link) (Welcome, error) {
	if l.Purpose == InvitationLink {
		return invited(ctx, c, l)
	}
	h, found, err := holderOf(ctx, c, l.Account)
	if err != nil {
		return Welcome{}, err
	}
	if !found || h.State != accounts.Active {
		return Welcome{}, gone()
	}
	to, err := accounts.MailAddress(ctx, c, l.Account)
	if err != nil {
		return Welcome{}, err
	}
	if l.Address != "" && l.Address != accounts.Fold(to) { // who reads that mailbox is somebody else by now, or always was
		return Welcome{}, gone()
	}
	_, has, err := accounts.PasswordOf(ctx, c, l.Account)
	if err != nil {
		return Welcome{}, err
	}
	demand, err := demandOf(ctx, c, l.Account)
	return Welcome{Purpose: l.Purpose, Name: h.Name, Address: h.Address, Organization: h.Organization, First: !has, Min: demand.length()}, err
}

// invited: the invitation must still wait, and for this very mailbox.
func invited(ctx context.Context, c db.Conn, l link) (Welcome, error) {
	name, organization, waits, err := invitationOf(ctx, c, l.Tenant, l.User, l.Address)
	if err != nil {
		return Welcome{}, err
	}
	if !waits || l.Address == "" {
		return Welcome{}, gone()
	}
	w := Welcome{Purpose: l.Purpose, Name: name, Address: l.Address, Organization: organization, First: true, Min: minLength}
	issuer, err := accounts.Issuer(ctx, c, l.Address)
	if err != nil || issuer != accounts.MailIssuer {
		w.SignIn = true
		return w, err
	}
	_, w.SignIn, err = accounts.ByName(ctx, c, l.Address)
	return w, err
}
