package activity

import (
	"slices"
	"strings"
)

// acts are what the audit log of an organization can hold, in the order in which
// one can choose among them. Each has its words at activity.act.…
var acts = []string{
	"session.start", "session.password", "session.switch", "session.prove", "session.register", "session.end", "session.end_others", "session.end_all", "session.disown", "tenant.enter",
	"password.set", "password.change", "password.reset", "password.help", "link.create", "user.link", "method.add", "method.change", "method.remove", "method.default", "method.name", "recovery.make", "method.remove_all", "registration.skip", "registration.confirm", "pass.give", "pass.use", "token.upload", "token.assign", "token.unassign", "token.delete", "token.activate", "user.sign_out",
	"user.create", "user.disable", "user.enable", "user.delete", "user.restore", "user.merge", "user.erase", "user.purge", "user.hold", "user.release",
	"user.rename", "guest.add", "guest.resend", "guest.accept", "guest.decline", "guest.expire", "guest.block", "guest.unblock",
	"organization.leave", "organization.undo", "organization.hand_over", "connection.add", "connection.end",
	"request.open", "request.withdraw", "request.note", "request.extend", "request.approve", "request.decline", "request.met", "request.lapsed",
	"request.reminded", "request.escalated",
	"role.grant", "role.revoke", "group.create", "group.rename", "group.delete", "group.add", "group.remove",
	"setting.external_user_leave", "setting.undo_days", "setting.experience", "policy.second", "policy.methods", "policy.campaign", "policy.reset", "policy.passwords", "policy.lockout", "policy.sessions",
	"tenant.create", "tenant.properties", "tenant.closing", "tenant.closing_stopped", "tenant.close", "tenant.reopen", "tenant.purge",
	"tenant.unadministered", "audit.download", "delivery.retry", "delivery.discard",
}

// known says whether an act has words.
func known(act string) bool { return slices.Contains(acts, act) }

// unproved says whether an act without an actor is that of somebody who has not proved
// who they are. Other such acts are the portal's own.
func unproved(act string, refused bool) bool {
	switch act {
	case "session.start", "password.help":
		return true
	case "password.reset", "method.remove":
		return refused
	}
	return false
}

// aboutSession says whether the second id of an act is the person's own, such as
// a session, and not for an organization to see.
func aboutSession(act string) bool {
	room, _, _ := strings.Cut(act, ".")
	return room == "session" || room == "method" || room == "recovery"
}
