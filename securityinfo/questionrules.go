package securityinfo

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sojourn/accounts"
	"sojourn/internal/fault"
)

const (
	minAnswer = 3 // characters
	maxAnswer = 40
)

// questions are those one can choose among, each with its words at
// securityinfo.questions.q.…: about what stays the same for a lifetime, what seldom
// stands in a register, and what a stranger does not find in a profile. They are
// added to at the end only: the names are stored.
var questions = []string{
	"toy", "teacher", "street", "neighbour", "job", "concert", "journey", "dish", "book", "film", "hero", "hiding",
	"nickname", "pet", "bicycle", "colleague", "present", "song", "smell", "game", "shop", "camp", "gift", "fear",
}

// QuestionKey is the message of a question.
func QuestionKey(question string) string { return "securityinfo.questions.q." + question }

// Pick is a question and what was typed as its answer.
type Pick struct{ Question, Answer string }

// answerText is an answer as it is compared: how it is written must not matter to
// who remembers it.
func answerText(typed string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(typed))), " ")
}

// picked checks the questions that somebody chose, and gives their answers folded.
// Each problem stands under its field: question-0, answer-0, …
func picked(picks []Pick, many int) (map[string]string, error) {
	all := fault.New(fault.Invalid, "invalid", "securityinfo.invalid.title")
	out, answers := map[string]string{}, map[string]bool{}
	for i := range many {
		var p Pick
		if i < len(picks) {
			p = picks[i]
		}
		field := string(rune('0' + i))
		if key := questionProblem(p.Question, out); key != "" {
			all.Field("question-"+field, key)
		}
		answer := answerText(p.Answer)
		if key := answerProblem(p.Answer, answer, answers); key != "" {
			all.Field("answer-"+field, key, "min", minAnswer, "max", maxAnswer)
		}
		out[p.Question], answers[answer] = answer, true
	}
	return out, all.ErrOrNil()
}

func questionProblem(question string, before map[string]string) string {
	if !slices.Contains(questions, question) {
		return "securityinfo.questions.missing"
	}
	if _, twice := before[question]; twice {
		return "securityinfo.questions.twice"
	}
	return ""
}

func answerProblem(typed, answer string, before map[string]bool) string {
	switch n := utf8.RuneCountInString(answer); {
	case n == 0:
		return "securityinfo.questions.answer.missing"
	case n < minAnswer, n > maxAnswer, !accounts.Visible(strings.TrimSpace(typed)):
		return "securityinfo.questions.answer.length"
	case before[answer]:
		return "securityinfo.questions.answer.twice"
	}
	return ""
}
