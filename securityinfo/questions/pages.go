package questions

import (
	"net/http"

	"sojourn/accounts"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

func (f *Feature) showQuestions(w http.ResponseWriter, r *http.Request) error {
	asking, err := f.Info.AskQuestions(r.Context(), web.VisitOf(r).Actor)
	if err != nil {
		return err
	}
	if asking.There.ID != "" {
		return web.Render(w, r, http.StatusOK, therePage(ui.ShellOf(r), asking.There))
	}
	form := questionsForm{Questions: asking.Questions, Picks: picks(asking.Many, func(string) string { return "" })}
	return web.Render(w, r, http.StatusOK, questionsPage(ui.ShellOf(r), form))
}

func (f *Feature) submitQuestions(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	asking, err := f.Info.AskQuestions(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	form := questionsForm{Questions: asking.Questions, Picks: picks(asking.Many, r.PostFormValue)}
	var chosen []securityinfo.Pick
	for _, p := range form.Picks {
		chosen = append(chosen, securityinfo.Pick{Question: p.Question, Answer: p.Answer})
	}
	err = f.Info.AnswerQuestions(r.Context(), v.Actor, chosen)
	if err == nil {
		web.Say(w, "ok", "securityinfo.questions.done")
		return web.See(w, r, "/security-info/changed")
	}
	var ok bool
	if form.Problems, ok = securityinfo.ProblemsOf(s, err); !ok {
		return err
	}
	return web.Render(w, r, web.Status(err), questionsPage(s, form))
}

func (f *Feature) showDelete(w http.ResponseWriter, r *http.Request) error {
	m, err := f.Info.Deleting(r.Context(), web.VisitOf(r).Actor, accounts.Questions)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, deletePage(ui.ShellOf(r), m))
}

func (f *Feature) submitDelete(w http.ResponseWriter, r *http.Request) error {
	m, err := f.Info.Deleting(r.Context(), web.VisitOf(r).Actor, accounts.Questions)
	if err == nil {
		err = f.Info.Remove(r.Context(), web.VisitOf(r).Actor, m.ID)
	}
	if err != nil {
		return err
	}
	web.Say(w, "ok", "securityinfo.questions.deleted")
	return web.See(w, r, "/security-info/changed")
}
