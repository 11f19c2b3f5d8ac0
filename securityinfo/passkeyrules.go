package securityinfo

import (
	"strings"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/internal/passkey"
)

// mayAddKey says whether one more passkey or security key may be added.
func mayAddKey(list []accounts.Method) error {
	n := 0
	for _, m := range list {
		if m.Type == accounts.Passkey {
			n++
		}
	}
	if n >= accounts.MaxPasskeys {
		return fault.New(fault.Conflict, "too_many_methods", "securityinfo.passkeys.full", "max", accounts.MaxPasskeys)
	}
	return nil
}

// mayRemoveKey refuses to take away the last passkey of somebody who has no
// password: nothing would let them in any more.
func mayRemoveKey(list []accounts.Method, methodID string, hasPassword bool) error {
	if hasPassword {
		return nil
	}
	for _, m := range list {
		if m.ID != methodID && m.Type == accounts.Passkey { // a temporary pass does not last
			return nil
		}
	}
	return fault.New(fault.Conflict, "last_way_in", "securityinfo.passkeys.delete.only")
}

// keyName checks what somebody calls a passkey of theirs. Without a name several
// could not be told apart.
func keyName(typed string) (string, error) {
	name, err := methodName(typed)
	if err == nil && name == "" {
		err = fault.New(fault.Invalid, "name_missing", "securityinfo.passkeys.name.missing")
	}
	return name, err
}

// of is the name that a passkey gets: what keeps it tells more than what was suggested
// before that was known.
func (n KeyName) of(name, keeper string) string {
	if keeper != "" && n.Typed == n.Suggested {
		return keeper
	}
	return name
}

// partAnswer takes apart what a form sends: the secret of the question, and the
// answer as the browser gave it.
func partAnswer(sent string) (secret, answer string, ok bool) {
	secret, answer, ok = strings.Cut(sent, ".")
	return secret, answer, ok && secret != "" && answer != ""
}

// ownerOf is an account as its passkeys know it.
func ownerOf(h holder, handle []byte, keys []accounts.Key) passkey.Owner {
	o := passkey.Owner{Handle: handle, Name: h.Address, Display: h.Name}
	for _, k := range keys {
		o.Keys = append(o.Keys, passkey.Credential{ID: k.ID, Record: k.Record, Count: k.Count, Syncable: k.Syncable, BackedUp: k.BackedUp})
	}
	return o
}

// keyOf is a passkey as it is to be stored.
func keyOf(k accounts.Key, c passkey.Credential) accounts.Key {
	k.ID, k.Record, k.Count, k.Syncable, k.BackedUp = c.ID, c.Record, c.Count, c.Syncable, c.BackedUp
	return k
}

// Why an answer is refused, as its person reads it. All of them are mended by trying
// again or another way.
func keyWrong() error {
	return fault.New(fault.Invalid, "passkey_wrong", "securityinfo.passkeys.wrong")
}

func keyOver() error { return fault.New(fault.Invalid, "passkey_over", "securityinfo.passkeys.over") }

func keyMissing() error {
	return fault.New(fault.Invalid, "passkey_missing", "securityinfo.passkeys.missing")
}

func keyUnverified() error {
	return fault.New(fault.Invalid, "passkey_unverified", "securityinfo.passkeys.unverified")
}

func keyMoved() error {
	return fault.New(fault.Invalid, "passkey_moved", "securityinfo.passkeys.moved")
}

func keyCopied() error {
	return fault.New(fault.Invalid, "passkey_copied", "securityinfo.passkeys.copied")
}

func keyForbidden() error {
	return fault.New(fault.Invalid, "method_not_allowed", "securityinfo.passkeys.forbidden")
}

// noKeys: people reach this portal by a number, for which no browser makes passkeys.
func noKeys() error { return fault.Missing() }
