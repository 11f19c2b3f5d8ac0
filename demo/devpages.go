package demo

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

// routes are the developer's pages: the mails of the portal, and its clock.
func (w *World) routes(t *web.Table) {
	t.Handle("GET /dev/mail", web.Open, w.showMails)
	t.Handle("GET /dev/mail/{id}", web.Open, w.showMail)
	t.Add(web.Route{Pattern: "GET /dev/mail/{id}/html", Access: web.Bare, Class: web.Sandbox, Handler: w.showHTML})
	t.Handle("POST /dev/clock", web.Open, w.submitClock)
}

func (w *World) showMails(rw http.ResponseWriter, r *http.Request) error {
	if err := w.App.Outbox.Flush(r.Context()); err != nil {
		return err
	}
	messages := w.sink.Messages()
	rows := make([]mailRow, 0, len(messages))
	for i := len(messages) - 1; i >= 0; i-- {
		m := messages[i]
		rows = append(rows, mailRow{id: strconv.Itoa(m.ID), to: m.To, subject: m.Subject, at: m.At})
	}
	return web.Render(rw, r, http.StatusOK, mailsPage(ui.ShellOf(r), rows, w.App.DB.Shift()))
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

// showHTML is the HTML part by itself, in a sandbox.
func (w *World) showHTML(rw http.ResponseWriter, r *http.Request) error {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return fault.Missing()
	}
	m, found := w.sink.Message(id)
	if !found {
		return fault.Missing()
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, err = rw.Write([]byte(m.HTML))
	return err
}

// submitClock moves the clock by so many hours and days and does what has become
// due.
func (w *World) submitClock(rw http.ResponseWriter, r *http.Request) error {
	days, dayErr := number(r.PostFormValue("days"))
	hours, hourErr := number(r.PostFormValue("hours"))
	by := time.Duration(days)*day + time.Duration(hours)*time.Hour
	if dayErr != nil || hourErr != nil || by < 0 || by > 4000*day {
		return fault.New(fault.Invalid, "bad_clock", "demo.clock.invalid")
	}
	if err := w.moveClock(r.Context(), by); err != nil {
		return err
	}
	if _, err := w.App.Directory.Purge(r.Context(), nil); err != nil {
		return err
	}
	web.Say(rw, "ok", "demo.clock.moved", "days", strconv.Itoa(int(w.App.DB.Shift()/day)))
	return web.See(rw, r, "/dev/mail")
}

func number(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	return strconv.Atoi(s)
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
