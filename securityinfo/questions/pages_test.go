package questions_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sojourn/internal/db"
	"sojourn/sojourntest"
)

const lena = "lena.fischer@fabrikam.example"

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		n := string(rune('0' + i/2))
		v.Set("question-"+n, pairs[i])
		v.Set("answer-"+n, pairs[i+1])
	}
	return v
}

func TestQuestions(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(lena)
		page := b.Get("/security-info/add").Follow("Add Security questions").Has("Choose 5 questions", "Question 5")
		if n := strings.Count(page.HTML, `<option value="toy"`); n != 5 {
			t.Errorf("toy is offered %d times", n)
		}
		page = page.Submit("Save", form("toy", "A secret bear", "toy", "x", "street", "a  SECRET bear ", "unknown", "four words of it")).Is(http.StatusUnprocessableEntity).
			Has("You have chosen this question already", "An answer has 3 to 40 characters", "You have given this answer already", "Choose a question", "Enter an answer")
		for _, typed := range []string{"A secret bear", "x", "a  SECRET bear ", "four words of it"} { // nobody types all again
			if !strings.Contains(page.HTML, `value="`+typed+`"`) {
				t.Errorf("%q is gone", typed)
			}
		}
		marked := strings.Count(page.HTML, `aria-invalid="true"`)
		page.Has("There are 6 problems", "Question 2: An answer has", "Question 4: Choose a question", "Question 5: Enter an answer")
		if marked != 6 {
			t.Errorf("%d fields are marked", marked)
		}
		right := form("toy", "A secret bear", "street", "Été", "dish", "東京タワー", "job", "the mill", "hero", "Ada")
		page.Submit("Save", right).At("/security-info/changed").Has("Your answers have been saved")
		b.Get("/security-info").Has("Security questions", "Only to get back in")
		b.Get("/security-info/questions").Has("The answers are not shown again").HasNot("secret bear")
		page.Submit("Save", right).Is(http.StatusConflict)
		stored, err := db.One(context.Background(), p.App.DB, db.Text, `SELECT secret FROM methods WHERE type = 'questions' AND account_id = (SELECT account_id FROM identities WHERE subject = $1)`, lena)
		if err != nil || strings.Contains(strings.ToLower(stored), "bear") || strings.Count(stored, `":"`) < 6 {
			t.Error(stored, err)
		}
		b.Get("/security-info/questions/delete").Has("Delete your security questions?").Submit("Delete", nil).Has("have been deleted")
		b.Get("/security-info/questions/delete").Is(http.StatusNotFound)
	})
}

// Administrators have no security questions.
func TestQuestions_administrator(t *testing.T) {
	p := sojourntest.Start(t)
	for _, who := range []string{"sam.rivera@contoso.example", "noor.haddad@contoso.example"} { // at home, and as a guest elsewhere
		b := p.SignIn(who)
		b.Get("/security-info/add").Has("Email").HasNot("Security questions")
		b.Get("/security-info/questions").Is(http.StatusNotFound)
	}
}
