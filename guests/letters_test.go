package guests

import (
	"strings"
	"testing"
	"time"

	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

func TestLetter(t *testing.T) {
	w := newWorld(t, dbtest.Open(t))
	for _, n := range []struct {
		who  actor.Actor
		n    NewGuest
		want []string
	}{
		{w.sam, NewGuest{Address: patAddress, Name: "Win a prize", Message: "Welcome\nto us"}, []string{
			"\u2068Sam Rivera\u2069 invites you to \u2068Contoso\u2069", "Message: Welcome to us", "Domain: contoso.example", "Open the invitation:\nhttps://portal.example/welcome/", patAddress,
		}},
		{w.sam, NewGuest{Address: annAddress, Language: "nl"}, []string{
			"\u2068Sam Rivera\u2069 nodigt u uit voor \u2068Contoso\u2069", "Uitgenodigd door: Sam Rivera", "Uitnodiging openen:\nhttps://portal.example/welcome/",
		}},
		{actor.OperatorActor(), NewGuest{Address: "new@post.example", Language: "tlh"}, []string{"You are invited to \u2068Contoso\u2069"}},
	} {
		_, err := w.f.Add(w.ctx, n.who, w.contoso, n.n)
		w.must(err)
		list := w.letters()
		letter := list[len(list)-1]
		text := strings.ReplaceAll(letter.Text(), "\n\n", "\n")
		html, err := letter.HTML()
		w.must(err)
		for _, want := range n.want {
			if !strings.Contains(text, want) {
				t.Errorf("the letter lacks %q:\n%s", want, text)
			}
		}
		for _, bad := range []string{"guests.mail", "{", "Win a prize", "operator"} {
			if strings.Contains(text, bad) || strings.Contains(letter.Subject, bad) || strings.Contains(html[strings.Index(html, "<body"):], bad) && bad != "{" {
				t.Errorf("the letter has %q:\n%s", bad, text)
			}
		}
	}
}

// Who is invited reads dates as they have chosen to, also from an organization
// they are not in; who has no account, as the letter's language has them.
func TestLetter_customs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.exec(`UPDATE accounts SET region = 'ISO', zone = 'Pacific/Auckland' WHERE id = $1`, w.pat.AccountID)
		until := d.Now().Add(linkLife)
		auckland, err := time.LoadLocation("Pacific/Auckland")
		w.must(err)
		for address, want := range map[string]string{patAddress: until.In(auckland).Format(time.DateOnly), "new@post.example": until.In(w.f.Zone).Format("2 January 2006")} {
			_, err := w.f.Add(w.ctx, w.sam, w.contoso, NewGuest{Address: address, Language: "en"})
			w.must(err)
			list := w.letters()
			if text := strings.ReplaceAll(list[len(list)-1].Text(), "\u00a0", " "); !strings.Contains(text, want) {
				t.Errorf("%s is not told %s:\n%s", address, want, text)
			}
		}
	})
}
