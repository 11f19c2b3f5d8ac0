package demo

import (
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"sojourn/internal/actor"
	"sojourn/securityinfo"
)

// tokenDomain is of the organization that hands hardware tokens out.
const tokenDomain = "woodgrove.example"

// tokens are in its inventory; everybody may know what they show.
var tokens = []struct {
	serial, seed string
	period       int
	sha256       bool
}{
	{"GALT-10420", "the first token seed", 30, false},
	{"GALT-10421", "a second token seed!", 60, false},
	{"GALT-10422", "a third seed, of thirty-two byte", 30, true},
}

// stock fills the inventory.
func (s *seeder) stock() error {
	var file strings.Builder
	file.WriteString("upn,serial number,secret key,time interval,manufacturer,model,hash function\n")
	for _, t := range tokens {
		hash := "sha1"
		if t.sha256 {
			hash = "sha256"
		}
		fmt.Fprintf(&file, ",%s,%s,%d,Galt Instruments,T2,%s\n", t.serial, base32.StdEncoding.EncodeToString([]byte(t.seed)), t.period, hash)
	}
	s.at(40)
	_, err := s.app.Inventory.Upload(s.ctx, actor.OperatorActor(), s.tenants[tokenDomain].ID, []byte(file.String()))
	return err
}

// tokenCodes are what the tokens show now.
func (w *World) tokenCodes() (out []shownCode, err error) {
	for _, t := range tokens {
		code, left, err := securityinfo.TokenCodeNow([]byte(t.seed), t.sha256, t.period, w.App.DB.Now())
		if err != nil {
			return nil, err
		}
		out = append(out, shownCode{
			who: t.serial, account: tokenDomain, app: t.serial, key: securityinfo.KeyOf([]byte(t.seed)),
			code: code[:3] + " " + code[3:], left: int(left.Round(time.Second) / time.Second),
		})
	}
	return out, nil
}
