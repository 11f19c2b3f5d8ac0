package securityinfo

import "sojourn/accounts"

// KeysFull says whether no more passkey or security key can be added.
func (i Info) KeysFull() bool { return mayAddKey(i.Methods) != nil }

// Only says whether a passkey is all that lets its person in.
func (i Info) Only(m accounts.Method) bool {
	return mayRemoveKey(i.Methods, m.ID, i.HasPassword) != nil
}

// keptWhere says where a passkey is kept, as its device tells it.
func keptWhere(m accounts.Method) string {
	switch {
	case m.BackedUp:
		return "securityinfo.passkeys.backedUp"
	case m.Portable:
		return "securityinfo.passkeys.oneKey"
	}
	return "securityinfo.passkeys.oneDevice"
}
