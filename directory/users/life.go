package users

import (
	"context"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
)

// moment is one act in the life of a user.
type moment struct {
	At        time.Time
	Act       string
	Other     string // the role, for acts on roles
	Actor     actor.Kind
	By        directory.Named // the administrator; no name where nobody knows it any more
	Departure string          // of a restore: the record that says what came back
}

// lifeKeys are the acts that tell the life of a user, with the message that
// says so. Others, such as signing in, are not told there; nor are methods added and
// passes made, which only whoever manages methods reads, beside the methods.
var lifeKeys = map[string]string{
	"user.create":        "directory.life.created",
	"guest.add":          "directory.life.invited",
	"guest.resend":       "directory.life.resent",
	"guest.accept":       "directory.life.accepted",
	"user.link":          "directory.life.link",
	"password.set":       "directory.life.passwordSet",
	"password.change":    "directory.life.passwordChanged",
	"password.reset":     "directory.life.passwordReset",
	"method.remove":      "directory.life.methodRemoved",
	"method.remove_all":  "directory.life.methodsRemoved",
	"user.sign_out":      "directory.life.signedOut",
	"user.rename":        "directory.life.renamed",
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

// lifeShown is how many acts the page of a user tells.
const lifeShown = 40

// remember fills in the life of a user, the newest act first, with the names of
// the administrators in it as they are now.
func (f *Feature) remember(ctx context.Context, p *profile) error {
	var err error
	if p.Life, err = lifeOf(ctx, f.DB, p.TenantID, p.ID, lifeShown); err != nil {
		return err
	}
	restores, err := restoresOf(ctx, f.DB, p.ID)
	if err != nil {
		return err
	}
	ids := []string{p.InvitedBy}
	for i := range p.Life {
		m := &p.Life[i]
		if m.Actor != actor.Administrator {
			m.By = directory.Named{} // an account's id, which no tenant is told
		}
		if m.Act == "user.restore" || m.Act == "user.merge" {
			m.Departure = restores[m.At.UnixMicro()]
		}
		ids = append(ids, m.By.ID)
	}
	names, err := namesOf(ctx, f.DB, p.TenantID, ids)
	if err != nil {
		return err
	}
	p.Inviter = directory.Named{ID: p.InvitedBy, Name: names[p.InvitedBy]}
	for i := range p.Life {
		p.Life[i].By.Name = names[p.Life[i].By.ID]
	}
	return nil
}
