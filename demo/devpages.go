package demo

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"sojourn/internal/fault"
	"sojourn/internal/outbox"
	"sojourn/internal/phone"
	"sojourn/internal/web"
	"sojourn/ui"
)

// routes are the developer's pages: the mails, texts and calls of the portal, and its
// clock.
func (w *World) routes(t *web.Table) {
	t.Handle("GET /dev/mail", web.Open, w.showMails)
	t.Handle("GET /dev/mail/{id}", web.Open, w.showMail)
	t.Add(web.Route{Pattern: "GET /dev/mail/{id}/html", Access: web.Bare, Class: web.Sandbox, Handler: w.showHTML})
	t.Handle("GET /dev/texts", web.Open, w.showTexts)
	t.Handle("GET /dev/calls", web.Open, w.showCalls)
	t.Handle("GET /dev/codes", web.Open, w.showCodes)
	t.Handle("POST /dev/clock", web.Open, w.submitClock)
}

// clockForm is the form that moves the clock as it was filled in.
type clockForm struct {
	Days, Hours string
	Problems    []ui.FieldError
}

func (w *World) showMails(rw http.ResponseWriter, r *http.Request) error {
	return w.drawMails(rw, r, http.StatusOK, clockForm{Days: "1", Hours: "0"})
}

func (w *World) drawMails(rw http.ResponseWriter, r *http.Request, status int, form clockForm) error {
	if err := w.App.Outbox.Flush(r.Context()); err != nil {
		return err
	}
	messages := w.sink.Messages()
	rows := make([]mailRow, 0, len(messages))
	for i := len(messages) - 1; i >= 0; i-- {
		m := messages[i]
		rows = append(rows, mailRow{id: strconv.Itoa(m.ID), to: m.To, subject: m.Subject, at: m.At})
	}
	return web.Render(rw, r, status, mailsPage(ui.ShellOf(r), rows, w.App.DB.Shift(), form))
}

func (w *World) showTexts(rw http.ResponseWriter, r *http.Request) error {
	return w.drawPhones(rw, r, outbox.ByText)
}

func (w *World) showCalls(rw http.ResponseWriter, r *http.Request) error {
	return w.drawPhones(rw, r, outbox.ByVoice)
}

func (w *World) drawPhones(rw http.ResponseWriter, r *http.Request, c outbox.Channel) error {
	if err := w.App.Outbox.Flush(r.Context()); err != nil {
		return err
	}
	messages := w.phones.Messages(c)
	rows := make([]phoneRow, 0, len(messages))
	for i := len(messages) - 1; i >= 0; i-- {
		m := messages[i]
		row := phoneRow{to: m.To, text: m.Text, language: m.Language, at: m.At}
		if n, err := phone.Of(m.To); err == nil {
			n.Extension = m.Extension
			row.to = n.String()
		}
		rows = append(rows, row)
	}
	return web.Render(rw, r, http.StatusOK, phonesPage(ui.ShellOf(r), c == outbox.ByVoice, rows))
}

type phoneRow struct {
	to, text, language string
	at                 time.Time
}

type mailRow struct {
	id, to, subject string
	at              time.Time
}

func (w *World) showMail(rw http.ResponseWriter, r *http.Request) error {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return fault.Missing()
	}
	m, found := w.sink.Message(id)
	if !found {
		return fault.Missing()
	}
	return web.Render(rw, r, http.StatusOK, mailPage(ui.ShellOf(r), r.PathValue("id"), m))
}

// showHTML is the HTML part by itself, in a sandbox. Where there is none, the page
// of the mail says so: in a sandbox it could not be shown well.
func (w *World) showHTML(rw http.ResponseWriter, r *http.Request) error {
	id, err := strconv.Atoi(r.PathValue("id"))
	m, found := w.sink.Message(id)
	if err != nil || !found {
		http.Redirect(rw, r, "/dev/mail/"+url.PathEscape(r.PathValue("id")), http.StatusSeeOther)
		return nil
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, err = rw.Write([]byte(m.HTML))
	return err
}

// submitClock moves the clock by so many hours and days and does what has become
// due.
func (w *World) submitClock(rw http.ResponseWriter, r *http.Request) error {
	form := clockForm{Days: r.PostFormValue("days"), Hours: r.PostFormValue("hours")}
	days, daysFit := number(form.Days, farthest)
	hours, hoursFit := number(form.Hours, farthest*24)
	for _, field := range []struct {
		id   string
		fits bool
		most int
	}{{"days", daysFit, farthest}, {"hours", hoursFit, farthest * 24}} {
		if !field.fits {
			form.Problems = append(form.Problems, ui.FieldError{Field: field.id, Text: ui.ShellOf(r).T("demo.clock.invalid", "most", field.most)})
		}
	}
	if len(form.Problems) > 0 {
		return w.drawMails(rw, r, http.StatusUnprocessableEntity, form)
	}
	by := time.Duration(days)*day + time.Duration(hours)*time.Hour
	if err := w.moveClock(r.Context(), by); err != nil {
		return err
	}
	if err := w.App.CatchUp(r.Context()); err != nil {
		return err
	}
	web.Say(rw, "ok", "demo.clock.moved", "days", strconv.Itoa(int(w.App.DB.Shift()/day)))
	return web.See(rw, r, "/dev/mail")
}

// farthest is how many days the clock is moved at once at most.
const farthest = 4000

// number reads a number from 0 to most; nothing is 0.
func number(typed string, most int) (n int, fits bool) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return 0, true
	}
	n, err := strconv.Atoi(typed)
	return n, err == nil && n >= 0 && n <= most
}

// linksIn are the links of a mail, to follow from the page.
func linksIn(text string) []string {
	var out []string
	for _, word := range strings.Fields(text) {
		word = strings.Trim(word, "<>().,")
		if strings.HasPrefix(word, "http://") || strings.HasPrefix(word, "https://") {
			out = append(out, word)
		}
	}
	return out
}
