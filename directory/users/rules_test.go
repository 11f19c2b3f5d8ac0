package users

import (
	"slices"
	"testing"

	"sojourn/directory"
)

func TestGrantable(t *testing.T) {
	if got := grantable([]directory.Role{directory.GlobalAdministrator}); !slices.Equal(got, directory.Roles) {
		t.Errorf("a Global Administrator: %v", got)
	}
	got := grantable([]directory.Role{directory.UserAdministrator, directory.ReportsReader})
	if len(got) == 0 || slices.Contains(got, directory.UserAdministrator) || slices.Contains(got, directory.GlobalAdministrator) {
		t.Errorf("a User Administrator: %v", got)
	}
	if got := grantable([]directory.Role{directory.GuestInviter}); len(got) != 0 {
		t.Errorf("a Guest Inviter: %v", got)
	}
}

func TestByRank(t *testing.T) {
	got := byRank([]directory.Role{directory.ReportsReader, directory.GlobalAdministrator, directory.GuestInviter})
	if want := []directory.Role{directory.GlobalAdministrator, directory.GuestInviter, directory.ReportsReader}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}
