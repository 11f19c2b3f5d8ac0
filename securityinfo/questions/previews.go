package questions

import (
	"time"

	"sojourn/accounts"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	some := []string{"toy", "teacher", "street", "neighbour", "job"}
	form := questionsForm{Questions: some, Picks: picks(5, func(string) string { return "" })}
	refused := questionsForm{Questions: some, Picks: picks(3, func(string) string { return "" })}
	for n := range refused.Picks {
		refused.Picks[n].Question, refused.Picks[n].Answer = some[n/2], []string{"the blue bear", "Mrs. Jansen", "ab"}[n]
	}
	refused.Problems = []ui.FieldError{
		{Field: "question-1", Text: s.T("securityinfo.questions.twice")},
		{Field: "answer-2", Text: s.T("securityinfo.questions.answer.length", "min", 3, "max", 40)},
	}
	m := accounts.Method{ID: "q", Type: accounts.Questions, CreatedAt: time.Date(2026, 2, 3, 9, 0, 0, 0, time.UTC)}
	return []ui.Preview{
		{Name: "answer questions", Page: questionsPage(s, form)},
		{Name: "answer questions, refused", Page: questionsPage(s, refused)},
		{Name: "answered", Page: therePage(s, m)},
		{Name: "delete", Page: deletePage(s, m)},
	}
}
