package directory

// lifeKeys are the acts that tell the life of a user, with the message that
// says so. Others, such as signing in, are not told there.
var lifeKeys = map[string]string{
	"user.create":        "directory.life.created",
	"guest.add":          "directory.life.invited",
	"guest.resend":       "directory.life.resent",
	"guest.accept":       "directory.life.accepted",
	"user.link":          "directory.life.link",
	"password.set":       "directory.life.passwordSet",
	"password.change":    "directory.life.passwordChanged",
	"user.disable":       "directory.life.disabled",
	"user.enable":        "directory.life.enabled",
	"role.grant":         "directory.life.granted",
	"role.revoke":        "directory.life.revoked",
	"user.hold":          "directory.life.held",
	"user.release":       "directory.life.released",
	"organization.leave": "directory.life.left",
	"user.delete":        "directory.life.deleted",
	"user.restore":       "directory.life.restored",
	"user.merge":         "directory.life.merged",
}
