package guests

import (
	"strings"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
)

func TestAdd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		g, err := w.f.Directory.CreateGroup(w.ctx, w.sam, w.contoso, "Project", "")
		w.must(err)
		u, err := w.f.Add(w.ctx, w.sam, w.contoso, NewGuest{Address: " Ann@Fabrikam.example ", Groups: []string{g.ID}})
		w.must(err)
		u = w.user(u.ID)
		if u.Type != directory.Guest || u.CreationType != "Invitation" || u.ExternalState != directory.Pending || u.AccountID != "" || !u.Enabled ||
			u.DisplayName != "Ann" || u.Mail != "Ann@Fabrikam.example" || u.PrincipalName != "ann_fabrikam.example#EXT#@contoso.example" ||
			u.InvitedIssuer != w.fabrikam || u.InvitedSubject != annAddress || u.InvitedBy != w.sam.UserID {
			t.Errorf("the user is %+v", u)
		}
		if n := w.count(`SELECT count(*) FROM members WHERE user_id = $1 AND group_id = $2`, u.ID, g.ID); n != 1 {
			t.Error("the guest is in no group")
		}
		if w.audited("guest.add", u.ID, "done") != 1 {
			t.Error("no audit row")
		}
		if list := w.letters(); len(list) != 1 || list[0].To != "Ann@Fabrikam.example" {
			t.Errorf("the letters are %+v", list)
		}
		byOperator, err := w.f.Add(w.ctx, actor.OperatorActor(), "contoso.example", NewGuest{Address: "new@post.example", Name: "New One"})
		w.must(err)
		if u := w.user(byOperator.ID); u.InvitedBy != "" || u.InvitedIssuer != "mail" || u.DisplayName != "New One" {
			t.Errorf("the operator's user is %+v", u)
		}
	})
}

// What a stranger can observe does not tell whether an account exists: two
// addresses of one domain, one of them with an account, leave alike traces.
func TestAdd_sameAnswerWithAndWithoutAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		type trace struct {
			user         directory.User
			html         string
			rows, audits int
		}
		look := func(address string) (x trace) {
			u := w.invite(address)
			x.user = w.user(u.ID)
			local, _, _ := strings.Cut(address, "@")
			for _, s := range []*string{&x.user.DisplayName, &x.user.PrincipalName, &x.user.Mail, &x.user.InvitedSubject} {
				*s = strings.Replace(*s, local, "", 1)
			}
			x.user.ID, x.user.CreatedAt, x.user.ExternalStateAt = "", time.Time{}, time.Time{}
			list := w.letters()
			letter := list[len(list)-1]
			letter.Button.URL = letter.Button.URL[:len(letter.Button.URL)-43]
			html, err := letter.HTML()
			w.must(err)
			x.html = strings.ReplaceAll(html, local, "")
			x.rows = w.count(`SELECT (SELECT count(*) FROM links WHERE user_id = $1) + (SELECT count(*) FROM user_words WHERE user_id = $1)`, u.ID)
			x.audits = w.audited("guest.add", u.ID, "done")
			return x
		}
		for _, pair := range [][2]string{{patAddress, "pia@post.example"}, {annAddress, "abe@fabrikam.example"}} {
			with, without := look(pair[0]), look(pair[1])
			if with != without {
				t.Errorf("with an account\n%+v\nwithout\n%+v", with, without)
			}
		}
	})
}

