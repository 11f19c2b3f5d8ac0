package demo

import (
	"net/http"
	"time"

	"sojourn/accounts"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

// shownCode is what somebody's app shows now.
type shownCode struct {
	who, account, app, key, code string
	left                         int // seconds
}

// showCodes shows what the apps of the demo's people show: there is no phone to
// look at.
func (w *World) showCodes(rw http.ResponseWriter, r *http.Request) error {
	var list []shownCode
	for _, step := range secondSteps {
		account, found, err := accounts.ByName(r.Context(), w.App.DB, step.who)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		code, left, err := securityinfo.CodeNow([]byte(step.seed), w.App.DB.Now())
		if err != nil {
			return err
		}
		list = append(list, shownCode{
			who: account.Name, account: step.who, app: step.name, key: securityinfo.KeyOf([]byte(step.seed)),
			code: code[:3] + " " + code[3:], left: int(left.Round(time.Second) / time.Second),
		})
	}
	tokens, err := w.tokenCodes()
	if err != nil {
		return err
	}
	list = append(list, tokens...)
	backs, err := w.backs(r)
	if err != nil {
		return err
	}
	return web.Render(rw, r, http.StatusOK, codesPage(ui.ShellOf(r), list, backs))
}

// shownBack is what somebody can get back in by.
type shownBack struct {
	who, account, email string
	answers             []securityinfo.Pick
}

func (w *World) backs(r *http.Request) (out []shownBack, err error) {
	for _, way := range waysBack {
		account, found, err := accounts.ByName(r.Context(), w.App.DB, way.who)
		if err != nil {
			return nil, err
		}
		if found {
			out = append(out, shownBack{who: account.Name, account: way.who, email: way.email, answers: way.answers})
		}
	}
	return out, nil
}

func questionKey(question string) string { return securityinfo.QuestionKey(question) }
