package guests

import (
	"strings"
	"testing"

	"sojourn/internal/actor"
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