func TestAdd_rights(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		g, err := w.f.Directory.CreateGroup(w.ctx, w.sam, w.contoso, "Project", "")
		w.must(err)
		forged := w.rea
		forged.Roles = []string{string(directory.GlobalAdministrator)}
		dora := w.member(w.contoso, "Dora", "dora", directory.GuestInviter)
		w.must(w.f.Directory.Disable(w.ctx, w.sam, w.contoso, dora.UserID))
		for i, c := range []struct {
			name   string
			who    actor.Actor
			tenant string
			groups []string
			kind   fault.Kind
			code   string
		}{
			{"Global Administrator", w.sam, w.contoso, []string{g.ID}, 0, ""},
			{"User Administrator", w.uma, w.contoso, []string{g.ID}, 0, ""},
			{"Guest Inviter", w.gil, w.contoso, nil, 0, ""},
			{"Guest Inviter with groups", w.gil, w.contoso, []string{g.ID}, fault.Forbidden, "role_missing"},
			{"Reports Reader", w.rea, w.contoso, nil, fault.Forbidden, "role_missing"},
			{"roles only in the request", forged, w.contoso, nil, fault.Forbidden, "role_missing"},
			{"a disabled Guest Inviter", dora, w.contoso, nil, fault.Forbidden, "role_missing"},
			{"a person", person(w.sam), w.contoso, nil, fault.Forbidden, "role_missing"},
			{"another organization", w.sam, w.fabrikam, nil, fault.NotFound, "not_found"},
			{"no organization", w.sam, "nowhere", nil, fault.NotFound, "not_found"},
			{"a group that is not there", w.sam, w.contoso, []string{"x"}, fault.NotFound, "not_found"},
			{"the operator", actor.OperatorActor(), w.contoso, []string{g.ID}, 0, ""},
		} {
			before := w.count(`SELECT count(*) FROM users`)
			u, err := w.f.Add(w.ctx, c.who, c.tenant, NewGuest{Address: string(rune('a'+i)) + "@post.example", Groups: c.groups})
			made := w.count(`SELECT count(*) FROM users`) - before
			if c.code == "" {
				if err != nil || made != 1 || w.user(u.ID).ID == "" {
					t.Errorf("%s: %v, %d users", c.name, err, made)
				}
				continue
			}
			if f, ok := fault.Of(err); !ok || f.Kind != c.kind || f.Code != c.code || made != 0 {
				t.Errorf("%s: %v, %d users; want %s", c.name, err, made, c.code)
			}
		}
		if _, err := w.f.Add(w.ctx, actor.Actor{}, w.contoso, NewGuest{Address: "z@post.example"}); err == nil {
			t.Error("nobody invited somebody")
		}
	})
}

func TestAdd_refusedInput(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	for name, c := range map[string]struct {
		n    NewGuest
		want string // fields
	}{
		"nothing":               {NewGuest{}, "address"},
		"no address":            {NewGuest{Address: "ann", Message: "x.example"}, "address message"},
		"a guest's name":        {NewGuest{Address: "ann_x#EXT#@fabrikam.example"}, "address"},
		"our own domain":        {NewGuest{Address: "Else@Contoso.Example"}, "address"},
		"our own, and a link":   {NewGuest{Address: "else@contoso.example", Message: "x.example"}, "address message"},
		"a name too long":       {NewGuest{Address: "a@post.example", Name: strings.Repeat("x", 121)}, "name"},
		"a link":                {NewGuest{Address: "a@post.example", Message: "see https://x"}, "message"},
		"everything":            {NewGuest{Address: "x", Name: "\u202e", Message: strings.Repeat("x", 501)}, "address name message"},
		"a local part too long": {NewGuest{Address: strings.Repeat("x", 130) + "@post.example"}, "name"},
	} {
		_, err := w.f.Add(w.ctx, w.sam, w.contoso, c.n)
		f, ok := fault.Of(err)
		if !ok || f.Kind != fault.Invalid {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var fields []string
		for _, field := range f.Fields {
			fields = append(fields, field.Name)
		}
		if got := strings.Join(fields, " "); got != c.want {
			t.Errorf("%s: wrong are %q, want %q", name, got, c.want)
		}
	}
	if n := len(w.letters()); n != 0 {
		t.Errorf("%d letters", n)
	}
}

func TestAdd_whoIsHereAlready(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		u := w.invite(annAddress)
		for _, anew := range []bool{false, true} {
			other, err := w.f.Add(w.ctx, w.gil, w.contoso, NewGuest{Address: "ANN@fabrikam.example", Anew: anew})
			w.refused(err, fault.Conflict, "already_invited")
			if other.ID != u.ID {
				t.Errorf("in the way is %q, want %q", other.ID, u.ID)
			}
		}
		if w.audited("guest.add", u.ID, "refused") != 2 {
			t.Error("the refused tries left no rows")
		}
		_, err := w.f.Accept(w.ctx, w.ann, u.ID)
		w.must(err)
		other, err := w.f.Add(w.ctx, w.gil, w.contoso, NewGuest{Address: annAddress})
		w.refused(err, fault.Conflict, "already_here")
		if other.ID != u.ID {
			t.Errorf("in the way is %q, want %q", other.ID, u.ID)
		}
		if n := len(w.letters()); n != 1 {
			t.Errorf("%d letters, want the first", n)
		}
	})
}

