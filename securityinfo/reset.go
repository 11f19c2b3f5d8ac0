package securityinfo

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/id"
	"sojourn/policies"
)

// Reset is how somebody gets back in who forgot their password, on its way. What an
// earlier step fixed is read from here, never from what a page posts.
type Reset struct {
	Name     string
	Way      ResetWay // for which a code was asked for; "" for none
	Place    string   // where it was to go, as it was typed
	Ways     []ResetWay
	Besides  []ResetWay // that administrators may use, too
	Helpdesk string     // of the organization whose domain the name has
	Relays   bool       // its administrators can be written to from here
	Two      bool       // it wants two proofs of everybody

	hash    []byte
	browser string
	account string // "" for a name that nobody has
	step    resetStep
	version int // of the password when it began
	tries   int
	proved  []accounts.MethodType
	policy  policies.Policy
	near    bool // the account has been signed in in this browser, or something was proved
}

// Second says whether one proof has been taken and another is asked.
func (r Reset) Second() bool { return r.step == resetSecond }

// Proved says whether all proofs were taken and a new password is asked.
func (r Reset) Proved() bool { return r.step == resetPassword }

// Takes says whether a proof can be given in a way.
func (r Reset) Takes(w ResetWay) bool {
	return !r.Proved() && (slices.Contains(r.Ways, w) || slices.Contains(r.Besides, w))
}

// id names a reset to others, without what opens it.
func (r Reset) id() string { return hex.EncodeToString(r.hash) }

// codeID is under which name its codes are kept: nobody else's reset can put others
// in their place.
func (r Reset) codeID() string { return "reset-" + r.id() }

// madeFor binds a code to this reset, its step, and where it was to go.
func (r Reset) madeFor(w ResetWay, place string) string {
	return "reset " + r.id() + " " + string(r.step) + " " + string(w) + " " + place
}

// resetOver is the answer for a reset that is unknown, another browser's, too old or
// through.
func resetOver() error { return fault.New(fault.Gone, "flow_over", "signin.flow.over") }

// BeginReset fixes the name in this browser. The answer, and what comes next, depends
// on the domain of the name alone.
func (f *Feature) BeginReset(ctx context.Context, who actor.Actor, browser, typed string) (secret string, err error) {
	name, err := resetName(typed)
	if err != nil {
		return "", err
	}
	try, err := f.Begun.Enter(who.Address)
	if err != nil {
		return "", err
	}
	defer try.Done(false)
	account, _, err := accounts.ByName(ctx, f.DB, name)
	if err != nil {
		return "", fmt.Errorf("begin reset: %w", err)
	}
	password, _, err := accounts.PasswordOf(ctx, f.DB, account.ID)
	if err != nil {
		return "", fmt.Errorf("begin reset: %w", err)
	}
	secret = f.IDs.Secret()
	now := f.DB.Now()
	r := Reset{Name: name, hash: id.Hash(secret), browser: browser, account: account.ID, step: resetFirst, version: password.Version}
	if err := insertReset(ctx, f.DB, r, now, now.Add(resetLife)); err != nil {
		return "", fmt.Errorf("begin reset: %w", err)
	}
	return secret, nil
}

// Reset reads the one that is under way in this browser.
func (f *Feature) Reset(ctx context.Context, secret, browser string) (Reset, error) {
	r, found, err := resetOf(ctx, f.DB, id.Hash(secret), browser, f.DB.Now())
	if err != nil {
		return Reset{}, fmt.Errorf("reset: %w", err)
	}
	if !found || secret == "" {
		return Reset{}, resetOver()
	}
	if r.policy, err = policies.AtDomain(ctx, f.DB, r.Name); err != nil {
		return Reset{}, fmt.Errorf("reset: %w", err)
	}
	seen, err := f.Sessions.Knows(ctx, r.browser, r.account)
	if err != nil {
		return Reset{}, fmt.Errorf("reset: %w", err)
	}
	r.near = seen || len(r.proved) > 0
	to := f.reach()
	_, domain, _ := strings.Cut(accounts.Fold(r.Name), "@")
	if to.Tokens, err = tokensAt(ctx, f.DB, domain); err != nil {
		return Reset{}, fmt.Errorf("reset: %w", err)
	}
	r.Ways, r.Besides = offered(r.policy, f.mails(), to, r.proved)
	r.Helpdesk, r.Relays, r.Two = r.policy.Reset.Helpdesk, f.mails(), r.policy.Reset.Number >= 2
	return r, nil
}

// resetAt reads the one under way, where a proof can be given in a way.
func (f *Feature) resetAt(ctx context.Context, secret, browser string, w ResetWay) (Reset, error) {
	r, err := f.Reset(ctx, secret, browser)
	if err == nil && !r.Takes(w) {
		err = resetOver()
	}
	return r, err
}

// claimant reads the account behind a name.
func (f *Feature) claimant(ctx context.Context, c db.Conn, accountID string) (who claimant, err error) {
	who.ID = accountID
	if who.Open, err = letsIn(ctx, c, accountID); err != nil {
		return who, err
	}
	if who.Asked, err = policies.Of(ctx, c, accountID); err != nil {
		return who, err
	}
	if who.List, err = accounts.MethodsOf(ctx, c, accountID); err != nil {
		return who, err
	}
	password, _, err := accounts.PasswordOf(ctx, c, accountID)
	if err != nil {
		return who, err
	}
	who.Version = password.Version
	answers, _, err := accounts.AnswersOf(ctx, c, accountID)
	if err != nil {
		return who, err
	}
	if _, there := f.Box.Under(answers.Pepper); there { // of a key that is lost nobody knows what was hashed
		who.Answers = answers
	}
	own, err := accounts.IdentitiesOf(ctx, c, accountID)
	for _, one := range own {
		if who.Asked.Tenant == "" && one.Type == accounts.Mailbox {
			who.Own = append(who.Own, one)
		}
	}
	return who, err
}

// ResetQuestions are those that are asked next. A name that nobody has, and an account
// without answers, is asked as well: always among the same, as everybody is.
func (f *Feature) ResetQuestions(ctx context.Context, r Reset) ([]string, error) {
	c, err := f.claimant(ctx, f.DB, r.account)
	if err != nil {
		return nil, fmt.Errorf("reset: %w", err)
	}
	return f.asked(r, c), nil
}

func (f *Feature) asked(r Reset, c claimant) []string {
	var among []string
	for question := range c.Answers.Hashes {
		among = append(among, question)
	}
	if len(among) < r.policy.Reset.ToAnswer {
		name := accounts.Fold(r.Name)
		among = drawn(questions, r.policy.Reset.ToRegister, func(q string) []byte { return f.Box.CodeMAC("questions of nobody", name, q) })
	}
	return drawn(among, r.policy.Reset.ToAnswer, func(q string) []byte {
		return f.Box.CodeMAC("questions of a reset", r.id(), string(r.step), fmt.Sprint(r.tries), q)
	})
}
