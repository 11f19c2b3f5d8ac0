package desk

import (
	"fmt"
	"hash/crc32"
	"strings"
	"time"

	"sojourn/directory"
	"sojourn/ui"
)

// Made makes up the people of the previews, and the desk they are looked at from.
type Made struct {
	Shell *ui.Shell
	All   Desk // of somebody who may do everything
}

// MadeUp furnishes a shell for previews of the administration.
func MadeUp(s *ui.Shell) Made {
	shell := *s
	if shell.Now.IsZero() {
		shell.Now = time.Date(2026, 5, 12, 9, 41, 0, 0, time.UTC)
	}
	if shell.Admin == nil {
		shell.Admin = &ui.Admin{Tenant: "t", Name: "Contoso Ltd", Entries: []ui.Entry{
			{Key: "admin.users.title", Href: "/manage/t/users", Icon: "users", Name: "users"},
			{Key: "admin.deleted.title", Href: "/manage/t/deleted-users", Icon: "trash", Name: "deleted"},
			{Key: "admin.groups.title", Href: "/manage/t/groups", Icon: "group", Name: "groups"},
			{Key: "admin.properties.title", Href: "/manage/t/properties", Icon: "settings", Name: "properties"},
			{Key: "admin.external-collaboration.title", Href: "/manage/t/external-collaboration", Icon: "door", Name: "external-collaboration"},
		}}
	}
	return Made{Shell: &shell, All: Desk{
		Base: "/manage/t", Organization: "Contoso Ltd", CanManage: true, CanInvite: true, CanReadDeleted: true, CanSetProperties: true, CanHold: true, CanClose: true,
		CanManageMethods: true, CanSendLinks: true,
	}}
}

// Reader is the desk of somebody who may only look.
func (m Made) Reader() Desk { return Desk{Base: m.All.Base, Organization: m.All.Organization} }

// Day is so many days from now.
func (m Made) Day(days int) time.Time { return m.Shell.Now.AddDate(0, 0, days) }

// User is somebody with an address.
func (m Made) User(name, address string, kind directory.UserType) directory.User {
	u := directory.User{
		ID: fmt.Sprintf("5b1f6f0e-93a2-4c57-9d7e-%012x", crc32.ChecksumIEEE([]byte(address))), TenantID: "t", AccountID: "a", DisplayName: name, Mail: address, Type: kind,
		PrincipalName: address, Enabled: true, CreatedAt: m.Day(-480), LastUsedAt: m.Day(-2),
	}
	if kind == directory.Guest {
		u.PrincipalName = External(address)
		u.CreationType, u.ExternalState, u.ExternalStateAt = directory.Invitation, directory.Accepted, m.Day(-477)
	}
	return u
}

// External is the principal name of a guest of Contoso.
func External(address string) string {
	return strings.ReplaceAll(address, "@", "_") + "#EXT#@contoso.example"
}

// Gone is the same user deleted, with some days left.
func (m Made) Gone(u directory.User, kind directory.DeletedKind, daysLeft int) directory.User {
	u.DeletedAt, u.DeletedKind, u.PurgeAt = m.Day(daysLeft-directory.RetentionDays), kind, m.Day(daysLeft).Add(-time.Hour)
	return u
}

// Names that are as long as names get.
const (
	LongName    = "Maximiliane Freifrau von Hohenstein-Wittelsbach"
	LongAddress = "maximiliane.von-hohenstein-wittelsbach@tailspin-toys-international-holding.example"
)

// LongGroup is such a name of a group.
var LongGroup = strings.TrimSpace(strings.Repeat("Long name of a group ", 5))

// People are four guests, who stand differently, and a member.
func (m Made) People() []directory.User {
	chidi, lena := m.User("Chidi Okonkwo", "chidi@relecloud.example", directory.Guest), m.User("Lena Fischer", "lena.fischer@fabrikam.example", directory.Guest)
	long, sato := m.User(LongName, LongAddress, directory.Guest), m.User("佐藤 健", "sato@litware.example", directory.Guest)
	sato.ExternalState, sato.LastUsedAt, sato.AccountID = directory.Pending, time.Time{}, ""
	long.Enabled, long.EnabledAt = false, m.Day(-5)
	lena.HomeEndedAt = m.Day(-9)
	return []directory.User{chidi, lena, long, sato, m.User("Olu Adeyemi", "olu@contoso.example", directory.Member)}
}
