package securityinfo

import (
	"context"
	"crypto/rand"
	"fmt"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// BeginAuthenticator makes the seed of an app that is to be added. It waits, for
// as long as SetUpTime, until a code proves that the app has it; one that waited
// before is forgotten. Nothing has changed until then, so nobody is told.
func (f *Feature) BeginAuthenticator(ctx context.Context, who actor.Actor) error {
	if _, err := f.person(ctx, f.DB, who); err != nil {
		return err
	}
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := f.mayBegin(ctx, tx, who, accounts.Authenticator); err != nil {
			return err
		}
		list, err := accounts.MethodsOf(ctx, tx, who.AccountID)
		if err != nil {
			return err
		}
		if err := mayAdd(list); err != nil {
			return err
		}
		return f.newSeed(ctx, tx, who.AccountID, "")
	})
	if err != nil {
		return fmt.Errorf("begin authenticator: %w", err)
	}
	return nil
}

// newSeed makes the seed of an app, which waits: for the account itself, or bound to
// an organization.
func (f *Feature) newSeed(ctx context.Context, tx *db.Tx, accountID, tenantID string) error {
	seed, methodID := make([]byte, seedSize), f.IDs.Random()
	rand.Read(seed)
	return accounts.WaitFor(ctx, tx, accountID, accounts.Seed{MethodID: methodID, Tenant: tenantID, Sealed: f.sealSeed(tenantID, methodID, seed)})
}

func (f *Feature) sealSeed(tenantID, methodID string, seed []byte) []byte {
	return f.Box.Seal(seedPurpose, tenantID, methodID, seed)
}

// SetUp is what an app is told to make its codes from.
type SetUp struct {
	MethodID string
	Issuer   string
	Account  string
	Key      string // in groups of four, for who types it
	URI      string // what the QR code says
}

// SettingUp reads what the asker is setting up. It is a secret: who asks has
// proved who they are a moment ago.
func (f *Feature) SettingUp(ctx context.Context, who actor.Actor) (SetUp, error) {
	h, err := f.person(ctx, f.DB, who)
	if err != nil {
		return SetUp{}, err
	}
	return f.settingUp(ctx, who, "", h.Organization, h.Address)
}

func (f *Feature) settingUp(ctx context.Context, who actor.Actor, tenantID, organization, address string) (SetUp, error) {
	if err := Fresh(who, f.DB.Now()); err != nil {
		return SetUp{}, err
	}
	s, found, err := accounts.Waiting(ctx, f.DB, who.AccountID, tenantID, f.DB.Now().Add(-SetUpTime))
	if err != nil {
		return SetUp{}, fmt.Errorf("set up authenticator: %w", err)
	}
	if !found {
		return SetUp{}, setUpOver()
	}
	seed, err := f.openSeed(s)
	if err != nil {
		return SetUp{}, fmt.Errorf("set up authenticator: %w", err)
	}
	out := SetUp{MethodID: s.MethodID, Issuer: issuerName(organization), Account: address, Key: KeyOf(seed)}
	out.URI = keyURI(out.Issuer, out.Account, seed)
	return out, nil
}

// setUpOver: too late, replaced by another, or in use already.
func setUpOver() error {
	return fault.New(fault.Gone, "set_up_over", "securityinfo.authenticator.over.title")
}

// Confirmed is a method that was added.
type Confirmed struct {
	First    bool // no second step was asked for until now
	Replaced bool // it took the place of another
}

// ConfirmAuthenticator takes the app that methodID waits for into use. The code
// shows that the app and the portal agree; its step of time is spent.
func (f *Feature) ConfirmAuthenticator(ctx context.Context, who actor.Actor, methodID, typed, name string) (Confirmed, error) {
	name, step, err := f.confirming(ctx, who, "", methodID, typed, name)
	if err != nil {
		return Confirmed{}, err
	}
	var out Confirmed
	err = f.alter(ctx, who, alteration{
		Entry:  audit.Entry{Act: "method.add"},
		Method: accounts.Method{ID: methodID, Type: accounts.Authenticator, Name: name},
		Words:  &addedTexts,
	}, func(tx *db.Tx, list []accounts.Method, _ *accounts.Method) error {
		out.First = !accounts.HasSecondStep(list)
		if err := mayAdd(list); err != nil {
			return err
		}
		ok, err := accounts.Activate(ctx, tx, who.AccountID, methodID, name, step, tx.Now().Add(-SetUpTime))
		if err == nil && !ok {
			err = setUpOver()
		}
		return err
	})
	if err != nil {
		return Confirmed{}, fmt.Errorf("confirm authenticator: %w", err)
	}
	return out, nil
}

// confirming reads the form that confirms an app.
func (f *Feature) confirming(ctx context.Context, who actor.Actor, tenantID, methodID, typed, called string) (name string, step int64, err error) {
	name, nameErr := methodName(called)
	step, codeErr := f.firstStep(ctx, who, tenantID, methodID, typed)
	if codeErr != nil {
		if why, ok := fault.Of(codeErr); !ok || why.Kind != fault.Invalid {
			return "", 0, codeErr
		}
	}
	return name, step, gather("code", codeErr, "name", nameErr)
}

// firstStep finds the step of the first code of a new app.
func (f *Feature) firstStep(ctx context.Context, who actor.Actor, tenantID, methodID, typed string) (int64, error) {
	if err := Fresh(who, f.DB.Now()); err != nil {
		return 0, err
	}
	s, found, err := accounts.Waiting(ctx, f.DB, who.AccountID, tenantID, f.DB.Now().Add(-SetUpTime))
	if err != nil {
		return 0, fmt.Errorf("confirm authenticator: %w", err)
	}
	if !found || s.MethodID != methodID {
		return 0, setUpOver()
	}
	if plain(typed) == "" {
		return 0, fault.New(fault.Invalid, "code_missing", "securityinfo.second.missing")
	}
	code, err := appCode(typed)
	if err != nil {
		return 0, err
	}
	seed, err := f.openSeed(s)
	if err != nil {
		return 0, fmt.Errorf("confirm authenticator: %w", err)
	}
	step, found, _, err := matchStep(seed, code, f.DB.Now(), 0)
	if err != nil {
		return 0, fmt.Errorf("confirm authenticator: %w", err)
	}
	if !found {
		return 0, fault.New(fault.Invalid, "wrong_code", "securityinfo.authenticator.wrong")
	}
	return step, nil
}
