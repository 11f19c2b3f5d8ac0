package policies_test

import (
	"encoding/base32"
	"fmt"
	"testing"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/policies"
	"sojourn/securityinfo"
	"sojourn/sojourntest"
)

// token hands a token out to somebody, who takes it into use.
func (w world) token(address, serial string) {
	w.t.Helper()
	seed := []byte("twenty octets of a seed")[:20]
	file := fmt.Sprintf("upn,serial number,secret key,time interval,manufacturer,model\r\n%s,%s,%s,60,,\r\n", address, serial, base32.StdEncoding.EncodeToString(seed))
	info, who := w.App.SecurityInfo, w.Self(address)
	_, err := w.App.Inventory.Upload(w.ctx, actor.OperatorActor(), w.tenant, []byte(file))
	if err == nil {
		err = info.BeginToken(w.ctx, who, serial)
	}
	var s accounts.TokenSetUp
	if err == nil {
		s, err = info.SettingUpToken(w.ctx, who)
	}
	var code string
	if err == nil {
		code, _, err = securityinfo.TokenCodeNow(seed, false, 60, w.App.DB.Now())
	}
	if err == nil {
		_, err = info.ConfirmToken(w.ctx, who, s.MethodID, code)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// askedToAdd counts those at home whom the campaign asks when they sign in.
func (w world) askedToAdd() (n int) {
	w.t.Helper()
	list, err := directory.Users(w.ctx, w.App.DB, w.tenant, directory.Filter{}, directory.Cursor{}, 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, u := range list {
		if asked, err := policies.Of(w.ctx, w.App.DB, u.AccountID); err != nil || asked.Tenant != w.tenant {
			continue
		}
		m, err := w.App.SecurityInfo.Missing(w.ctx, actor.Actor{Kind: actor.Person, AccountID: u.AccountID})
		if err != nil {
			w.t.Fatal(err)
		}
		if m.Campaign {
			n++
		}
	}
	return n
}

// Whom the campaign will ask is whom it asks: not the owners of hardware tokens, nor
// who may use nothing that it asks for.
func TestEffectOf_campaign(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		w := newWorld(t, p)
		review := w.group("Watch") // Noor alone is in it
		everyone := len(w.everybodyAtHome())
		is := func(what string, change func(*policies.Policy), want int) {
			t.Helper()
			stands := w.policy()
			after := stands
			after.Campaign = policies.Campaign{For: everybody(), Snooze: 1}
			change(&after)
			said := w.counted(policies.CampaignPart, stands, after)["bare"]
			for part, set := range map[policies.Part]func(*policies.Policy){
				policies.MethodsPart:  func(p *policies.Policy) { p.Methods = after.Methods },
				policies.CampaignPart: func(p *policies.Policy) { p.Campaign = after.Campaign },
			} {
				if err := w.App.Policies.Set(w.ctx, w.sam(true), w.tenant, part, w.policy().Mark(part), set); err != nil {
					t.Fatal(what, err)
				}
			}
			if does := w.askedToAdd(); said != want || does != want {
				t.Errorf("%s: %d are said to be asked, and %d are, want %d of %d", what, said, does, want, everyone)
			}
		}
		is("nobody has anything", func(*policies.Policy) {}, everyone)
		w.token(ursula, "P-1")
		is("one has a token", func(*policies.Policy) {}, everyone-1)
		w.hers(noor)
		is("another has an app", func(*policies.Policy) {}, everyone-2)
		only := policies.Scope{Who: policies.OneGroup, Group: review}
		is("an app, a passkey or a token for one only, who has one", func(p *policies.Policy) {
			p.Methods = policies.Methods{accounts.Authenticator: only, accounts.Passkey: only, accounts.HardwareToken: only}
		}, 0)
		is("tokens for everybody", func(p *policies.Policy) {
			p.Methods = policies.Methods{accounts.Authenticator: only, accounts.Passkey: only}
		}, everyone-2)
	})
}
