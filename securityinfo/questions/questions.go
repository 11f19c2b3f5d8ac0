package questions

import (
	"strconv"

	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// Feature is the room: its pages.
type Feature struct {
	Info *securityinfo.Feature
}

const path = "/security-info/questions"

// Routes mounts the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET "+path, web.SignedIn, f.showQuestions)
	t.Handle("POST "+path, web.SignedIn, f.submitQuestions)
	t.Handle("GET "+path+"/delete", web.SignedIn, f.showDelete)
	t.Handle("POST "+path+"/delete", web.SignedIn, f.submitDelete)
}

// questionsForm is the page on which they are chosen and answered.
type questionsForm struct {
	Questions []string // to choose among
	Picks     []pick
	Problems  []ui.FieldError
}

// pick is one of those that have to be answered. What was typed as an answer is not
// kept over a refusal: it is a secret.
type pick struct {
	N        int
	Question string
}

func (p pick) question() string { return "question-" + strconv.Itoa(p.N) }
func (p pick) answer() string   { return "answer-" + strconv.Itoa(p.N) }

func picks(many int, chosen func(pick) string) (out []pick) {
	for n := range many {
		p := pick{N: n}
		p.Question = chosen(p)
		out = append(out, p)
	}
	return out
}

// options are the questions to choose among, after one that is none.
func (f questionsForm) options(s *ui.Shell) []ui.Option {
	out := []ui.Option{{Text: s.T("securityinfo.questions.choose")}}
	for _, q := range f.Questions {
		out = append(out, ui.Option{Value: q, Text: s.T(securityinfo.QuestionKey(q))})
	}
	return out
}

func (f questionsForm) problem(field string) string {
	for _, e := range f.Problems {
		if e.Field == field {
			return e.Text
		}
	}
	return ""
}
