package securityinfo

import (
	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/policies"
)

// helps says whether a method that is good for getting back in only is to be offered.
func helps(a policies.Asked, kind accounts.MethodType) bool { return a.MayReset() && a.ResetBy(kind) }

// anotherAddress checks an address to get back in by: not one that somebody signs in
// with, which may be lost together with the password, nor the one there is.
func anotherAddress(typed string, own []string, now string) (string, error) {
	address, err := accounts.Address(typed)
	if err != nil {
		return "", bad("address", err)
	}
	for _, one := range own {
		if accounts.Fold(one) == accounts.Fold(address) {
			return "", refusedAddress("address_own", "securityinfo.email.own")
		}
	}
	if now != "" && accounts.Fold(now) == accounts.Fold(address) {
		return "", refusedAddress("address_same", "securityinfo.email.same")
	}
	return address, nil
}

func refusedAddress(code, key string) error {
	return fault.New(fault.Invalid, code, key).Field("address", key)
}

// bad puts a fault under a field.
func bad(field string, err error) error {
	if f, ok := fault.Of(err); ok && len(f.Fields) == 0 {
		return fault.New(f.Kind, f.Code, f.Key, f.Args...).Field(field, f.Key, f.Args...)
	}
	return err
}