func TestAdd_whoWasDeletedHere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		old := w.invite(annAddress)
		_, err := w.f.Accept(w.ctx, w.ann, old.ID)
		w.must(err)
		w.must(w.f.Directory.Delete(w.ctx, w.sam, w.contoso, old.ID))

		other, err := w.f.Add(w.ctx, w.sam, w.contoso, NewGuest{Address: annAddress})
		w.refused(err, fault.Conflict, "deleted_here")
		if other.ID != old.ID || other.Live() {
			t.Errorf("in the way is %+v", other)
		}
		anew, err := w.f.Add(w.ctx, w.sam, w.contoso, NewGuest{Address: annAddress, Anew: true})
		w.must(err)
		if got := w.user(anew.ID).PrincipalName; anew.ID == old.ID || got != "ann_fabrikam.example#EXT#@contoso.example" {
			t.Errorf("the new user is %s, %s", anew.ID, got)
		}
		if _, err := w.f.Accept(w.ctx, w.ann, old.ID); !fault.Is(err, "not_found") {
			t.Errorf("a deleted user was accepted: %v", err)
		}

		// Known by another name at home now, the person is still the same.
		_, err = w.f.Accept(w.ctx, w.ann, anew.ID)
		w.must(err)
		w.must(w.f.Directory.Delete(w.ctx, w.sam, w.contoso, anew.ID))
		w.exec(`UPDATE identities SET subject = 'ann.smith@fabrikam.example' WHERE account_id = $1`, w.ann.AccountID)
		other, err = w.f.Add(w.ctx, w.sam, w.contoso, NewGuest{Address: "ann.smith@fabrikam.example"})
		w.refused(err, fault.Conflict, "deleted_here")
		if other.ID != anew.ID {
			t.Errorf("in the way is %q, want the one deleted last", other.ID)
		}
		// Another organization's deleted user is nobody's business here.
		if _, err := w.f.Add(w.ctx, actor.OperatorActor(), w.tenant("Relecloud", "relecloud.example"), NewGuest{Address: annAddress}); err != nil {
			t.Error(err)
		}
	})
}

func TestAdd_closedOrganization(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	w.must(w.f.Directory.CloseTenant(w.ctx, actor.OperatorActor(), w.contoso))
	for _, who := range []actor.Actor{w.sam, actor.OperatorActor()} {
		_, err := w.f.Add(w.ctx, who, w.contoso, NewGuest{Address: patAddress})
		w.refused(err, fault.Conflict, "tenant_closed")
	}
}

// Two addresses may give one principal name; the second gets a number.
func TestAdd_principalNameTaken(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	first, second := w.invite("a_b@post.example"), w.invite("a@b_post.example")
	if first.PrincipalName != "a_b_post.example#EXT#@contoso.example" || second.PrincipalName != "a_b_post.example2#EXT#@contoso.example" {
		t.Errorf("the names are %s and %s", first.PrincipalName, second.PrincipalName)
	}
}
