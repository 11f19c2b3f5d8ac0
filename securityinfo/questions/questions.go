package questions

import (
	"strconv"

	"github.com/a-h/templ"

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

// pick is one of those that have to be answered, with what was typed: no page of the
// portal is stored, so a refusal costs nobody four answers for the sake of one.
type pick struct {
	N                int
	Question, Answer string
}

func (p pick) question() string { return "question-" + strconv.Itoa(p.N) }
func (p pick) answer() string   { return "answer-" + strconv.Itoa(p.N) }

// picks are so many, with what was typed in each field.
func picks(many int, typed func(field string) string) (out []pick) {
	for n := range many {
		p := pick{N: n}
		p.Question, p.Answer = typed(p.question()), typed(p.answer())
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

// summary are the problems, each with the question it is about: the same is often
// wrong with several.
func (f questionsForm) summary(s *ui.Shell) (out []ui.FieldError) {
	for _, e := range f.Problems {
		for _, p := range f.Picks {
			if e.Field == p.question() || e.Field == p.answer() {
				e.Text = s.T("securityinfo.questions.problem", "n", p.N+1, "problem", e.Text)
				break
			}
		}
		out = append(out, e)
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

// back leads to where methods are added.
func back(s *ui.Shell) templ.Component { return securityinfo.BackLink(s) }
