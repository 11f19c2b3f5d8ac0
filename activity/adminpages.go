package activity

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"sojourn/directory"
	"sojourn/directory/desk"
	"sojourn/internal/id"
	"sojourn/internal/sheet"
	"sojourn/internal/web"
	"sojourn/ui"
)

// logFilter is how the log is narrowed down, as its form and its links say it.
type logFilter struct {
	Query            string // words to find a person by
	User, Act        string
	Result, From, To string // From and To are days: 2026-05-12
	After            string
}

func logFilterOf(q url.Values) logFilter {
	f := logFilter{
		Query: desk.Query(q), Act: desk.OneOf(q.Get("act"), acts...), Result: desk.OneOf(q.Get("result"), "done", "refused"),
		From: dayIn(q.Get("from")), To: dayIn(q.Get("to")), After: q.Get("after"),
	}
	if id.Valid(q.Get("user")) && f.Query == "" {
		f.User = q.Get("user")
	}
	return f
}

// dayIn is a day as a date field writes it; anything else is none.
func dayIn(s string) string {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return ""
	}
	return s
}

// filter is the same for the log, by the days of the reader's clock.
func (f logFilter) filter(zone *time.Location) Filter {
	out := Filter{User: f.User, Act: f.Act, Result: f.Result}
	if f.From != "" {
		out.From, _ = time.ParseInLocation(time.DateOnly, f.From, zone)
	}
	if f.To != "" {
		day, _ := time.ParseInLocation(time.DateOnly, f.To, zone)
		out.To = day.AddDate(0, 0, 1)
	}
	return out
}

func (f logFilter) narrows() bool { return f.Query+f.User+f.Act+f.Result+f.From+f.To != "" }

func (f logFilter) page(path, after string) string {
	return desk.With(path, "q", f.Query, "user", f.User, "act", f.Act, "result", f.Result, "from", f.From, "to", f.To, "after", after)
}

// on is the same log of one person.
func (f logFilter) on(path, userID string) string {
	f.Query, f.User = "", userID
	return f.page(path, "")
}

type logData struct {
	desk.Desk
	Log
	Filter  logFilter
	Subject *Thing           // who it is narrowed down to
	Found   []directory.User // several that a search may mean: none is shown yet
	Nobody  bool             // a search meant nobody
}

// choose finds the person that a search means.
func (f *Feature) choose(r *http.Request, d *logData) error {
	v := web.VisitOf(r)
	if d.Filter.Query == "" {
		return nil
	}
	if id.Valid(d.Filter.Query) { // an id is taken as it is: it may be of somebody erased
		d.Filter.User, d.Filter.Query = d.Filter.Query, ""
		return nil
	}
	found, err := f.Find(r.Context(), v.Actor, v.Tenant.ID, d.Filter.Query)
	switch {
	case err != nil:
		return err
	case len(found) == 1:
		d.Filter.User, d.Filter.Query = found[0].ID, ""
	case len(found) == 0:
		d.Nobody = true
	default:
		d.Found = found
	}
	return nil
}

func (f *Feature) showLog(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	d := logData{Desk: desk.Of(v), Filter: logFilterOf(r.URL.Query())}
	err := f.choose(r, &d)
	if err == nil && d.Filter.Query == "" {
		d.Log, err = f.Log(r.Context(), v.Actor, v.Tenant.ID, d.Filter.filter(v.Zone), d.Filter.After)
	}
	if err == nil && d.Filter.User != "" {
		var subject Thing
		subject, err = f.Subject(r.Context(), v.Tenant.ID, d.Filter.User)
		d.Subject = &subject
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, logPage(ui.ShellOf(r), d))
}

// writingTime is how long one batch may take on its way to a slow reader.
const writingTime = 30 * time.Second

// downloadLog streams the log that its page shows, all of it. What fails once it
// has begun cuts the connection: a file that only looks whole would be worse.
func (f *Feature) downloadLog(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	d := logData{Filter: logFilterOf(r.URL.Query())}
	if err := f.choose(r, &d); err != nil {
		return err
	}
	if d.Filter.Query != "" { // a search that means nobody, or several
		return web.See(w, r, d.Filter.page("/manage/"+v.Tenant.ID+"/audit", ""))
	}
	var table *sheet.Writer
	slow := http.NewResponseController(w)
	err := f.Download(r.Context(), v.Actor, v.Tenant.ID, d.Filter.filter(v.Zone), func(lines []Line, whole bool) (err error) {
		if table == nil {
			if table, err = begin(w, v.Now, whole); err != nil {
				return err
			}
		}
		if err := slow.SetWriteDeadline(time.Now().Add(writingTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return err
		}
		for _, l := range lines {
			if err := table.Row(record(l, whole)...); err != nil {
				return err
			}
		}
		return table.Flush()
	})
	if err != nil && table != nil {
		panic(http.ErrAbortHandler)
	}
	return err
}

// begin writes the head of the file.
func begin(w http.ResponseWriter, now time.Time, whole bool) (*sheet.Writer, error) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="audit-log-`+now.UTC().Format(time.DateOnly)+`.csv"`)
	columns := heads
	if !whole {
		columns = heads[:len(heads)-personalColumns]
	}
	return sheet.New(w, columns...)
}
